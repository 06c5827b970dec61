"""Patches against slices with written places, by hand, and by the law of the draws."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2_contingency, chisquare

from reference.extraction.pretext.context import context_pair, context_pairs

IMAGE = np.random.default_rng(1).random((11, 14, 2))


@pytest.mark.parametrize(
    ("position", "row", "column"),
    [(0, 1, 3), (1, 1, 6), (2, 1, 9), (3, 4, 3), (4, 4, 9), (5, 7, 3), (6, 7, 6), (7, 7, 9)],
)
def test_eight_patches(position, row, column):
    center, patch = context_pair(IMAGE, 2, 1, position, 4, 6)
    assert np.array_equal(center, IMAGE[4:6, 6:8])
    assert np.array_equal(patch, IMAGE[row : row + 2, column : column + 2])
    assert not np.shares_memory(center, IMAGE)


def test_by_hand():
    image = np.arange(9).reshape(3, 3, 1)
    found = [int(context_pair(image, 1, 0, position, 1, 1)[1][0, 0, 0]) for position in range(8)]
    assert found == [0, 1, 2, 3, 5, 6, 7, 8]


def test_opposite_positions():
    """Seen from the patch in a position, the centre is in the opposite one."""
    for position in range(8):
        center, patch = context_pair(np.tile(IMAGE, (3, 3, 1)), 2, 1, position, 12, 15)
        down, across = divmod(position + (position > 3), 3)
        again = context_pair(np.tile(IMAGE, (3, 3, 1)), 2, 1, 7 - position, 12 + 3 * (down - 1), 15 + 3 * (across - 1))
        assert np.array_equal(again, (patch, center))


def test_draws():
    image = np.arange(110.0).reshape(10, 11, 1)
    centers, patches, labels = context_pairs(image, 2, 1, 3000, np.random.default_rng(3))
    tops, lefts = np.divmod(centers[:, 0, 0, 0].astype(int), 11)
    for center, patch, label, top, left in zip(centers, patches, labels, tops, lefts, strict=True):
        assert np.array_equal(context_pair(image, 2, 1, label, top, left), (center, patch))
    places = np.unique(np.stack([tops, lefts]), axis=1, return_counts=True)
    assert places[0].T.tolist() == [[top, left] for top in (3, 4, 5) for left in (3, 4, 5, 6)]
    assert chisquare(places[1]).pvalue > 1e-4
    assert chisquare(np.bincount(labels, minlength=8)).pvalue > 1e-4
    table = np.zeros((8, 3))
    np.add.at(table, (labels, tops - 3), 1)
    assert chi2_contingency(table).pvalue > 1e-4


def test_equal_generators():
    one, again, other = (context_pairs(IMAGE, 2, 0, 9, np.random.default_rng(seed)) for seed in (5, 5, 6))
    assert all(np.array_equal(*both) for both in zip(one, again, strict=True))
    assert not np.array_equal(one[0], other[0])


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("image", (IMAGE[0], 2, 1, 0, 4, 6)),
        ("size", (IMAGE, 0, 1, 0, 4, 6)),
        ("size", (IMAGE, 4, 0, 0, 4, 6)),
        ("gap", (IMAGE, 2, -1, 0, 4, 6)),
        ("gap", (IMAGE, 2, 3, 0, 5, 5)),
        ("position", (IMAGE, 2, 1, 8, 4, 6)),
        ("top", (IMAGE, 2, 1, 0, 2, 6)),
        ("top", (IMAGE, 2, 1, 0, 7, 6)),
        ("left", (IMAGE, 2, 1, 0, 4, 2)),
        ("left", (IMAGE, 2, 1, 0, 4, 10)),
    ],
)
def test_bad_arguments(name, arguments):
    with pytest.raises(ValueError, match=rf"^{name}\b"):
        context_pair(*arguments)


def test_bad_draws():
    for name, arguments in (("count", (0, np.random.default_rng(1))), ("rng", (3, 7))):
        with pytest.raises(ValueError, match=rf"^{name}\b"):
            context_pairs(IMAGE, 2, 1, *arguments)
