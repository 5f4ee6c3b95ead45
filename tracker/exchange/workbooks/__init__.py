"""XLSX workbooks as grids of cells."""
