"""The transformer: its blocks, the whole model, greedy translation (lecture 6, section 31)."""
