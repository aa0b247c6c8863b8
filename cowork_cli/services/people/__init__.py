"""People one met, and what came of it."""
