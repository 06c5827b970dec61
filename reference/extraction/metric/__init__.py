"""Learned metrics: triples, one example, features of trained networks, contrast (lecture 11, sections 50-52)."""
