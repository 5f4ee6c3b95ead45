"""Care of whole stores: making, migrating, backing up, restoring, examining."""
