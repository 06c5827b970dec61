"""Wrappers: subsets of features chosen by the score of a model that uses them (lecture 10, section 44)."""
