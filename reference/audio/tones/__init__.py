"""Octaves, aliases of tones in samples, and features in time (lecture 8, sections 36 and 37)."""
