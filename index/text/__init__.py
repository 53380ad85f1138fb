"""Pure functions on texts: words, sentences, dates and bylines."""
