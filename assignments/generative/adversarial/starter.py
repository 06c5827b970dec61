"""Generative adversarial networks: fill in what raises NotImplementedError.

Check the file at home with `grader check generative/adversarial solution.py`.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


def objective(real: Tensor, fake: Tensor) -> Tensor:
    """E log D(x) + E log(1 - D(G(z))) of the logits of real objects and of fakes."""
    raise NotImplementedError("which function of PyTorch gives the logarithm of sigmoid at once?")


def discriminator_loss(real: Tensor, fake: Tensor) -> Tensor:
    """What the discriminator's descent makes small."""
    raise NotImplementedError("the objective with one change")


def generator_loss(fake: Tensor, saturating: bool = False) -> Tensor:
    """-E log D(G(z)), or E log(1 - D(G(z))) with saturating."""
    raise NotImplementedError("both fall as D(G(z)) grows")


def train_gan(
    G: nn.Module, D: nn.Module, X: Tensor, steps: int, *, batch: int, rate: float, latent: int, rng: torch.Generator
) -> Tensor:
    """Train both networks in turn; history (steps, 2): the discriminator's loss, the generator's."""
    raise NotImplementedError("two optimisers, and two halves in each step")


def train_cgan(
    G: nn.Module,
    D: nn.Module,
    X: Tensor,
    y: Tensor,
    steps: int,
    *,
    classes: int,
    batch: int,
    rate: float,
    latent: int,
    rng: torch.Generator,
) -> Tensor:
    """The same with labels, as ones and zeros behind the noise and behind the object."""
    raise NotImplementedError("what can it share with train_gan?")


def critic_objective(real: Tensor, fake: Tensor) -> Tensor:
    """E f(G(z)) - E f(x) of what the critic gives."""
    raise NotImplementedError("two means")


def critic_loss(critic: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor, eps: Tensor, lam: float) -> Tensor:
    """The critic's objective and lam E(|gradient| - 1)^2 at eps real + (1 - eps) fake."""
    raise NotImplementedError("torch.autograd.grad, whose result must be a part of the graph")


def fade(old: Tensor, new: Tensor, alpha: float) -> Tensor:
    """(1 - alpha) of old, doubled, and alpha of new."""
    raise NotImplementedError("each pixel of old becomes four equal ones")


class Growing(nn.Module):
    """Images (n, 1, 4 2^k, 4 2^k) of noise (n, latent) after k calls of grow; start, blocks, heads hold the layers."""

    def __init__(self, latent: int, channels: int) -> None:
        raise NotImplementedError("start with super().__init__()")

    def grow(self) -> None:
        """One more block and one more head; what is there stays as it is."""
        raise NotImplementedError("append to both lists")

    def forward(self, z: Tensor, alpha: float = 1.0) -> Tensor:
        """Images of the noise; the last layer is faded in with the share alpha."""
        raise NotImplementedError("one block after another; then two heads at most")
