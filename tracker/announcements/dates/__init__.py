"""Dates in running text, and whether they are planned or past."""
