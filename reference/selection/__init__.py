"""Lecture 10: feature selection."""
