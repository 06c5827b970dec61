"""Boolean functions by threshold units (lecture 3, section 15)."""
