"""Generative adversarial networks and their extensions (lecture 12, sections 57 and 58)."""
