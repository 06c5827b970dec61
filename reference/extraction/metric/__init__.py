"""Learned metrics: one example a class, features of a trained network, contrastive learning (lecture 11, sections 50-52)."""
