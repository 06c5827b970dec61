"""Self-attention and what stands around it in a transformer (lecture 6, section 31)."""
