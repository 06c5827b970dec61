"""First values of the weights: variances by LeCun, Xavier and He (lecture 3, section 19, L03.init).

Y. LeCun, L. Bottou, G. Orr, K. Mueller, "Efficient BackProp", Neural Networks: Tricks of the Trade (1998).
X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", Artificial
Intelligence and Statistics (2010).
K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers: surpassing human-level performance on ImageNet
classification", International Conference on Computer Vision (2015).
"""

from __future__ import annotations

import math

from numpy.random import Generator

from reference.checks.arrays import Floats
from reference.checks.numbers import whole
from reference.checks.randomness import generator
from reference.checks.text import one_of

SCHEMES = ("lecun", "xavier", "he_in", "he_out")


def variance(scheme: str, n_in: int, n_out: int) -> float:
    """The variance that a scheme gives to each weight between ``n_in`` and ``n_out`` neurons.

    lecun: ``1 / n_in``, xavier: ``2 / (n_in + n_out)``, he_in: ``2 / n_in``, he_out: ``2 / n_out``.

    Parameters: ``scheme``, one of these names; ``n_in`` and ``n_out`` of at least 1.
    Returns: a float.
    Raises: ValueError naming ``scheme``, ``n_in`` or ``n_out``.
    Complexity: O(1).
    Source: lecture 3, section 19; LeCun, Bottou, Orr, Mueller 1998; Glorot, Bengio 2010; He, Zhang, Ren, Sun 2015.

    >>> variance("xavier", 30, 10), variance("he_in", 30, 10)
    (0.05, 0.06666666666666667)
    """
    inputs, outputs = whole("n_in", n_in), whole("n_out", n_out)
    return {
        "lecun": 1 / inputs,
        "xavier": 2 / (inputs + outputs),
        "he_in": 2 / inputs,
        "he_out": 2 / outputs,
    }[one_of("scheme", scheme, SCHEMES)]


def init(scheme: str, n_in: int, n_out: int, rng: Generator, kind: str = "normal") -> Floats:
    """Independent weights with mean 0 and the variance v of a scheme.

    They are normal, or uniform from ``-sqrt(3 v)`` to ``sqrt(3 v)``.

    Parameters: ``scheme``, ``n_in`` and ``n_out`` as in `variance`; ``rng``; ``kind``, normal or uniform.
    Returns: floats (n_in, n_out).
    Raises: ValueError naming ``scheme``, ``n_in``, ``n_out``, ``rng`` or ``kind``.
    Complexity: O(n_in n_out).
    Source: lecture 3, section 19; LeCun, Bottou, Orr, Mueller 1998; Glorot, Bengio 2010; He, Zhang, Ren, Sun 2015.
    """
    v = variance(scheme, n_in, n_out)
    source = generator("rng", rng)
    if one_of("kind", kind, ("normal", "uniform")) == "normal":
        return source.normal(0.0, math.sqrt(v), size=(n_in, n_out))
    bound = math.sqrt(3 * v)
    return source.uniform(-bound, bound, size=(n_in, n_out))
