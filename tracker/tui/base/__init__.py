"""What every screen derives from."""
