"""Puzzles part by part, by hand, and there and back."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chisquare

from reference.extraction.pretext.jigsaw import draw_order, jigsaw, restore

IMAGE = np.random.default_rng(1).random((6, 9, 2))


@pytest.mark.parametrize("seed", range(5))
def test_part_by_part(seed):
    order = np.random.default_rng(seed).permutation(9)
    rows, columns = np.array_split(np.arange(6), 3), np.array_split(np.arange(9), 3)
    shuffled = jigsaw(IMAGE, order)
    for place, part in enumerate(order):
        shown = shuffled[np.ix_(rows[place // 3], columns[place % 3])]
        assert np.array_equal(shown, IMAGE[np.ix_(rows[part // 3], columns[part % 3])])


@pytest.mark.parametrize("seed", range(5))
def test_there_and_back(seed):
    order = draw_order(np.random.default_rng(seed))
    assert np.array_equal(restore(jigsaw(IMAGE, order), order), IMAGE)
    assert np.array_equal(jigsaw(restore(IMAGE, order), order), IMAGE)
    assert np.array_equal(jigsaw(IMAGE, np.arange(9)), IMAGE)


def test_by_hand():
    nine, order = np.arange(9.0).reshape(3, 3, 1), [8, 0, 1, 2, 3, 4, 5, 6, 7]
    assert jigsaw(nine, order).ravel().tolist() == order
    assert restore(nine, order).ravel().tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 0]


def test_orders():
    rng = np.random.default_rng(2)
    orders = np.array([draw_order(rng) for _ in range(2000)])
    assert (np.sort(orders) == np.arange(9)).all()
    for place in range(9):
        assert chisquare(np.bincount(orders[:, place], minlength=9)).pvalue > 1e-5
    assert draw_order(np.random.default_rng(3)).tolist() == draw_order(np.random.default_rng(3)).tolist()


@pytest.mark.parametrize(("function", "name"), [(jigsaw, "image"), (restore, "shuffled")])
def test_bad_arguments(function, name):
    for image in (IMAGE[:5], IMAGE[:, :8], IMAGE[0], IMAGE * np.nan):
        with pytest.raises(ValueError, match=rf"^{name}\b"):
            function(image, np.arange(9))
    for order in (range(8), range(1, 10), [0] * 9, np.arange(9.0), range(-1, 8)):
        with pytest.raises(ValueError, match=r"^order\b"):
            function(IMAGE, list(order))


def test_bad_generator():
    with pytest.raises(ValueError, match=r"^rng\b"):
        draw_order(7)
