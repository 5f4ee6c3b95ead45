"""Tables, columns, the mapping of records to rows and back, and migrations."""
