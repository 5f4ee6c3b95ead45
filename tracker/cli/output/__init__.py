"""What commands print: tables, lines, JSON, progress, and the streams they go to."""
