"""View 3: the timeline."""
