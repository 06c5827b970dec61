"""Wrappers: subsets of features chosen by what a model makes of them (lecture 10, section 44)."""
