"""Forms over a screen, and their fields."""
