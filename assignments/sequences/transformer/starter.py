"""Check it with `grader check sequences/transformer solution.py`."""

import torch


def encoder(X: torch.Tensor) -> torch.Tensor:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")


def decoder(X: torch.Tensor) -> torch.Tensor:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")


def transformer(X: torch.Tensor) -> torch.Tensor:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")
