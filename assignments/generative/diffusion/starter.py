"""Check it with `grader check generative/diffusion solution.py`."""

import torch


def diffusion_forward(X: torch.Tensor) -> torch.Tensor:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")


def diffusion_train(X: torch.Tensor) -> torch.Tensor:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")


def diffusion_sample(X: torch.Tensor) -> torch.Tensor:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")
