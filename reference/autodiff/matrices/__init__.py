"""Derivatives of functions of matrices (lecture 2, section 11)."""
