"""Statements → the state of milestones and facilities: pure functions, no SQL."""
