"""Hierarchical clustering, from below and from above (lecture 9, section 40.6)."""
