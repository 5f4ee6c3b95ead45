"""Milestones as a calendar (RFC 5545)."""
