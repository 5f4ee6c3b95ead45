"""View 1: the board."""
