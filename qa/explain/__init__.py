"""Who says so, and which documents agree."""
