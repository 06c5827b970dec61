"""Layer normalisation, forward and backward (lecture 6, section 31, L06.layernorm); the lecture gives its name only.

J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer normalization", arXiv:1607.06450 (2016).
"""

from __future__ import annotations

from typing import Any

from torch import Tensor

from reference.checks.numbers import positive
from reference.checks.tensors import tensor


def layer_norm(x: Tensor, gamma: Tensor, beta: Tensor, eps: float = 1e-5) -> Tensor:
    """``gamma (x - mean) / sqrt(variance + eps) + beta``, with mean and biased variance of each vector by itself.

    Parameters: ``x`` (..., d); ``gamma`` and ``beta`` (d,); ``eps`` above 0.
    Returns: (..., d).
    Raises: ValueError naming ``x``, ``gamma``, ``beta`` or ``eps``.
    Complexity: O(s) for s entries of ``x``.
    Source: lecture 6, section 31; Ba et al. 2016.
    """
    check(x, eps)
    tensor("gamma", gamma, (x.shape[-1],))
    tensor("beta", beta, (x.shape[-1],))
    return gamma * standardised(x, eps)[0] + beta


def layer_norm_grad(x: Tensor, gamma: Tensor, dy: Tensor, eps: float = 1e-5) -> tuple[Tensor, Tensor, Tensor]:
    """Gradients of a loss by x, gamma and beta, from its gradient ``dy`` by the result of `layer_norm`.

    With ``z = (x - mean) / s``, ``s = sqrt(variance + eps)`` and ``g = dy gamma``, ``dx = (g - mean(g) - z mean(g z)) /
    s`` for each vector.

    Parameters: ``x`` (..., d), ``gamma`` (d,) and ``eps`` as in `layer_norm`; ``dy`` of the shape of x.
    Returns: ``dx`` of the shape of x, ``dgamma`` and ``dbeta`` (d,).
    Raises: ValueError naming ``x``, ``gamma``, ``dy`` or ``eps``.
    Complexity: as in `layer_norm`.
    Source: lecture 6, section 31; Ba et al. 2016.
    """
    check(x, eps)
    tensor("gamma", gamma, (x.shape[-1],))
    tensor("dy", dy, tuple(x.shape))
    z, deviation = standardised(x, eps)
    g = dy * gamma
    dx = (g - g.mean(-1, keepdim=True) - z * (g * z).mean(-1, keepdim=True)) / deviation
    vectors = (-1, x.shape[-1])  # dgamma and dbeta are sums over all of them
    return dx, (dy * z).reshape(vectors).sum(0), dy.reshape(vectors).sum(0)


def standardised(x: Tensor, eps: float) -> tuple[Tensor, Tensor]:
    """Each vector with mean 0 and variance 1, nearly, and what it was divided by, (..., 1)."""
    centred = x - x.mean(-1, keepdim=True)
    deviation = ((centred**2).mean(-1, keepdim=True) + eps).sqrt()
    return centred / deviation, deviation


def check(x: Any, eps: Any) -> None:
    """Raise ValueError naming ``x``, a tensor with an axis at least, or ``eps``."""
    if tensor("x", x).dim() == 0:
        raise ValueError("x must have an axis")
    positive("eps", eps)
