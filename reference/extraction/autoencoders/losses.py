"""What autoencoders minimise (lecture 11, section 48, L11.autoencoder, L11.sparse, L11.denoising, L11.contractive).

Distances are norms, not their squares, as in the lecture, and all is a mean over the objects. A penalty on the
absolute values of the code: A. Ng, "Sparse autoencoder", CS294A lecture notes, Stanford (2011), with another
penalty. Noise: P. Vincent, H. Larochelle, Y. Bengio, P.-A. Manzagol, "Extracting and composing robust features with
denoising autoencoders", ICML (2008). The Jacobian: S. Rifai, P. Vincent, X. Muller, X. Glorot, Y. Bengio, "Contractive
auto-encoders: explicit invariance during feature extraction", ICML (2011).

A model is any module with ``encoder`` and ``decoder`` that takes each object by itself and gives codes and restored
objects.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.numbers import not_negative
from reference.checks.tensors import matrix, tensor


def restoration(model: nn.Module, x: Tensor) -> Tensor:
    """``1/l sum_i ||d(c(x_i)) - x_i||``, the mean distance from an object to what is restored.

    The gradient of a distance of 0 is 0.

    Parameters: ``model``, from objects to codes and restored objects; objects ``x`` (l, n).
    Returns: a scalar tensor, with its graph.
    Raises: ValueError naming ``x``.
    Complexity: O(l n), and a pass of the model forward.
    Source: lecture 11, section 48; lecture only.
    """
    given = matrix("x", x)
    return _distances(model(given)[1], given).mean()


def sparse_loss(model: nn.Module, x: Tensor, tau: float) -> Tensor:
    """``1/l sum_i (||d(c(x_i)) - x_i|| + tau ||c(x_i)||_1)``: the absolute values of a code are added.

    Parameters: as in `restoration`; ``tau`` of at least 0.
    Returns: a scalar tensor, with its graph.
    Raises: ValueError naming ``x`` or ``tau``.
    Complexity: O(l (n + m)) for codes of m numbers, and a pass of the model forward.
    Source: lecture 11, section 48; lecture only.
    """
    given = matrix("x", x)
    code, restored = model(given)
    sizes = code.abs().sum(dim=1)  # (l,)
    return (_distances(restored, given) + not_negative("tau", tau) * sizes).mean()


def denoising_loss(model: nn.Module, x: Tensor, noise: Tensor) -> Tensor:
    """``1/l sum_i ||d(c(x_i + e_i)) - x_i||``: the object without noise has to be restored from the noisy one.

    Parameters: as in `restoration`; ``noise`` (l, n), the rows e_i.
    Returns: a scalar tensor, with its graph.
    Raises: ValueError naming ``x`` or ``noise``.
    Complexity: O(l n), and a pass of the model forward.
    Source: lecture 11, section 48; Vincent, Larochelle, Bengio, Manzagol 2008.
    """
    given = matrix("x", x)
    noisy = given + tensor("noise", noise, tuple(given.shape))
    return _distances(model(noisy)[1], given).mean()


def contractive_loss(model: nn.Module, x: Tensor, lam: float) -> Tensor:
    """``1/l sum_i (||d(c(x_i)) - x_i|| + lam ||J(x_i)||_F^2)``, where J holds the derivatives of the code by x.

    The Jacobian is exact, by one backward pass for each number of a code; gradients by the parameters go through it.
    No gradient is left in the parameters.

    Parameters: as in `restoration`; ``lam`` of at least 0.
    Returns: a scalar tensor, with its graph.
    Raises: ValueError naming ``x`` or ``lam``.
    Complexity: O(l m n), also in memory, for codes of m numbers, and m passes of the encoder backward, which can be
    differentiated again.
    Source: lecture 11, section 48; Rifai, Vincent, Muller, Glorot, Bengio 2011.
    """
    weight = not_negative("lam", lam)
    places = matrix("x", x).detach().clone().requires_grad_()
    # (l,) for each number of a code
    columns = model.encoder(places).unbind(dim=1)  # type: ignore[operator]
    rows = [torch.autograd.grad(column.sum(), places, create_graph=True)[0] for column in columns]
    jacobians = torch.stack(rows, dim=1)  # (l, m, n)
    sizes = jacobians.square().sum(dim=(1, 2))  # (l,)
    return restoration(model, x) + weight * sizes.mean()


def _distances(restored: Tensor, x: Tensor) -> Tensor:
    distances: Tensor = torch.linalg.vector_norm(restored - x, dim=1)  # (l,); its gradient at 0 is 0
    return distances
