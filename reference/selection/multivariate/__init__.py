"""Filters that look at features together: correlations among them, Markov blankets (lecture 10, section 45)."""
