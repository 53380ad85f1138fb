"""Measurements: each module is a command that prints the figures which the documentation claims."""
