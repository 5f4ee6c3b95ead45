"""What reading an announcement gives: proposals, and why one is refused."""
