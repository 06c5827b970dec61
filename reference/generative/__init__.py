"""Lecture 12: generative models."""
