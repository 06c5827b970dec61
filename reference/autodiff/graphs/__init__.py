"""Derivatives of composite functions by graphs of computations (lecture 2, section 10)."""
