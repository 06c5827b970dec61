"""Which features are kept: five cut rules, a filter of a measure and a rule (lecture 10, section 45, L10.cuts).

Every rule puts the highest score first, and of equal scores the one with the lower index. R. H. MacArthur, "On the
relative abundance of bird species", Proceedings of the National Academy of Sciences 43 (1957); D. A. Jackson, "Stopping
rules in principal components analysis", Ecology 74 (1993).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, array, numeric, vector, weight_vector
from reference.checks.numbers import positive, real, whole


def top(scores: ArrayLike, k: int) -> Labels:
    """The ``k`` features of the highest scores.

    Parameters: ``scores`` (d,), larger is better; ``k`` from 1 to d.
    Returns: indices (k,), the highest score first, equal scores by index.
    Raises: ValueError naming ``scores`` or ``k``.
    Complexity: O(d log d); O(d + k log k) is possible by selection.
    Source: lecture 10, section 45; lecture only.

    >>> top([1.0, 3.0, 2.0, 3.0], 3).tolist()
    [1, 3, 2]
    """
    values = vector("scores", scores)
    return _order(values)[: whole("k", k, 1, len(values))]


def above(scores: ArrayLike, t: float) -> Labels:
    """The features whose score is at least ``t``; there may be none.

    Parameters: ``scores`` (d,); the threshold ``t``, a finite number.
    Returns: indices in the order of `top`.
    Raises: ValueError naming ``scores`` or ``t``.
    Complexity: O(d log d).
    Source: lecture 10, section 45; lecture only.

    >>> above([1.0, 3.0, 2.0], 2.0).tolist()
    [1, 2]
    """
    values = vector("scores", scores)
    order = _order(values)
    return order[values[order] >= real("t", t)]


def integral(scores: ArrayLike, share: float) -> Labels:
    """The fewest features, from the highest score on, that hold the given share of the sum of all scores.

    Where all scores are 0, none are needed.

    Parameters: ``scores`` (d,), not negative; ``share`` above 0, at most 1.
    Returns: indices in the order of `top`.
    Raises: ValueError naming ``scores`` or ``share``.
    Complexity: O(d log d).
    Source: lecture 10, section 45; lecture only.

    >>> integral([1.0, 5.0, 2.0], 0.75).tolist()
    [1, 2]
    """
    values = weight_vector("scores", scores)
    wanted = real("share", positive("share", share), high=1.0)
    order = _order(values)
    held = np.cumsum(values[order])
    if held[-1] == 0:
        return order[:0]
    return order[: np.searchsorted(held, wanted * held[-1]) + 1]


def broken_stick(scores: ArrayLike) -> Labels:
    """The features that come before the first whose share of the sum is not above that of a stick broken at random.

    A stick of length 1, broken into d pieces at random, has an i-th longest piece of length (1/d) sum_{j=i}^d 1/j on
    average. Where all scores are 0, or there is one only, none is kept.

    Parameters: ``scores`` (d,), not negative.
    Returns: indices in the order of `top`.
    Raises: ValueError naming ``scores``.
    Complexity: O(d log d).
    Source: lecture 10, section 45; MacArthur 1957; Jackson 1993.

    >>> broken_stick([1.0, 8.0, 1.0]).tolist()
    [1]
    """
    values = weight_vector("scores", scores)
    d, total = len(values), values.sum()
    order = _order(values)
    if total == 0:
        return order[:0]
    pieces = np.cumsum(1 / np.arange(d, 0, -1))[::-1] / d  # (d,), the longest first
    longer = values[order] / total > pieces
    return order[: int(np.append(longer, False).argmin())]


def elbow(scores: ArrayLike) -> Labels:
    """The features up to the elbow, which is kept too: the point farthest from the chord.

    The points are (i, i-th highest score), the chord goes from the first to the last. On which side of it a point lies
    does not matter; of equally far ones the first is the elbow.

    Parameters: ``scores`` (d,).
    Returns: indices in the order of `top`, at least one.
    Raises: ValueError naming ``scores``.
    Complexity: O(d log d).
    Source: lecture 10, section 45; lecture only.

    >>> elbow([1.0, 9.0, 2.0, 8.0, 0.0]).tolist()
    [1, 3, 2]
    """
    values = vector("scores", scores)
    order = _order(values)
    height = values[order]
    along = np.arange(len(values))
    # distances from the chord, but for a factor that all of them share
    far = np.abs((height - height[0]) * along[-1] - (height[-1] - height[0]) * along)
    return order[: int(far.argmax()) + 1]


def select(
    X: ArrayLike,
    y: ArrayLike,
    measure: Callable[[np.ndarray, np.ndarray], float],
    rule: Callable[[Floats], ArrayLike],
) -> Labels:
    """A filter: the features that the rule keeps of what the measure gives to each column.

    Parameters: ``X`` (n, d), objects by rows; ``y`` (n,); ``measure``, which gives a number to a column (n,) and the
    target, both as in ``X`` and ``y`` (whole numbers stay whole); ``rule``, which gives indices to the scores (d,).
    Returns: the indices that the rule returns, in its order.
    Raises: ValueError naming ``X`` or ``y``.
    Complexity: O(n d), and d calls of ``measure`` and one of ``rule``.
    Source: lecture 10, section 45; lecture only.

    >>> select([[0, 1], [1, 1]], [0, 1], lambda x, y: float(abs(x - y).sum()), lambda scores: top(-scores, 1)).tolist()
    [0]
    """
    array("X", X, (None, None))
    features = numeric("X", X)
    vector("y", y, len(features))
    target = numeric("y", y)
    scores = np.array([float(measure(column.copy(), target.copy())) for column in features.T])
    return np.array(rule(scores), dtype=np.intp)


def _order(values: Floats) -> Labels:
    """All indices, the highest value first, equal ones by index."""
    return np.argsort(-values, kind="stable")
