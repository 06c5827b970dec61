"""Autoencoders: undercomplete, sparse, denoising, contractive (lecture 11, section 48)."""
