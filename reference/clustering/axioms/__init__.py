"""Kleinberg's properties of a clustering, and partitions (lecture 9, section 38)."""
