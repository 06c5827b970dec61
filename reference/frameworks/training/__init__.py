"""Modules, sets of data and the training loop in PyTorch (lecture 5, section 25)."""
