"""Ensembles that vote: sets of features, and models on sets of features (lecture 10, section 46, L10.ensembles).

V. Bolón-Canedo, A. Alonso-Betanzos, "Ensembles for feature selection: a review and future trends", Information Fusion
52 (2019).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, label_vector, matrix
from reference.checks.numbers import whole


def vote_sets(sets: Sequence[Sequence[int]], d: int, votes: int) -> Labels:
    """The features that are in at least ``votes`` of the sets, in ascending order.

    Each set has one vote for a feature, however often it names it. Sets may be empty, and so may the result.

    Parameters: ``sets``, at least one list of indices from 0, below ``d``; ``d`` of at least 1; ``votes`` from 1 to
    the number of sets.
    Returns: whole numbers.
    Raises: ValueError naming ``sets``, ``d`` or ``votes``.
    Complexity: O(s d + l) for s sets with l indices in all; memory O(s d + l).
    Source: lecture 10, section 46; Bolón-Canedo, Alonso-Betanzos 2019.

    >>> vote_sets([[0, 3], [3, 1], [1, 3]], 4, 2).tolist()
    [1, 3]
    """
    features = whole("d", d)
    chosen = _sets(sets, features)
    least = whole("votes", votes, 1, len(chosen))
    ballots = np.zeros((len(chosen), features), dtype=np.intp)
    for ballot, members in zip(ballots, chosen, strict=True):
        ballot[members] = 1
    return np.flatnonzero(ballots.sum(axis=0) >= least)


def vote_models(models: Sequence[Callable[[Floats], ArrayLike]], sets: Sequence[Sequence[int]], X: ArrayLike) -> Labels:
    """For each object the class that is predicted most often; ties go to the lowest class.

    Model j is called once and sees the columns ``sets[j]`` of ``X``, in the order in which the set names them.

    Parameters: ``models``, at least one, each from (n, features) to n classes, any whole numbers; ``sets``, a list of
    indices from 0, below m, for each model, none empty; ``X`` (n, m).
    Returns: classes (n,).
    Raises: ValueError naming ``models``, ``sets`` or ``X``.
    Complexity: O(k n (c + log(k n))) for k models and c classes that are predicted, and one call of each model; memory
    O(k n c), where O(n c) is possible.
    Source: lecture 10, section 46; Bolón-Canedo, Alonso-Betanzos 2019.
    """
    objects = matrix("X", X)
    if not isinstance(models, list | tuple) or not models:
        raise ValueError("models must be a list of at least one function")
    columns = _sets(sets, objects.shape[1])
    if len(columns) != len(models) or not all(len(members) for members in columns):
        raise ValueError("sets must hold a list of at least one feature for each of the models")
    told = np.stack(
        [
            label_vector("models", model(objects[:, members]), len(objects))
            for model, members in zip(models, columns, strict=True)
        ]
    )  # (models, n)
    classes = np.unique(told)
    counts = (told[:, :, None] == classes).sum(axis=0)  # (n, classes)
    return classes[counts.argmax(axis=1)]


def _sets(sets: Sequence[Sequence[int]], d: int) -> list[Labels]:
    if not isinstance(sets, list | tuple) or not sets:
        raise ValueError("sets must be a list of at least one set")
    found = [label_vector("sets", members) if len(members) else np.zeros(0, dtype=np.intp) for members in sets]
    if any(len(members) and not 0 <= members.min() <= members.max() < d for members in found):
        raise ValueError(f"sets must hold indices from 0, below {d}")
    return found
