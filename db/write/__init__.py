"""Acts: one transaction each, with the fold that follows from it."""
