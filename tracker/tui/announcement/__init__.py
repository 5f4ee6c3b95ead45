"""An announcement beside what it proposes."""
