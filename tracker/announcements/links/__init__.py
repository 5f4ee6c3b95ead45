"""Which date belongs to which step, and which step to which facility."""
