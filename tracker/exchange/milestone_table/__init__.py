"""The table of all milestones, written and read back."""
