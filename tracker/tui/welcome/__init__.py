"""What is shown where there is no store yet."""
