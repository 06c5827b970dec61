"""Lecture 11: feature extraction."""
