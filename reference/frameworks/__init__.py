"""Lecture 5: frameworks."""
