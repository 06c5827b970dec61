"""Activation functions and their derivatives (lecture 3, section 16, L03.activations).

Y. LeCun, L. Bottou, G. Orr, K. Mueller, "Efficient BackProp", Neural Networks: Tricks of the Trade (1998), has
tanh x + a x.
V. Nair, G. Hinton, "Rectified linear units improve restricted Boltzmann machines", ICML (2010), has the noisy ReLU.
K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers: surpassing human-level performance on ImageNet
classification", International Conference on Computer Vision (2015), has the parametric ReLU.

The lecture gives ReLU' and PReLU' at 0 twice: by section 16 they are 0 and beta, by table 3.1 they are 1. Here
section 16 holds. No function overflows, however large x is.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array
from reference.checks.numbers import real
from reference.checks.text import one_of

LEAK = 0.01

Kernel = Callable[[Floats, float, float], Floats]  # of x, a, beta


def activation(name: str, x: ArrayLike, *, a: float = 0.1, beta: float = 0.25) -> Floats:
    """``f(x)`` entry by entry, where ``name`` says which f.

    ``sigmoid`` 1 / (1 + e^-x); ``tanh``; ``relu`` max(0, x); ``leaky`` x above 0, else 0.01 x; ``prelu`` x above 0,
    else beta x; ``softplus`` ln(1 + e^x); ``arctan``; ``softsign`` x / (1 + |x|); ``lecun`` tanh x + a x.

    Parameters: ``name``, one of those; ``x``, finite, of any shape; ``a`` of ``lecun``; ``beta`` of ``prelu``.
    Returns: floats of the shape of ``x``.
    Raises: ValueError naming ``name``, ``x``, ``a`` or ``beta``.
    Complexity: O(s) for s entries of ``x``.
    Source: lecture 3, section 16; He et al. 2015; LeCun et al. 1998.

    >>> activation("relu", [-2.0, 0.0, 3.0]).tolist()
    [0.0, 0.0, 3.0]
    """
    kernel = FUNCTIONS[one_of("name", name, tuple(FUNCTIONS))]
    return kernel(array("x", x), real("a", a), real("beta", beta))


def activation_grad(name: str, x: ArrayLike, *, a: float = 0.1, beta: float = 0.25) -> Floats:
    """``f'(x)`` entry by entry. At 0 it is 0 for ``relu``, 0.01 for ``leaky`` and beta for ``prelu``.

    Parameters: as in `activation`.
    Returns: floats of the shape of ``x``.
    Raises: as in `activation`.
    Complexity: as in `activation`.
    Source: lecture 3, section 16; He et al. 2015; LeCun et al. 1998.

    >>> activation_grad("relu", [-2.0, 0.0, 3.0]).tolist()
    [0.0, 0.0, 1.0]
    """
    kernel = DERIVATIVES[one_of("name", name, tuple(DERIVATIVES))]
    return kernel(array("x", x), real("a", a), real("beta", beta))


def prelu_beta_grad(x: ArrayLike) -> Floats:
    """The derivative of the parametric ReLU by beta, entry by entry: 0 above 0, else x.

    Parameters: ``x``, finite, of any shape.
    Returns: floats of the shape of ``x``.
    Raises: ValueError naming ``x``.
    Complexity: O(s) for s entries of ``x``.
    Source: lecture 3, section 16; He et al. 2015.
    """
    return np.minimum(array("x", x), 0.0)


def noisy_relu(x: ArrayLike, noise: ArrayLike) -> Floats:
    """``max(0, x + sqrt(sigmoid(x)) noise)``: for standard normal noise, what is added has the variance sigmoid(x).

    Parameters: ``x``, finite, of any shape; ``noise``, of the same shape.
    Returns: floats of the shape of ``x``.
    Raises: ValueError naming ``x`` or ``noise``.
    Complexity: O(s) for s entries of ``x``.
    Source: lecture 3, section 16; Nair, Hinton 2010.
    """
    values = array("x", x)
    return np.maximum(0.0, values + deviation(values) * array("noise", noise, values.shape))


def noisy_relu_grad(x: ArrayLike, noise: ArrayLike) -> Floats:
    """The derivative of `noisy_relu` by x, for the same noise; x stands under the root as well.

    It is 0 where the result is 0. Else, with s for sigmoid(x), it is 1 + noise sqrt(s) (1 - s) / 2.

    Parameters: as in `noisy_relu`.
    Returns: floats of the shape of ``x``.
    Raises: as in `noisy_relu`.
    Complexity: as in `noisy_relu`.
    Source: lecture 3, section 16; Nair, Hinton 2010.
    """
    values = array("x", x)
    drawn = array("noise", noise, values.shape)
    root = deviation(values)
    return np.where(values + root * drawn > 0, 1.0 + drawn * root * sigmoid(-values) / 2, 0.0)


def sigmoid(x: Floats) -> Floats:
    """``1 / (1 + e^-x)``, without overflow."""
    return np.exp(-np.logaddexp(0.0, -x))


def deviation(x: Floats) -> Floats:
    """The square root of `sigmoid`, the standard deviation of what the noisy ReLU adds."""
    return np.exp(-np.logaddexp(0.0, -x) / 2)


FUNCTIONS: dict[str, Kernel] = {
    "sigmoid": lambda x, a, beta: sigmoid(x),
    "tanh": lambda x, a, beta: np.tanh(x),
    "relu": lambda x, a, beta: np.maximum(x, 0.0),
    "leaky": lambda x, a, beta: np.where(x > 0, x, LEAK * x),
    "prelu": lambda x, a, beta: np.where(x > 0, x, beta * x),
    "softplus": lambda x, a, beta: np.logaddexp(0.0, x),
    "arctan": lambda x, a, beta: np.arctan(x),
    "softsign": lambda x, a, beta: x / (1.0 + np.abs(x)),
    "lecun": lambda x, a, beta: np.tanh(x) + a * x,
}

DERIVATIVES: dict[str, Kernel] = {
    "sigmoid": lambda x, a, beta: sigmoid(x) * sigmoid(-x),
    "tanh": lambda x, a, beta: 1.0 - np.tanh(x) ** 2,
    "relu": lambda x, a, beta: np.where(x > 0, 1.0, 0.0),
    "leaky": lambda x, a, beta: np.where(x > 0, 1.0, LEAK),
    "prelu": lambda x, a, beta: np.where(x > 0, 1.0, beta),
    "softplus": lambda x, a, beta: sigmoid(x),
    "arctan": lambda x, a, beta: 1.0 / (1.0 + x**2),
    "softsign": lambda x, a, beta: 1.0 / (1.0 + np.abs(x)) ** 2,
    "lecun": lambda x, a, beta: 1.0 - np.tanh(x) ** 2 + a,
}
