"""The page of one facility."""
