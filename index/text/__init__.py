"""Pure functions on a text: words, sentences, dates."""
