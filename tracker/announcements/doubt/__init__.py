"""Dates that an article denies or doubts."""
