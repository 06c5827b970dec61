"""Symmetric SNE and t-SNE (lecture 11, section 49, L11.tsne).

L. van der Maaten, G. Hinton, "Visualizing data using t-SNE", Journal of Machine Learning Research 9 (2008).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats
from reference.checks.numbers import positive, whole
from reference.extraction.neighbours.divergence import kl
from reference.extraction.neighbours.pairs import forces, normalised, objects, squares, weights
from reference.extraction.neighbours.sne import conditional


def joint(P: ArrayLike) -> Floats:
    """``(p_j|i + p_i|j) / (2 n)``: probabilities of pairs, which sum to 1 if each row of P does.

    Parameters: ``P`` (n, n), as `conditional` gives them.
    Returns: (n, n), symmetric.
    Raises: ValueError naming ``P``.
    Complexity: O(n^2), also in memory.
    Source: lecture 11, section 49; van der Maaten, Hinton 2008.

    >>> joint([[0.0, 1.0], [1.0, 0.0]]).tolist()
    [[0.0, 0.5], [0.5, 0.0]]
    """
    rows = weights("P", P)
    return (rows + rows.T) / (2 * len(rows))


def symmetric_q(Y: ArrayLike) -> Floats:
    """``exp(-|y_i - y_j|^2)`` over its sum over all pairs of different objects.

    Parameters: ``Y`` (n, d), at least two objects by rows.
    Returns: (n, n), symmetric, of sum 1, zeros on the diagonal.
    Raises: ValueError naming ``Y``.
    Complexity: O(n^2 d), also in memory, for the differences of all pairs; memory O(n^2) is possible.
    Source: lecture 11, section 49; van der Maaten, Hinton 2008.
    """
    return normalised(-squares(objects("Y", Y)), None)


def symmetric_gradient(P: ArrayLike, Y: ArrayLike) -> Floats:
    """The gradient of ``KL(P || Q)`` by Y, where Q is that of `symmetric_q`: ``4 sum_j (p_ij - q_ij) (y_i - y_j)``.

    Parameters: ``P`` (n, n), symmetric, as `joint` gives them; ``Y`` as in `symmetric_q`.
    Returns: (n, d).
    Raises: ValueError naming ``P`` or ``Y``.
    Complexity: as in `symmetric_q`.
    Source: lecture 11, section 49; van der Maaten, Hinton 2008.
    """
    rows = objects("Y", Y)
    return 4 * forces(weights("P", P, len(rows)) - symmetric_q(rows), rows)


def tsne_q(Y: ArrayLike) -> Floats:
    """``(1 + |y_i - y_j|^2)^-1`` over its sum over all pairs of different objects.

    Parameters: ``Y`` (n, d), at least two objects by rows.
    Returns: (n, n), symmetric, of sum 1, zeros on the diagonal.
    Raises: ValueError naming ``Y``.
    Complexity: O(n^2 d), also in memory, for the differences of all pairs; memory O(n^2) is possible.
    Source: lecture 11, section 49; van der Maaten, Hinton 2008.

    >>> tsne_q([[0.0], [1.0], [3.0]]).round(3).tolist()
    [[0.0, 0.312, 0.062], [0.312, 0.0, 0.125], [0.062, 0.125, 0.0]]
    """
    near = _kernel(objects("Y", Y))
    return near / near.sum()


def tsne_gradient(P: ArrayLike, Y: ArrayLike) -> Floats:
    """The gradient of ``KL(P || Q)`` by Y, where Q is that of `tsne_q`.

    ``4 sum_j (p_ij - q_ij) (y_i - y_j) / (1 + |y_i - y_j|^2)`` for object i.

    Parameters: ``P`` (n, n), symmetric, as `joint` gives them; ``Y`` as in `tsne_q`.
    Returns: (n, d).
    Raises: ValueError naming ``P`` or ``Y``.
    Complexity: as in `tsne_q`.
    Source: lecture 11, section 49; van der Maaten, Hinton 2008.
    """
    rows = objects("Y", Y)
    differences = weights("P", P, len(rows)) - tsne_q(rows)
    return 4 * forces(differences * _kernel(rows), rows)


def tsne(
    X: ArrayLike, perplexity: float, start: ArrayLike, steps: int, rate: float, exaggeration: float = 12.0
) -> tuple[Floats, Floats]:
    """An embedding found by gradient descent with momentum from ``start``.

    In the first quarter of the steps, ``steps // 4`` of them, the gradient is that of P times the exaggeration, and the
    momentum 0.5; then it is that of P itself, and the momentum 0.8. A step: ``V <- momentum V - rate gradient``,
    ``Y <- Y + V``.

    Parameters: ``X`` and ``perplexity`` as in `conditional`; ``start`` (n, d); ``steps`` of at least 1; ``rate`` and
    ``exaggeration`` above 0.
    Returns: the embedding (n, d), and KL(P || Q) after each step (steps,), of P without exaggeration.
    Raises: ValueError naming an argument.
    Complexity: O(n^2 d) a step, and as in `conditional` before the first; memory O(n^2 (m + d)) for X (n, m). Trees of
    space make a step about O(n log n) in the plane.
    Source: lecture 11, section 49; van der Maaten, Hinton 2008.
    """
    P = joint(conditional(X, perplexity)[0])
    Y = objects("start", start)
    if len(Y) != len(P):
        raise ValueError(f"start must have a row for each of {len(P)} objects")
    factor, length = positive("exaggeration", exaggeration), positive("rate", rate)
    history = np.empty(whole("steps", steps))
    velocity = np.zeros_like(Y)
    for step in range(len(history)):
        early = step < len(history) // 4
        gradient = tsne_gradient(factor * P if early else P, Y)
        velocity = (0.5 if early else 0.8) * velocity - length * gradient
        Y = Y + velocity
        history[step] = kl(P, tsne_q(Y))
    return Y, history


def _kernel(Y: Floats) -> Floats:
    """``1 / (1 + |y_i - y_j|^2)`` for each pair, 0 on the diagonal."""
    near = 1 / (1 + squares(Y))
    np.fill_diagonal(near, 0.0)
    return near
