"""Evolutionary algorithms and their operators (lecture 1, section 7)."""
