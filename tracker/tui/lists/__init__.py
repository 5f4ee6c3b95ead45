"""Screens that are lists, and the lists of milestones in them."""
