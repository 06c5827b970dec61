"""Text (lecture 7)."""
