"""Feature selection (lecture 10)."""
