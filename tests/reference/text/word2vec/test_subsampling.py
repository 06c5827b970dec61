"""Subsampling by hand, its law, and its properties."""

from __future__ import annotations

import numpy as np
import pytest

from grader.testing import assert_count
from reference.text.word2vec.subsampling import keep_probability, shares_of, subsample


def test_by_hand():
    np.testing.assert_allclose(keep_probability([0, 4, 96], 0.01), [1.0, 0.5, (0.01 / 0.96) ** 0.5], rtol=1e-12)
    assert keep_probability([1, 999]).tolist() == [1.0, pytest.approx((1 / 999) ** 0.5)]
    assert shares_of([1, 3]).tolist() == [0.25, 0.75]


def test_expected_counts_become_more_alike():
    counts = np.array([10.0, 100.0, 1000.0, 10000.0])
    kept = counts * keep_probability(counts, 1e-3)
    np.testing.assert_allclose(kept[2:] ** 2 / counts[2:], 1e-3 * counts.sum(), rtol=1e-12)
    assert (np.diff(kept) > 0).all()


def test_the_law():
    counts, rng = np.array([1, 2, 97]), np.random.default_rng(3)
    ids = [rng.choice(3, size=50, p=counts / 100) for _ in range(400)]
    before, after = (
        np.bincount(np.concatenate(text), minlength=3) for text in (ids, subsample(ids, counts, 0.01, rng))
    )
    for word, probability in enumerate(keep_probability(counts, 0.01)):
        assert_count(int(after[word]), int(before[word]), float(probability), f"word {word}")


def test_order_sentences_and_generators():
    ids = [np.array([0, 1, 0, 2]), np.array([], dtype=int), np.array([0])]
    found = subsample(ids, [90, 5, 5], 1e-12, np.random.default_rng(0))
    assert [part.tolist() for part in found] == [[], [], []]
    found = subsample(ids, [90, 5, 5], 5.0, np.random.default_rng(0))
    assert [part.tolist() for part in found] == [[0, 1, 0, 2], [], [0]]


@pytest.mark.parametrize(
    ("named", "call"),
    [
        ("counts", lambda: keep_probability([0, 0])),
        ("counts", lambda: keep_probability([1, -1])),
        ("t", lambda: keep_probability([1], 0.0)),
        ("ids", lambda: subsample([[1]], [1], 0.1, np.random.default_rng(0))),
        ("rng", lambda: subsample([[0]], [1], 0.1, None)),
    ],
)
def test_bad_arguments_are_named(named, call):
    with pytest.raises(ValueError, match=f"^{named} must"):
        call()
