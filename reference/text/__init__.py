"""Lecture 7: text."""
