"""Embeddings that keep the neighbours of each object: SNE, t-SNE, t-SNE by a network (lecture 11, section 49)."""
