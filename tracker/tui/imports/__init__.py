"""What a file would bring, before it is imported."""
