"""Lecture 8: sound."""
