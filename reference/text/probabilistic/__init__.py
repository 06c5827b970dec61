"""Probabilistic models of text: topics and n-grams (lecture 7, sections 32 and 34)."""
