"""Is it right? Each module measures one promise on labelled questions and prints the figures."""
