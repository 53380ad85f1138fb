"""Formats in which answers are shared: evidence cards, transcripts and terminal output; and the check of a card."""
