"""The layers of convolutional networks, forward and backward, and two early networks (lecture 4, sections 21 to 23)."""
