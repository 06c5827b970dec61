"""Lecture 4: convolutional networks and images."""
