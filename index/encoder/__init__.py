"""Encoders, which turn text into vectors."""
