"""What a clustering is, and what it cannot be (lecture 9, section 38)."""
