"""Lecture 2: automatic differentiation."""
