"""Configuration spaces, grid search, random search (lecture 1, sections 4-6)."""
