"""Self-attention and the smaller parts of a transformer (lecture 6, section 31)."""
