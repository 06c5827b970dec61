"""FastText: vectors of words from their character n-grams (lecture 11, section 53)."""
