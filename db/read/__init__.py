"""Queries → records, over the plain connection."""
