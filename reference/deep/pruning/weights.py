"""Pruning of the weights whose removal raises the loss least (lecture 3, section 17, L03.prune_weights).

B. Hassibi, D. Stork, G. Wolff, "Optimal brain surgeon and general network pruning", IEEE International Conference on
Neural Networks (1993).
"""

from __future__ import annotations

import torch
from torch import Tensor

from reference.checks.numbers import whole
from reference.checks.tensors import tensor

TOLERANCE = 1e-5  # of the largest entry: H may be asymmetric by rounding


def saliency(a: Tensor, H: Tensor | None = None) -> Tensor:
    """``a_i^2 / [H^-1]_ii`` for each weight, or ``|a_i|`` where no Hessian is given.

    For a quadratic loss with its minimum at ``a`` it is twice the rise of the loss when a weight is forced to 0 and the
    others are optimised again.

    Parameters: ``a`` (p,), the weights; ``H`` (p, p), the Hessian at ``a``, symmetric and positive definite, or None.
    Returns: a tensor (p,) of the type of ``a``.
    Raises: ValueError naming ``a`` or ``H`` (another shape, not symmetric, not positive definite).
    Complexity: O(p^3), and memory O(p^2), with a Hessian; O(p) without.
    Source: lecture 3, section 17; Hassibi, Stork, Wolff 1993.

    >>> saliency(torch.tensor([1.0, -2.0]), torch.tensor([[4.0, 0.0], [0.0, 0.25]])).tolist()
    [4.0, 1.0]
    """
    weights = tensor("a", a, (None,)).detach()
    if H is None:
        return weights.abs()
    return weights**2 / torch.cholesky_inverse(_factor(H, len(weights))).diagonal()


def _factor(H: Tensor, size: int) -> Tensor:
    """Cholesky's factor of a matrix that must be positive definite. ValueError names ``H``."""
    hessian = tensor("H", H, (size, size)).detach()
    if (hessian - hessian.T).abs().max() > TOLERANCE * hessian.abs().max():
        raise ValueError("H must be symmetric")
    factor, failed = torch.linalg.cholesky_ex(hessian)
    if failed:
        raise ValueError("H must be positive definite")
    return factor


def prune(a: Tensor, scores: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """The weights with zeros in place of the ``count`` whose scores are smallest, and which were kept.

    Of equal scores those of the lower index are dropped first.

    Parameters: ``a`` (p,); ``scores`` (p,); ``count`` from 0 to p.
    Returns: a new tensor (p,), and bools (p,), True for the weights that were kept.
    Raises: ValueError naming ``a``, ``scores`` or ``count``.
    Complexity: O(p log p); O(p) is possible by selection.
    Source: lecture 3, section 17; lecture only.

    >>> prune(torch.tensor([5.0, -6.0, 7.0]), torch.tensor([2.0, 1.0, 1.0]), 1)
    (tensor([5., 0., 7.]), tensor([ True, False,  True]))
    """
    weights = tensor("a", a, (None,)).detach()
    order = torch.sort(tensor("scores", scores, (len(weights),)), stable=True).indices
    kept = torch.ones(len(weights), dtype=torch.bool)
    kept[order[: whole("count", count, 0, len(weights))]] = False
    return torch.where(kept, weights, torch.zeros_like(weights)), kept
