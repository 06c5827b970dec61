"""Clusters in graphs: components and spectral clustering (lecture 9, sections 40.5 and 40.7)."""
