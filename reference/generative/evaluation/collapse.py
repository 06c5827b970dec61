"""A measure of collapsed modes (lecture 12, section 57, L12.collapse)."""

from __future__ import annotations

from typing import TypedDict

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix
from reference.checks.numbers import not_negative, probability
from reference.generative.evaluation.novelty import nearest_training


class Coverage(TypedDict):
    """What `coverage` tells."""

    covered: int
    shares: Floats
    outside: float


def coverage(samples: ArrayLike, centers: ArrayLike, radius: float, least: float = 0.01) -> Coverage:
    """How the samples of a generator fall to the modes of the data.

    A sample belongs to the nearest centre, of equally near ones the lower index, if it is at most ``radius`` away;
    otherwise it lies outside. A mode is covered if its share is at least ``least``.

    Parameters: ``samples`` (n, d); ``centers`` (k, d), the modes; ``radius`` of at least 0; ``least`` from 0 to 1.
    Returns: a dict of ``covered``, how many modes are; ``shares`` (k,), of all samples; ``outside``, the share of those
    that belong to no mode.
    Raises: ValueError naming an argument.
    Complexity: O(n k d); memory O(n (k + d)).
    Source: lecture 12, section 57; lecture only.

    >>> found = coverage([[0.0], [0.5], [4.0], [9.0]], [[0.0], [5.0], [7.0]], 1.0, 0.5)
    >>> found["covered"], found["shares"].tolist(), found["outside"]
    (1, [0.5, 0.25, 0.0], 0.25)
    """
    objects = matrix("samples", samples)
    modes = matrix("centers", centers, objects.shape[1])
    limit, bound = not_negative("radius", radius), probability("least", least)
    distances, nearest = nearest_training(objects, modes)
    counts = np.bincount(nearest[distances <= limit], minlength=len(modes))
    shares = counts / len(objects)
    return {
        "covered": int((shares >= bound).sum()),
        "shares": shares,
        "outside": float(1 - counts.sum() / len(objects)),
    }
