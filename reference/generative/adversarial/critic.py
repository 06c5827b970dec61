"""The loss of a Wasserstein GAN's critic, with a penalty on its gradient (lecture 12, section 58, L12.wgan).

M. Arjovsky, S. Chintala, L. Bottou, "Wasserstein generative adversarial networks", ICML (2017).
I. Gulrajani et al., "Improved training of Wasserstein GANs", Advances in Neural Information Processing Systems 30
(2017).
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from reference.checks.numbers import not_negative
from reference.checks.tensors import objects, tensor


def critic_objective(real: Tensor, fake: Tensor) -> Tensor:
    """E f(G(z)) - E f(x): over critics whose slope is at most 1 its minimum is minus the Wasserstein distance.

    Parameters: ``real`` and ``fake``, outputs of the critic f for real and for generated objects, of any shapes.
    Returns: a tensor without axes.
    Raises: ValueError naming ``real`` or ``fake``, where it is empty or not finite.
    Complexity: O(s) for s entries of both.
    Source: lecture 12, section 58; Arjovsky, Chintala, Bottou 2017.

    >>> critic_objective(torch.tensor([3.0, 5.0]), torch.tensor([1.0])).item()
    -3.0
    """
    return tensor("fake", fake).mean() - tensor("real", real).mean()


def critic_loss(critic: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor, eps: Tensor, lam: float) -> Tensor:
    """The critic's objective, and lam E(|gradient of f at a point between| - 1)^2.

    Each pair of a real and a generated object has one point between them, eps real + (1 - eps) fake. The norm is that
    of the gradient by all entries of one object, and a gradient of 0 is far from 1 by 1.

    Parameters: ``critic``, from objects to one number each; ``real`` and ``fake`` (n, ...), of the same shape; ``eps``
    (n,), from 0 to 1; ``lam`` of at least 0.
    Returns: a tensor without axes, whose gradients by the critic's parameters are those of both terms.
    Raises: ValueError naming ``real``, ``fake``, ``eps`` or ``lam``.
    Complexity: O(s) for s entries of ``real``, three passes of the critic forward, and one backward that can be
    differentiated again.
    Source: lecture 12, section 58; Gulrajani et al. 2017.

    >>> critic_loss(lambda x: 3 * x, torch.ones(2, 1), torch.zeros(2, 1), torch.ones(2), 10.0).item()
    37.0
    """
    weight = not_negative("lam", lam)
    shape = tuple(objects("real", real).shape)
    shares = tensor("eps", eps, shape[:1])
    if shares.min() < 0 or shares.max() > 1:
        raise ValueError("eps must be from 0 to 1")
    shares = shares.reshape(-1, *[1] * (len(shape) - 1))
    between = (shares * real + (1 - shares) * tensor("fake", fake, shape)).requires_grad_()
    (gradient,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
    sizes = gradient.flatten(start_dim=1).norm(dim=1)  # (n,)
    return critic_objective(critic(real), critic(fake)) + weight * (sizes - 1).square().mean()
