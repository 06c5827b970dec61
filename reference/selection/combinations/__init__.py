"""Hybrids of filter and wrapper, and ensembles of selectors (lecture 10, section 46)."""
