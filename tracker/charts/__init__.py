"""The timeline and the trend, drawn in terminal cells, and as SVG for reports."""
