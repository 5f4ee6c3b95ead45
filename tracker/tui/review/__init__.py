"""View 5: the weekly check."""
