"""The commands: each module has its function `run`, and an `EXAMPLE`."""
