"""Features added or removed one by one (lecture 10, section 44, L10.sfs, L10.sbe).

A. W. Whitney, "A direct method of nonparametric measurement selection", IEEE Transactions on Computers 20 (1971);
T. Marill, D. M. Green, "On the effectiveness of receptors in recognition systems", IEEE Transactions on Information
Theory 9 (1963).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reference.checks.numbers import whole

Score = Callable[[tuple[int, ...]], float]


def sfs(score: Score, d: int, k: int) -> list[int]:
    """Sequential forward selection: the feature is added with which the score is the largest, until there are k.

    Of equal scores the lowest index wins. A feature is added even if the score falls by it.

    Parameters: ``score`` of a tuple of ascending indices, larger is better; ``d``, the number of features; ``k`` from 1
    to d, how many are chosen.
    Returns: k indices in the order in which they were chosen. ``score`` is called d + (d - 1) + ... + (d - k + 1)
    times.
    Raises: ValueError naming ``d`` or ``k``.
    Complexity: O(d k) calls of ``score``, and O(k log k) for each besides.
    Source: lecture 10, section 44; Whitney 1971.

    >>> sfs(lambda subset: -abs(sum(subset) - 5), 5, 2)
    [4, 1]
    """
    d = whole("d", d)
    k = whole("k", k, 1, d)
    chosen: list[int] = []
    while len(chosen) < k:
        rest = [j for j in range(d) if j not in chosen]
        chosen.append(max(rest, key=lambda j: _score(score, [*chosen, j])))  # of equal ones max takes the first
    return chosen


def sbe(score: Score, d: int, k: int) -> list[int]:
    """Sequential backward elimination: the feature is removed without which the score is the largest, down to k.

    Of equal scores the lowest index is removed. A feature is removed even if the score falls by it.

    Parameters: as in `sfs`; ``k`` from 1 to d, how many are left.
    Returns: d - k indices in the order in which they were removed. ``score`` is called d + (d - 1) + ... + (k + 1)
    times, never for the whole set.
    Raises: as in `sfs`.
    Complexity: O(d (d - k)) calls of ``score``, and O(d) for each besides.
    Source: lecture 10, section 44; Marill, Green 1963.

    >>> sbe(lambda subset: -abs(sum(subset) - 5), 5, 2)
    [4, 1, 0]
    """
    d = whole("d", d)
    k = whole("k", k, 1, d)
    kept, removed = list(range(d)), []
    while len(kept) > k:
        worst = max(kept, key=lambda j: _score(score, [i for i in kept if i != j]))
        kept.remove(worst)
        removed.append(worst)
    return removed


def _score(score: Score, subset: Iterable[int]) -> float:
    return float(score(tuple(sorted(subset))))
