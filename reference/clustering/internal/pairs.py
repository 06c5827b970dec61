"""Indices of distances within clusters among all distances (lecture 9, section 39, L09.internal).

L. Hubert, J. Levin, "A general statistical framework for assessing categorical clustering in free recall",
Psychological Bulletin 83 (1976); F. Baker, L. Hubert, "Measuring the power of hierarchical cluster analysis", Journal
of the American Statistical Association 70 (1975), in the form of Arbelaitz et al. (2013), which counts discordant pairs
only. A pair is two different objects without order; the inner pairs, ``n_w`` in number, are those within a cluster.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats
from reference.clustering.internal.partition import pair_distances, partition, ratio


def c_index(X: ArrayLike, labels: ArrayLike) -> float:
    """``(S - S_min) / (S_max - S_min)``, from 0 to 1: less is better.

    ``S`` is the sum of the distances of the inner pairs, ``S_min`` and ``S_max`` the sums of the ``n_w`` least and of
    the ``n_w`` greatest distances of all pairs.

    Parameters: ``X`` (n, m), objects by rows; ``labels`` (n,), whole numbers, at least two different.
    Returns: a float from 0 to 1.
    Raises: ValueError naming ``X`` or ``labels``, the latter also where ``S_min = S_max``: no inner pairs, equal
    distances.
    Complexity: O(n^2 (m + log n)); memory O(n (n + m)).
    Source: lecture 9, section 39; Hubert, Levin 1976.
    """
    inner, outer = inner_and_outer(X, labels)
    every = np.sort(np.concatenate([inner, outer]))
    least, greatest = every[: len(inner)].sum(), every[len(every) - len(inner) :].sum()
    return ratio(inner.sum() - least, greatest - least)


def gamma(X: ArrayLike, labels: ArrayLike) -> float:
    """The share of discordant ones among all choices of an inner and an outer pair, from 0 to 1: less is better.

    Discordant: the outer pair is nearer than the inner one; equal distances are not discordant.

    Parameters: as in `c_index`.
    Returns: a float from 0 to 1.
    Raises: ValueError naming ``X`` or ``labels``, the latter also where there is no inner pair.
    Complexity: as in `c_index`.
    Source: lecture 9, section 39; Baker, Hubert 1975.
    """
    inner, outer = inner_and_outer(X, labels)
    return ratio(np.searchsorted(outer, inner, side="left").sum(), len(inner) * len(outer))


def inner_and_outer(X: ArrayLike, labels: ArrayLike) -> tuple[Floats, Floats]:
    """The distances of the inner pairs and of all others, each in ascending order."""
    p = partition(X, labels)
    first, second = np.triu_indices(len(p.objects), 1)
    between = pair_distances(p.objects, p.objects)[first, second]
    inner = p.own[first] == p.own[second]
    return np.sort(between[inner]), np.sort(between[~inner])
