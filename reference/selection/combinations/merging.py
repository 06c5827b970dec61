"""Ensembles that merge rankings, or values of importance (lecture 10, section 46, L10.ensembles).

V. Bolón-Canedo, A. Alonso-Betanzos, "Ensembles for feature selection: a review and future trends", Information Fusion
52 (2019).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, matrix, numeric
from reference.checks.text import one_of


def merge_rankings(R: ArrayLike) -> Labels:
    """The features in the order of their mean places, the best first; ties go to the lower index.

    Parameters: ``R`` (m, d), whole numbers: in row i the place, from 0 for the best, of each feature in ranking i; each
    row holds every place once.
    Returns: indices of features (d,).
    Raises: ValueError naming ``R``.
    Complexity: O(m d log d), as the check sorts; memory O(m d). O(m d + d log d) is possible.
    Source: lecture 10, section 46; Bolón-Canedo, Alonso-Betanzos 2019.

    >>> merge_rankings([[2, 0, 1], [1, 0, 2]]).tolist()
    [1, 0, 2]
    """
    places = numeric("R", R, "iu")
    if places.ndim != 2 or not places.size:
        raise ValueError(f"R must be a matrix, not of shape {places.shape}")
    if (np.sort(places, axis=1) != np.arange(places.shape[1])).any():
        raise ValueError("R must hold each place once in every row")
    return np.argsort(places.sum(axis=0), kind="stable")


def merge_scores(S: ArrayLike, how: str = "mean") -> Floats:
    """The mean, or the median, of the scores, once those of each selector are scaled to run from 0 to 1.

    A selector whose scores are all equal gives 0 to every feature.

    Parameters: ``S`` (m, d), a row for each selector, larger is better; ``how``, ``"mean"`` or ``"median"``.
    Returns: scores (d,), from 0 to 1.
    Raises: ValueError naming ``S`` or ``how``.
    Complexity: O(m d); memory O(m d).
    Source: lecture 10, section 46; Bolón-Canedo, Alonso-Betanzos 2019.

    >>> merge_scores([[0, 5, 10], [3, 2, 2]]).tolist()
    [0.5, 0.25, 0.5]
    """
    scores = matrix("S", S)
    average = one_of("how", how, ("mean", "median")) == "mean"
    low = scores.min(axis=1, keepdims=True)
    span = scores.max(axis=1, keepdims=True) - low
    scaled = (scores - low) / np.where(span == 0, 1.0, span)  # (m, d)
    return scaled.mean(axis=0) if average else np.median(scaled, axis=0)
