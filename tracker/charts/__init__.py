"""The timeline and the trend, drawn in terminal cells."""
