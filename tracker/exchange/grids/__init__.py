"""Grids of cells, whatever file they came in, and what of them cannot be read."""
