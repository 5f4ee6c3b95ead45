"""View 6: the log."""
