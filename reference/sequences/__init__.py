"""Lecture 6: recurrent networks, attention and transformers."""
