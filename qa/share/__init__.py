"""How answers leave: cards, transcripts, and the check of a card."""
