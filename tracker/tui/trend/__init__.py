"""View 4: the milestone trend."""
