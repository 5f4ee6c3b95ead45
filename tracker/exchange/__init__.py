"""Files in and out: facts written by hand, the whole store as JSON, the demo."""
