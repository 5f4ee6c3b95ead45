"""Ordered, filtered lists of facilities and acts, page by page."""
