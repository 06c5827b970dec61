"""Generative adversarial networks, and what was built upon them (lecture 12, sections 57 and 58)."""
