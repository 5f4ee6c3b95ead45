"""From options and arguments to a workspace, days, facilities and milestones."""
