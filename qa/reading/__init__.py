"""Readers: networks that find an answer in a passage and say how sure it is."""
