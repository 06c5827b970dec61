"""Variational autoencoder: replace whatever raises NotImplementedError.

Check the file at home: `grader check generative/variational-autoencoder solution.py`.
"""

import torch
from torch import Tensor, nn


class VAE(nn.Module):
    """Layers encoder, mean, log_variance, decoder, logits; the attribute latent is the length of a hidden vector."""

    def __init__(self, n: int, hidden: int, latent: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("super().__init__() first; then five layers, and their values drawn from rng")

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """x (b, n) -> mean and log_variance, (b, latent) each."""
        raise NotImplementedError("both are linear in one layer of tanh")

    def decode(self, z: Tensor) -> Tensor:
        """z (b, latent) -> logits (b, n)."""
        raise NotImplementedError("no sigmoid here")


def reparameterise(mean: Tensor, log_variance: Tensor, noise: Tensor) -> Tensor:
    """A draw from the normal distribution as a function of mean, log_variance and noise, all (b, latent)."""
    raise NotImplementedError("the deviation is the root of the variance")


def kl(mean: Tensor, log_variance: Tensor) -> Tensor:
    """The divergence from the standard normal distribution, for each object: (b,)."""
    raise NotImplementedError("the formula of the statement, a sum over the hidden vector")


def elbo(model: nn.Module, x: Tensor, noise: Tensor) -> Tensor:
    """The lower bound of log p(x) for each object: x (b, n), noise (b, latent) -> (b,)."""
    raise NotImplementedError("model.encode, reparameterise, model.decode, then both terms")


def train(model: nn.Module, X: Tensor, *, steps: int, batch: int, rate: float, rng: torch.Generator) -> list[float]:
    """Steps of Adam that raise the mean of elbo; that mean for each step."""
    raise NotImplementedError("each step draws numbers of objects and noise from rng; Adam goes down")


def generate(model: nn.Module, z: Tensor) -> Tensor:
    """z (b, latent) -> probabilities of the pixels (b, n), without gradients."""
    raise NotImplementedError("the encoder is not needed here")
