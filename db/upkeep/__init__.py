"""Make, migrate, back up, restore and examine whole stores."""
