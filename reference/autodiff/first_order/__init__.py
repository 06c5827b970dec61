"""Gradient descent and its improvements (lecture 2, section 12)."""
