"""The loss of a network that predicts noise, and its training (lecture 12, section 59, L12.diffusion_train).

J. Ho, A. Jain, P. Abbeel, "Denoising diffusion probabilistic models", NeurIPS (2020), algorithm 1.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from reference.checks.numbers import positive, whole
from reference.checks.tensors import objects
from reference.generative.diffusion.forward import alpha_bar, q_sample

Model = Callable[[Tensor, Tensor, Tensor | None], Tensor]


def noise_loss(
    model: Model, x0: Tensor, t: Tensor, noise: Tensor, beta: Tensor, condition: Tensor | None = None
) -> Tensor:
    """The mean of ``(model(x_t, t, condition) - noise)^2`` over all entries, where x_t is `q_sample` of the same noise.

    The model is called once.

    Parameters: ``model``, from x_t (n, ...), t (n,) and the condition to the noise that it sees, of the shape of x_t;
    ``x0``, ``t``, ``noise``, ``beta``, those of `q_sample`; ``condition`` (n, ...), handed to the model as it is, or
    None.
    Returns: a tensor without axes, through which gradients flow to the model.
    Raises: ValueError naming ``x0``, ``t``, ``noise`` or ``beta``.
    Complexity: O(s + T) for s entries of ``x0`` and T steps of ``beta``, and one pass of the model forward.
    Source: lecture 12, section 59; Ho, Jain, Abbeel 2020.

    >>> one = torch.ones(2, 3)
    >>> noise_loss(lambda x, t, condition: 0 * x, one, torch.tensor([0, 1]), 2 * one, torch.tensor([0.1, 0.2]))
    tensor(4.)
    """
    return (model(q_sample(x0, t, noise, beta), t, condition) - noise).square().mean()


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
    """Steps of Adam by `noise_loss`, each with objects, steps of noising and noise drawn anew.

    The objects of a step are drawn with replacement, each with its own t, equally likely from 0 to T - 1, and its own
    standard normal noise. The mode of the model is left as it is.

    Parameters: ``model``, a module as in `noise_loss`; ``X`` (n, ...), ``y`` (n, ...), the conditions, or None;
    ``beta`` (T,); ``steps`` and ``batch`` of at least 1, ``rate`` above 0; ``rng``, a generator of torch.
    Returns: the loss of each step. The model is changed.
    Raises: ValueError naming ``X``, ``y`` (another number of objects), ``beta``, ``steps``, ``batch`` or ``rate``.
    Complexity: O(s + T) a step for s entries of its batch, and one pass of the model forward and backward.
    Source: lecture 12, section 59; Ho, Jain, Abbeel 2020.
    """
    count, T, size = len(objects("X", X)), len(alpha_bar(beta)), whole("batch", batch)
    if y is not None and len(y) != count:
        raise ValueError(f"y must have a condition for each of {count} objects, not {len(y)}")
    optimizer = torch.optim.Adam(model.parameters(), lr=positive("rate", rate))
    losses = []
    for _ in range(whole("steps", steps)):
        rows = torch.randint(count, (size,), generator=rng)
        t = torch.randint(T, (size,), generator=rng)
        noise = torch.randn((size, *X.shape[1:]), generator=rng, dtype=X.dtype)
        loss = noise_loss(model, X[rows], t, noise, beta, None if y is None else y[rows])
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(loss.item())
    return losses
