"""Inception and residual blocks, and U-Net, a network for masks (lecture 4, sections 22 and 23)."""
