"""Where an answer stands, and how surely."""
