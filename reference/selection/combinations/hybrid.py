"""A filter first, then a wrapper on the features that it keeps (lecture 10, section 46, L10.hybrid).

I. Guyon, A. Elisseeff, "An introduction to variable and feature selection", JMLR 3 (2003), describes both parts.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import vector
from reference.checks.numbers import whole
from reference.selection.wrappers.sequential import sfs


def hybrid(scores: ArrayLike, keep: int, score: Callable[[tuple[int, ...]], float], k: int) -> list[int]:
    """Of the ``keep`` features with the highest ``scores``, the k that sequential forward selection chooses.

    Each step adds the feature for which ``score`` of the set is highest, even if that is lower than before. Ties, in
    both parts, go to the lower index. ``score`` is called ``keep + (keep - 1) + ... + (keep - k + 1)`` times.

    Parameters: ``scores`` (d,), of the filter, larger is better; ``keep`` from 1 to d; ``score``, from a tuple of
    ascending indices of features to a number, larger is better; ``k`` from 1 to ``keep``.
    Returns: indices of features, from 0 below d, in the order in which they were chosen.
    Raises: ValueError naming ``scores``, ``keep`` or ``k``.
    Complexity: O(d log d + keep k^2 log k), and O(keep k) calls of ``score``.
    Source: lecture 10, section 46; Guyon, Elisseeff 2003.

    >>> hybrid([0.1, 0.9, 0.8, 0.7], 3, lambda subset: sum(subset), 2)
    [3, 2]
    """
    filtered = vector("scores", scores)
    count = whole("keep", keep, 1, len(filtered))
    left = sorted(np.argsort(-filtered, kind="stable")[:count].tolist())
    return [left[place] for place in sfs(lambda subset: score(tuple(left[place] for place in subset)), count, k)]
