"""Filters that look at one feature at a time: measures of relevance, and rules that cut (lecture 10, section 45)."""
