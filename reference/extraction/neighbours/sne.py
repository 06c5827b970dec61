"""Stochastic neighbour embedding, SNE (lecture 11, section 49, L11.sne).

G. Hinton, S. Roweis, "Stochastic neighbor embedding", Advances in Neural Information Processing Systems 15 (2002).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats
from reference.checks.numbers import positive
from reference.extraction.neighbours.pairs import forces, normalised, objects, squares, weights

HALVINGS = 100  # of the interval in which 1 / (2 sigma^2) is looked for, doublings before included


def conditional(X: ArrayLike, perplexity: float) -> tuple[Floats, Floats]:
    """The probability that an object picks another one as its neighbour, with sigmas chosen by the perplexity.

    ``p_j|i`` is proportional to ``exp(-|x_i - x_j|^2 / (2 sigma_i^2))`` over all j but i. The perplexity of row i is
    ``exp(H)`` with the entropy H in natural logarithms; it grows with sigma_i, which bisection finds. Where more
    nearest objects than the perplexity are equally near, no sigma fits: a small one is taken, and they share the row.

    Parameters: ``X`` (n, m), at least three objects by rows; ``perplexity`` above 1 and below n - 1.
    Returns: the probabilities (n, n), ``P[i, j]`` being p_j|i, with zeros on the diagonal; the sigmas (n,).
    Raises: ValueError naming ``X`` or ``perplexity``.
    Complexity: O(n^2 (m + 100)), with 100 steps of bisection; memory O(n^2 m) for the differences of all pairs, where
    O(n^2) is possible.
    Source: lecture 11, section 49; Hinton, Roweis 2002.

    >>> P, sigma = conditional([[0.0], [1.0], [3.0]], 1.5)
    >>> P.round(3).tolist()
    [[0.0, 0.86, 0.14], [0.86, 0.0, 0.14], [0.14, 0.86, 0.0]]
    """
    distances = squares(objects("X", X, 3))
    n = len(distances)
    if not 1 < positive("perplexity", perplexity) < n - 1:
        raise ValueError(f"perplexity must be above 1 and below {n - 1}, not {perplexity!r}")
    precision = _precisions(distances, np.log(perplexity))
    return normalised(-precision[:, None] * distances, 1), np.sqrt(1 / (2 * precision))


def sne_q(Y: ArrayLike) -> Floats:
    """``q_j|i``, the same probabilities of an embedding: ``exp(-|y_i - y_j|^2)`` over its sum along the row.

    Parameters: ``Y`` (n, d), at least two objects by rows.
    Returns: (n, n), each row of sum 1, zeros on the diagonal.
    Raises: ValueError naming ``Y``.
    Complexity: O(n^2 d), also in memory, for the differences of all pairs; memory O(n^2) is possible.
    Source: lecture 11, section 49; Hinton, Roweis 2002.

    >>> sne_q([[0.0], [0.0], [50.0]]).round(3).tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.5, 0.5, 0.0]]
    """
    return normalised(-squares(objects("Y", Y)), 1)


def sne_gradient(P: ArrayLike, Y: ArrayLike) -> Floats:
    """The gradient of ``sum_i KL(P_i || Q_i)`` by Y, where Q is that of `sne_q`.

    ``2 sum_j (p_j|i - q_j|i + p_i|j - q_i|j) (y_i - y_j)`` for object i.

    Parameters: ``P`` (n, n), as `conditional` gives them; ``Y`` as in `sne_q`.
    Returns: (n, d).
    Raises: ValueError naming ``P`` or ``Y``.
    Complexity: as in `sne_q`.
    Source: lecture 11, section 49; Hinton, Roweis 2002.
    """
    rows = objects("Y", Y)
    differences = weights("P", P, len(rows)) - sne_q(rows)
    return 2 * forces(differences + differences.T, rows)


def _precisions(distances: Floats, entropy: float) -> Floats:
    """``1 / (2 sigma_i^2)`` for each row, with which the entropy of the row is this."""
    n = len(distances)
    others = distances[~np.eye(n, dtype=bool)].reshape(n, n - 1)
    others -= others.min(axis=1, keepdims=True)
    means = others.mean(axis=1)
    precision = 1 / np.where(means > 0, means, 1.0)
    low, high = np.zeros(n), np.full(n, np.inf)
    for _ in range(HALVINGS):
        wide = _entropies(others, precision) > entropy
        low, high = np.where(wide, precision, low), np.where(wide, high, precision)
        precision = np.where(np.isinf(high), 2 * low, (low + high) / 2)
    return precision


def _entropies(distances: Floats, precision: Floats) -> Floats:
    """The entropy of each row, whose least distance is 0."""
    exponents = precision[:, None] * distances
    shares = np.exp(-exponents)
    total = shares.sum(axis=1)
    return np.log(total) + (exponents * shares).sum(axis=1) / total
