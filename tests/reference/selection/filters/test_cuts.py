"""Cut rules by hand, against other formulas of the same, by simulation of the stick, and properties."""

from __future__ import annotations

import numpy as np
import pytest

from reference.selection.filters.correlation import pearson
from reference.selection.filters.cuts import above, broken_stick, elbow, integral, select, top


def test_by_hand():
    scores = [1.0, 9.0, 2.0, 8.0, 0.0]
    assert top(scores, 2).tolist() == [1, 3]
    assert above(scores, 2.0).tolist() == elbow(scores).tolist() == [1, 3, 2]
    assert integral(scores, 0.85).tolist() == [*integral(scores, 0.45).tolist(), 3] == [1, 3]
    assert broken_stick([1.0, 8.0, 1.0]).tolist() == [1]
    assert top([2.0, 5.0, 2.0, 5.0], 3).tolist() == [1, 3, 0]


def test_edges():
    assert above([1.0], 2.0).tolist() == integral([0.0, 0.0], 1.0).tolist() == []
    assert integral([4.0, 0.0, 2.0, 2.0], 0.5).tolist() == [0]
    assert integral([4.0, 0.0, 2.0, 2.0], 1.0).tolist() == [0, 2, 3]
    for scores in ([5.0], [3.0, 1.0], [2.0] * 6, [0.0] * 3, [3.0, 3.0, 3.0, 1.0]):
        assert broken_stick(scores).tolist() == []
    assert elbow([7.0]).tolist() == elbow([7.0, 3.0]).tolist() == elbow([7.0] * 4).tolist() == [0]
    assert elbow([20, 19, 18, 17, 2, 0]).tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("seed", range(5))
def test_elbow_as_distances_to_a_line(seed):
    """By projection on the chord, whatever the scale of the scores."""
    scores = np.sort(np.random.default_rng(seed).exponential(size=12))[::-1]
    points = np.column_stack([np.arange(12), scores])
    chord = (points[-1] - points[0]) / np.linalg.norm(points[-1] - points[0])
    along = ((points - points[0]) @ chord)[:, None] * chord
    expected = int(np.linalg.norm(points - points[0] - along, axis=1).argmax()) + 1
    assert len(elbow(scores)) == len(elbow(1e6 * scores - 4)) == expected


@pytest.mark.parametrize("lead", range(5))
def test_as_sticks_broken_at_random(lead):
    """The mean pieces of 20,000 sticks: shares slightly above the first of them are kept, those below are not."""
    cuts = np.sort(np.random.default_rng(1).random((20000, 5)), axis=1)
    pieces = np.sort(np.diff(cuts, axis=1, prepend=0, append=1), axis=1)[:, ::-1].mean(axis=0)
    rest = (1 - 1.03 * pieces[:lead].sum()) / pieces[lead:].sum()
    shares = pieces * np.where(np.arange(6) < lead, 1.03, rest if lead else 1)
    if lead == 0:
        shares[:2] += (-0.01, 0.01)
    assert broken_stick(shares).tolist() == list(range(lead))


@pytest.mark.parametrize("seed", range(3))
def test_every_rule_keeps_a_prefix_of_one_order(seed):
    scores = np.random.default_rng(seed).integers(6, size=15).astype(float)
    order = sorted(range(15), key=lambda j: (-scores[j], j))
    for kept in (top(scores, 4), above(scores, 3), integral(scores, 0.6), broken_stick(scores), elbow(scores)):
        assert kept.tolist() == order[: len(kept)]


def test_select():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(50, 5))
    y = 3 * X[:, 4] - X[:, 1] + 0.1 * rng.normal(size=50)
    kept = select(X, y, lambda x, target: abs(pearson(x[:, None], target)[0]), lambda scores: top(scores, 2))
    assert kept.tolist() == [4, 1]
    kinds = []
    select(X.astype(int), y.astype(int), lambda x, c: kinds.append(x.dtype.kind + c.dtype.kind) or 0.0, lambda s: [0])
    assert kinds == ["ii"] * 5


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("k", lambda: top([1.0], 2)),
        ("scores", lambda: top([], 1)),
        ("t", lambda: above([1.0], np.nan)),
        ("share", lambda: integral([1.0], 0.0)),
        ("share", lambda: integral([1.0], 1.1)),
        ("scores", lambda: integral([-1.0], 0.5)),
        ("scores", lambda: broken_stick([-1.0])),
        ("scores", lambda: elbow([[1.0]])),
        ("X", lambda: select([1.0], [1.0], min, list)),
        ("y", lambda: select([[1.0]], [np.nan], min, list)),
    ],
)
def test_errors(name, call):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        call()
