"""Dropout, batch normalisation, first values of the weights (lecture 3, sections 18 and 19)."""
