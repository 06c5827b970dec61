"""Indices that rate a clustering by the objects and the labels alone (lecture 9, section 39)."""
