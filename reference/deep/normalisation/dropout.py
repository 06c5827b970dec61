"""Dropout with the correction of the scale (lecture 3, section 18, L03.dropout).

N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, "Dropout: a simple way to prevent neural
networks from overfitting", Journal of Machine Learning Research 15 (2014).
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from reference.checks.arrays import Floats, array, numeric
from reference.checks.numbers import decay, whole
from reference.checks.randomness import generator

Mask = NDArray[np.bool_]


def draw_mask(shape: tuple[int, ...], p: float, rng: Generator) -> Mask:
    """A mask whose entries are False, independently of each other, with the probability ``p``.

    True stands for an output that is kept.

    Parameters: ``shape``, a tuple of lengths of at least 1; ``p`` of at least 0 and below 1; ``rng``.
    Returns: an array of bools of this shape.
    Raises: ValueError naming ``shape``, ``p`` or ``rng``.
    Complexity: O(s) for s entries.
    Source: lecture 3, section 18; Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov 2014.

    >>> draw_mask((2, 3), 0.0, np.random.default_rng(0)).tolist()
    [[True, True, True], [True, True, True]]
    """
    if not isinstance(shape, tuple):
        raise ValueError(f"shape must be a tuple of whole numbers, not {shape!r}")
    lengths = tuple(whole("shape", length) for length in shape)
    share = decay("p", p)
    kept: Mask = generator("rng", rng).random(lengths) >= share
    return kept


def dropout(x: ArrayLike, mask: ArrayLike, p: float) -> Floats:
    """``x / (1 - p)`` where ``mask`` is True, and 0 elsewhere: over the masks the mean is ``x``.

    Parameters: ``x`` of any shape; ``mask``, bools of the same shape; ``p`` of at least 0 and below 1.
    Returns: floats of the same shape.
    Raises: ValueError naming ``x``, ``mask`` (other shape, no bools) or ``p``.
    Complexity: O(s) for s entries.
    Source: lecture 3, section 18; Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov 2014.

    >>> dropout([1.0, 2.0, 3.0], [True, False, True], 0.5).tolist()
    [2.0, 0.0, 6.0]
    """
    return _masked(array("x", x), mask, p)


def dropout_grad(dY: ArrayLike, mask: ArrayLike, p: float) -> Floats:
    """The gradient by ``x`` from the gradient ``dY`` by ``dropout(x, mask, p)``: masked and scaled alike.

    Parameters: ``dY`` of any shape; ``mask`` and ``p`` as in `dropout`.
    Returns: floats of the same shape.
    Raises: ValueError naming ``dY``, ``mask`` or ``p``.
    Complexity: as in `dropout`.
    Source: lecture 3, section 18; Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov 2014.
    """
    return _masked(array("dY", dY), mask, p)


def _masked(values: Floats, mask: ArrayLike, p: float) -> Floats:
    kept = numeric("mask", mask, "b")
    if kept.shape != values.shape:
        raise ValueError(f"mask must be of shape {values.shape}, not {kept.shape}")
    return np.where(kept, values, 0.0) / (1 - decay("p", p))


class Dropout:
    """A layer that draws a new mask in every forward pass of training, and in prediction changes nothing.

    ``forward(x, rng, train=True)`` is `dropout` with a mask from ``rng``, or ``x`` itself, and then nothing is drawn.
    ``backward(dY)`` belongs to the last forward pass: it uses the mask of that, or returns ``dY``.

    Parameters: ``p``, the probability that an output is dropped, of at least 0 and below 1.
    Returns: a layer; its two methods return floats of the shape that they were given.
    Raises: ValueError naming ``p``, and in the methods ``x``, ``rng`` or ``dY`` (other shape than the last ``x``).
    Complexity: O(s) a pass, forward or backward, for s entries; memory O(s), the mask.
    Source: lecture 3, section 18; Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov 2014.

    >>> Dropout(0.5).forward([3.0, 4.0], None, train=False).tolist()
    [3.0, 4.0]
    """

    def __init__(self, p: float) -> None:
        self.p = decay("p", p)
        self._share, self._mask = 0.0, np.ones((), dtype=bool)

    def forward(self, x: ArrayLike, rng: Generator | None, train: bool = True) -> Floats:
        """The outputs, some of them dropped where ``train`` is True."""
        values = array("x", x)
        self._share = self.p if train else 0.0
        self._mask = (
            draw_mask(values.shape, self.p, generator("rng", rng)) if train else np.ones(values.shape, dtype=bool)
        )
        return dropout(values, self._mask, self._share)

    def backward(self, dY: ArrayLike) -> Floats:
        """The gradient by the last ``x``, from the gradient by what was returned for it."""
        return dropout_grad(array("dY", dY, self._mask.shape), self._mask, self._share)
