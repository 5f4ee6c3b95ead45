"""The application: views, palette, help, and writing in a thread."""
