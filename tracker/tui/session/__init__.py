"""What screens ask of the store, and what they write into it."""
