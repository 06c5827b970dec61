"""Whether generated objects are new and plausible (lecture 12, section 54, L12.novelty)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, matrix, numeric
from reference.checks.numbers import not_negative, real


class Assessment(TypedDict):
    """What `assess` tells: indices of samples."""

    copies: Labels
    implausible: Labels
    repeated: Labels
    good: Labels


def nearest_training(samples: ArrayLike, train: ArrayLike) -> tuple[Floats, Labels]:
    """For each sample the nearest training object, of equally near ones the lower index.

    Parameters: ``samples`` (n, d); ``train`` (m, d).
    Returns: Euclidean distances (n,), and indices (n,).
    Raises: ValueError naming ``samples`` or ``train``.
    Complexity: O(n m d); memory O(n m + d (n + m)).
    Source: lecture 12, section 54; lecture only.

    >>> distance, index = nearest_training([[0.0, 0.0]], [[9.0, 0.0], [3.0, 4.0], [5.0, 0.0]])
    >>> distance.tolist(), index.tolist()
    ([5.0], [1])
    """
    objects = matrix("samples", samples)
    known = matrix("train", train, objects.shape[1])
    squares = np.array([((known - one) ** 2).sum(axis=1) for one in objects])  # (n, m)
    index = squares.argmin(axis=1)
    return np.sqrt(squares[np.arange(len(objects)), index]), index


def assess(
    samples: ArrayLike,
    train: ArrayLike,
    log_density: Callable[[Floats], ArrayLike],
    copy_radius: float,
    level: float,
) -> Assessment:
    """Each sample in one of four groups, the first that fits.

    It is a copy if a training object is at most ``copy_radius`` away; implausible if its log-density is below
    ``level``; repeated if an earlier sample is equal to it; otherwise good.

    Parameters: ``samples`` (n, d); ``train`` (m, d); ``log_density``, from (n, d) to (n,), perhaps -inf, called once
    for all samples; ``copy_radius`` of at least 0; ``level``, a number.
    Returns: a dict of ``copies``, ``implausible``, ``repeated`` and ``good``: ascending indices of samples.
    Raises: ValueError naming an argument, ``log_density`` if it gives something else than n numbers.
    Complexity: O(n d (m + log n)), and one call of ``log_density``; memory O(n m + d (n + m)).
    Source: lecture 12, section 54; lecture only.

    >>> found = assess([[0.1], [3.0], [3.0], [50.0]], [[0.0]], lambda x: -x[:, 0] ** 2, 0.5, -20.0)
    >>> {name: indices.tolist() for name, indices in found.items()}
    {'copies': [0], 'implausible': [3], 'repeated': [2], 'good': [1]}
    """
    objects = matrix("samples", samples)
    near = nearest_training(objects, train)[0] <= not_negative("copy_radius", copy_radius)
    densities = np.array(numeric("log_density", log_density(objects.copy())), dtype=float)
    if densities.shape != (len(objects),) or np.isnan(densities).any():
        raise ValueError("log_density must give a number for each sample")
    improbable = densities < real("level", level)
    _, first, groups = np.unique(objects, axis=0, return_index=True, return_inverse=True)
    again = first[groups.ravel()] < np.arange(len(objects))
    return {
        "copies": np.flatnonzero(near),
        "implausible": np.flatnonzero(~near & improbable),
        "repeated": np.flatnonzero(~near & ~improbable & again),
        "good": np.flatnonzero(~near & ~improbable & ~again),
    }
