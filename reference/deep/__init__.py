"""Lecture 3: deep learning."""
