"""Diffusion models (lecture 12, section 59)."""
