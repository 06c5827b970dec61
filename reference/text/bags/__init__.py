"""Texts as sparse vectors: bags of words and TF-IDF (lecture 7, sections 32, 34 and 35)."""
