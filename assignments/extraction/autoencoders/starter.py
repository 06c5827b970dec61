"""Autoencoders: fill in the bodies below.

Check the file at home with `grader check extraction/autoencoders solution.py`.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


class Autoencoder(nn.Module):
    """From objects (l, n) to codes (l, m) and restored objects (l, n)."""

    def __init__(
        self, n: int, hidden: int, m: int, activation: str = "tanh", *, rng: torch.Generator | None = None
    ) -> None:
        raise NotImplementedError("start with super().__init__(), then self.encoder and self.decoder")

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The pair (code, restored)."""
        raise NotImplementedError("the encoder first")


def restoration(model: nn.Module, x: Tensor) -> Tensor:
    """The mean norm of d(c(x)) - x, a scalar."""
    raise NotImplementedError("one norm for each object; what is its gradient where it is 0?")


def sparse_loss(model: nn.Module, x: Tensor, tau: float) -> Tensor:
    """The mean of ||d(c(x)) - x|| + tau ||c(x)||_1, a scalar."""
    raise NotImplementedError("one sum of absolute values for each code")


def denoising_loss(model: nn.Module, x: Tensor, noise: Tensor) -> Tensor:
    """The mean norm of d(c(x + noise)) - x, a scalar."""
    raise NotImplementedError("what does the network see, and what is the target")


def contractive_loss(model: nn.Module, x: Tensor, lam: float) -> Tensor:
    """The mean of ||d(c(x)) - x|| + lam ||J||_F^2 with the Jacobian J of the encoder, a scalar."""
    raise NotImplementedError("torch.autograd.grad gives the derivatives of one number of the code")


def train(model: nn.Module, X: Tensor, loss: Callable[[nn.Module, Tensor], Tensor], steps: int, rate: float) -> Tensor:
    """Steps of Adam on loss(model, X); returns the losses (steps,) before each step."""
    raise NotImplementedError("one torch.optim.Adam for all steps")
