"""View 2: facilities."""
