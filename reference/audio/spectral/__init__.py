"""Spectra of sound over time, and the features made of them (lecture 8, section 37)."""
