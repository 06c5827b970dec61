"""Augmentation of images: transformations, and a data set of pairs (lecture 4, section 20)."""
