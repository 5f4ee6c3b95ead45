"""Names of facilities in running text, and which of them are the same."""
