"""Gradients by the input of a network instead of by its parameters (lecture 2, section 14)."""
