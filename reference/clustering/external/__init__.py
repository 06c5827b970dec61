"""Indices that compare a clustering with one that is known (lecture 9, section 39)."""
