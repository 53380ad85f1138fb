"""Measures correctness: each module tests one promise on labelled questions and prints the figures."""
