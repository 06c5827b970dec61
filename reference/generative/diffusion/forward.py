"""Noising of objects, step by step and at once, and how much noise a step adds (lecture 12, section 59,
L12.diffusion_forward).

J. Ho, A. Jain, P. Abbeel, "Denoising diffusion probabilistic models", NeurIPS (2020). The cosine schedule: A. Nichol,
P. Dhariwal, "Improved denoising diffusion probabilistic models", ICML (2021). The lecture gives the idea, no formula.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from reference.checks.numbers import not_negative, real, whole
from reference.checks.tensors import objects, tensor, whole_numbers

LARGEST = 0.999  # of beta, in the cosine schedule


def linear_schedule(T: int, low: float, high: float) -> Tensor:
    """``beta``: T numbers at equal distances from ``low`` to ``high``.

    Parameters: ``T`` of at least 1; ``low`` and ``high``, above 0 and below 1, ``low`` not above ``high``. Where T is 1
    the only number is ``low``.
    Returns: beta (T,) in double precision.
    Raises: ValueError naming ``T``, ``low`` or ``high``.
    Complexity: O(T).
    Source: lecture 12, section 59; Ho, Jain, Abbeel 2020.

    >>> linear_schedule(3, 0.1, 0.3).tolist()
    [0.1, 0.2, 0.3]
    """
    first = real("low", low, math.ulp(0.0), math.nextafter(1.0, 0.0))
    last = real("high", high, first, math.nextafter(1.0, 0.0))
    return torch.linspace(first, last, whole("T", T), dtype=torch.float64)


def cosine_schedule(T: int, s: float = 0.008) -> Tensor:
    """``beta_t = min(1 - f(t + 1) / f(t), 0.999)`` with ``f(t) = cos^2((t / T + s) / (1 + s) * pi / 2)``.

    As long as nothing is cut, the share of the signal after the step t is f(t + 1) / f(0).

    Parameters: ``T`` of at least 1; ``s`` of at least 0.
    Returns: beta (T,) in double precision.
    Raises: ValueError naming ``T`` or ``s``.
    Complexity: O(T).
    Source: lecture 12, section 59; Nichol, Dhariwal 2021.
    """
    steps, offset = whole("T", T), not_negative("s", s)
    times = torch.arange(steps + 1, dtype=torch.float64) / steps
    f = torch.cos((times + offset) / (1 + offset) * math.pi / 2) ** 2  # (T + 1,)
    return (1 - f[1:] / f[:-1]).clamp(max=LARGEST)


def alpha_bar(beta: Tensor) -> Tensor:
    """The product of ``1 - beta_i`` over ``i = 0, ..., t``, for each t: the signal's share of the variance.

    Parameters: ``beta`` (T,), above 0 and below 1.
    Returns: a tensor (T,).
    Raises: ValueError naming ``beta``.
    Complexity: O(T).
    Source: lecture 12, section 59; Ho, Jain, Abbeel 2020.

    >>> alpha_bar(torch.tensor([0.5, 0.5])).tolist()
    [0.5, 0.25]
    """
    tensor("beta", beta, (None,))
    if beta.min() <= 0 or beta.max() >= 1:
        raise ValueError("beta must be above 0 and below 1")
    return torch.cumprod(1 - beta, dim=0)


def q_step(x: Tensor, t: int, noise: Tensor, beta: Tensor) -> Tensor:
    """``sqrt(1 - beta_t) x + sqrt(beta_t) noise``: one step of noising, the same t for all objects.

    Parameters: ``x`` (n, ...), what the step before t left, at t = 0 the objects themselves; ``t`` from 0 to T - 1;
    ``noise``, of the shape of x; ``beta`` (T,).
    Returns: a tensor of the shape and kind of x.
    Raises: ValueError naming ``x``, ``t``, ``noise`` or ``beta``.
    Complexity: O(s + T) for s entries of ``x``, as ``beta`` is checked.
    Source: lecture 12, section 59; Ho, Jain, Abbeel 2020.
    """
    at = one_step("t", t, beta)
    tensor("noise", noise, tuple(objects("x", x).shape))
    return (1 - beta[at]).sqrt().to(x.dtype) * x + beta[at].sqrt().to(x.dtype) * noise


def q_sample(x0: Tensor, t: Tensor, noise: Tensor, beta: Tensor) -> Tensor:
    """``sqrt(abar_t) x0 + sqrt(1 - abar_t) noise``: the steps 0 to t at once, each object with its own t.

    Parameters: ``x0`` (n, ...); ``t`` (n,), whole numbers from 0 to T - 1; ``noise``, of the shape of x0; ``beta``
    (T,). abar is `alpha_bar`.
    Returns: a tensor of the shape and kind of x0.
    Raises: ValueError naming ``x0``, ``t``, ``noise`` or ``beta``.
    Complexity: O(s + T) for s entries of ``x0``, however large t is.
    Source: lecture 12, section 59; Ho, Jain, Abbeel 2020.

    >>> q_sample(torch.tensor([4.0]), torch.tensor([0]), torch.tensor([0.0]), torch.tensor([0.75]))
    tensor([2.])
    """
    share = alpha_bar(beta)
    tensor("noise", noise, tuple(objects("x0", x0).shape))
    of_each = share[whole_numbers("t", t, (len(x0),), 0, len(beta) - 1)]
    of_each = of_each.reshape(-1, *(1,) * (x0.dim() - 1))  # (n, 1, ...)
    return of_each.sqrt().to(x0.dtype) * x0 + (1 - of_each).sqrt().to(x0.dtype) * noise


def one_step(name: str, t: int, beta: Tensor) -> int:
    """A step as an int, once beta is in order and the step is one of its own. ValueError names ``name`` or beta."""
    return whole(name, t, 0, len(alpha_bar(beta)) - 1)
