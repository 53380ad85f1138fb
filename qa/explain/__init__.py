"""Who makes a statement, and which documents agree on it."""
