"""Measures speed and robustness: each module is a command that prints figures given in the documentation."""
