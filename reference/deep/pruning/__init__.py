"""Pruning of blocks and of weights, and frozen layers in transfer (lecture 3, section 17)."""
