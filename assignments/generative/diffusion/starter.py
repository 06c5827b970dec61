"""Diffusion models: replace whatever raises NotImplementedError.

Check the file at home: `grader check generative/diffusion solution.py`.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


def linear_schedule(T: int, low: float, high: float) -> Tensor:
    """beta (T,) in double precision: equal distances from low to high."""
    raise NotImplementedError("torch.linspace, or the formula of an arithmetic progression")


def cosine_schedule(T: int, s: float = 0.008) -> Tensor:
    """beta (T,) in double precision: 1 - f(t + 1) / f(t), 0.999 at most."""
    raise NotImplementedError("f at T + 1 places first")


def alpha_bar(beta: Tensor) -> Tensor:
    """The products of 1 - beta_i over i = 0, ..., t, for each t: (T,)."""
    raise NotImplementedError("check beta here: everything else calls this function")


def q_step(x: Tensor, t: int, noise: Tensor, beta: Tensor) -> Tensor:
    """One step of noising: x, noise (n, ...) -> (n, ...)."""
    raise NotImplementedError("beta[t] is in double precision; x may be in single")


def q_sample(x0: Tensor, t: Tensor, noise: Tensor, beta: Tensor) -> Tensor:
    """All steps from 0 to t at once: x0, noise (n, ...), t (n,) -> (n, ...)."""
    raise NotImplementedError("alpha_bar(beta)[t] has the shape (n,): it needs more axes")


def noise_loss(
    model: Callable, x0: Tensor, t: Tensor, noise: Tensor, beta: Tensor, condition: Tensor | None = None
) -> Tensor:
    """The mean square of model(x_t, t, condition) - noise: a tensor without axes."""
    raise NotImplementedError("x_t comes from q_sample")


def train(
    model: nn.Module,
    X: Tensor,
    y: Tensor | None,
    beta: Tensor,
    *,
    steps: int,
    batch: int,
    rate: float,
    rng: torch.Generator,
) -> list[float]:
    """Steps of Adam by noise_loss; the loss of each step."""
    raise NotImplementedError("each step draws numbers of objects, t and noise from rng")


def p_step(x: Tensor, t: int, predicted: Tensor, noise: Tensor, beta: Tensor) -> Tensor:
    """One step back: x, predicted, noise (n, ...) -> (n, ...)."""
    raise NotImplementedError("what is different at t = 0?")


def sample(model: Callable, beta: Tensor, start: Tensor, noises: Tensor, condition: Tensor | None = None) -> Tensor:
    """Objects made of start (n, ...); noises (T, n, ...), noises[t] belongs to the step t."""
    raise NotImplementedError("from t = T - 1 down to 0, without gradients")
