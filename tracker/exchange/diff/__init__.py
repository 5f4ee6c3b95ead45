"""Claims of a file beside the store: the three-way comparison, and choices about it."""
