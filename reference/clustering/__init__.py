"""Lecture 9: clustering."""
