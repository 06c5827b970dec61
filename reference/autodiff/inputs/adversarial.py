"""Adversarial examples by the sign of the gradient on the input (lecture 2, section 14, L02.fgsm).

I. Goodfellow, J. Shlens, C. Szegedy, "Explaining and harnessing adversarial examples", ICLR (2015). One step, no
iterations.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from reference.autodiff.inputs.gradient import value_and_gradient
from reference.checks.numbers import not_negative
from reference.checks.tensors import tensor


def fgsm(
    model: Callable[[Tensor], Tensor],
    loss: Callable[[Tensor, Tensor], Tensor],
    x: Tensor,
    y: Tensor,
    eps: float,
    *,
    low: float | None = None,
    high: float | None = None,
    targeted: bool = False,
) -> Tensor:
    """``x + eps * sign(d loss(model(x), y) / dx)``, cut off at ``low`` and ``high``; ``sign(0) = 0``.

    To first order no other x' with ``max |x' - x| <= eps`` has a larger loss; where the loss is convex in x, it does
    not fall. With ``targeted`` y is what the model shall answer, and the step goes the other way.

    Parameters: ``model``, a function of objects; ``loss``, a function of its answer and ``y``, which returns a scalar;
    ``x`` (n, ...), within the bounds; ``eps`` from 0 up, in the units of ``x``; ``low`` and ``high``, bounds or None;
    ``targeted``.
    Returns: a new tensor of x's shape and type.
    Raises: ValueError naming ``x`` (no floats, empty, not finite, outside of the bounds), ``eps``, ``low`` (above
    ``high``) or ``loss`` (no scalar).
    Complexity: O(s) for s entries of ``x``, and one pass of the model and the loss forward and backward.
    Source: lecture 2, section 14; Goodfellow et al. 2015.
    """
    objects, radius = tensor("x", x).detach(), not_negative("eps", eps)
    bottom, top = -torch.inf if low is None else low, torch.inf if high is None else high
    if not bottom <= top:
        raise ValueError(f"low must not be above high, but {low!r} is not at most {high!r}")
    if not ((objects >= bottom) & (objects <= top)).all():
        raise ValueError("x has an entry outside of the box")
    _, gradient = value_and_gradient(lambda place: loss(model(place), y), objects)
    step = radius * gradient.sign()  # (n, ...)
    return torch.clamp(objects - step if targeted else objects + step, bottom, top)
