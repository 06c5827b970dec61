"""Clustering by neural networks (lecture 9, section 41)."""
