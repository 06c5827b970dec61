"""Windows and pairs by hand, against loops, and against one another."""

from __future__ import annotations

import numpy as np
import pytest

from reference.text.word2vec.windows import pairs, windows


def test_by_hand():
    contexts, targets = windows([[1, 2, 3], [], [4], [5, 5]], 2)
    assert contexts.tolist() == [[-1, -1, 2, 3], [-1, 1, 3, -1], [1, 2, -1, -1], [-1, -1, 5, -1], [-1, 5, -1, -1]]
    assert targets.tolist() == [1, 2, 3, 5, 5]
    assert pairs([[1, 2, 3], [4], [5, 5]], 1).tolist() == [[1, 2], [2, 1], [2, 3], [3, 2], [5, 5], [5, 5]]


@pytest.mark.parametrize("window", [1, 2, 5])
def test_against_loops(window):
    rng = np.random.default_rng(window)
    ids = [rng.integers(9, size=size) for size in (1, 7, 0, 2, 4)]
    expected = [
        [sentence[i], sentence[j]]
        for sentence in ids
        for i in range(len(sentence))
        for j in range(len(sentence))
        if 0 < abs(i - j) <= window
    ]
    assert pairs(ids, window).tolist() == expected
    contexts, targets = windows(ids, window)
    assert sorted(zip(targets.repeat(2 * window), contexts.ravel(), strict=True)) == sorted(
        [
            *map(tuple, expected),
            *((word, -1) for word, row in zip(targets, contexts, strict=True) for _ in row[row < 0]),
        ]
    )


def test_pairs_are_symmetric():
    found = pairs([np.random.default_rng(0).integers(9, size=30)], 3)
    assert sorted(found.tolist()) == sorted(found[:, ::-1].tolist())


def test_nothing_to_learn_from():
    contexts, targets = windows([[1], []], 2)
    assert (contexts.shape, targets.shape, pairs([], 2).shape) == ((0, 4), (0,), (0, 2))


@pytest.mark.parametrize("function", [windows, pairs])
def test_bad_arguments_are_named(function):
    for named, ids, window in (("ids", [[-1, 0]], 1), ("ids", [[0.5]], 1), ("window", [[0, 1]], 0)):
        with pytest.raises(ValueError, match=f"^{named} must"):
            function(ids, window)
