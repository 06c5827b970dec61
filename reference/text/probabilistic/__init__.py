"""Probabilistic models of text: topics and n-grams (lecture 7, section 34)."""
