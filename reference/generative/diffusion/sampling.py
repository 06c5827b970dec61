"""Objects made of noise, step by step back (lecture 12, section 59, L12.diffusion_sample).

J. Ho, A. Jain, P. Abbeel, "Denoising diffusion probabilistic models", NeurIPS (2020), algorithm 2, with the variance
beta_t of a step.
"""

from __future__ import annotations

import torch
from torch import Tensor

from reference.checks.tensors import objects, tensor
from reference.generative.diffusion.forward import alpha_bar, one_step
from reference.generative.diffusion.training import Model


def p_step(x: Tensor, t: int, predicted: Tensor, noise: Tensor, beta: Tensor) -> Tensor:
    """``(x - beta_t / sqrt(1 - abar_t) predicted) / sqrt(1 - beta_t) + sqrt(beta_t) noise``: one step back.

    At t = 0, the last step, nothing of ``noise`` is added.

    Parameters: ``x`` (n, ...), objects with the noise of the steps 0 to t; ``t`` from 0 to T - 1; ``predicted``, the
    noise that the model sees in x, and ``noise``, fresh, both of the shape of x; ``beta`` (T,).
    Returns: a tensor of the shape and kind of x.
    Raises: ValueError naming ``x``, ``t``, ``predicted``, ``noise`` or ``beta``.
    Complexity: O(s + T) for s entries of ``x``.
    Source: lecture 12, section 59; Ho, Jain, Abbeel 2020.

    >>> one = torch.ones(1, 1)
    >>> p_step(one, 0, one, one, torch.tensor([0.75])).round(decimals=4)  # (1 - sqrt(0.75)) / sqrt(0.25)
    tensor([[0.2679]])
    """
    at = one_step("t", t, beta)
    for name, values in (("predicted", predicted), ("noise", noise)):
        tensor(name, values, tuple(objects("x", x).shape))
    taken = (beta[at] / (1 - alpha_bar(beta)[at]).sqrt()).to(x.dtype)
    mean = (x - taken * predicted) / (1 - beta[at]).sqrt().to(x.dtype)
    return mean if at == 0 else mean + beta[at].sqrt().to(x.dtype) * noise


def sample(model: Model, beta: Tensor, start: Tensor, noises: Tensor, condition: Tensor | None = None) -> Tensor:
    """Objects made of ``start`` by the steps ``T - 1, ..., 0`` of `p_step`, without gradients.

    The model is called once a step, with the same t for all objects. The mode of the model is left as it is.

    Parameters: ``model``, from x (n, ...), t (n,) and the condition to the noise that it sees in x; ``beta`` (T,);
    ``start`` (n, ...), pure noise; ``noises`` (T, n, ...), where ``noises[t]`` belongs to the step t; ``condition``
    (n, ...), handed to the model in each step, or None.
    Returns: a tensor of the shape and kind of start.
    Raises: ValueError naming ``beta``, ``start`` or ``noises``.
    Complexity: O(T (s + T)) for s entries of ``start``, as each step multiplies ``beta`` anew, and T passes of the
    model.
    Source: lecture 12, section 59; Ho, Jain, Abbeel 2020.
    """
    T = len(alpha_bar(beta))
    x = objects("start", start)
    tensor("noises", noises, (T, *x.shape))
    with torch.no_grad():
        for t in reversed(range(T)):
            predicted = model(x, torch.full((len(x),), t), condition)
            x = p_step(x, t, predicted, noises[t], beta)
    return x
