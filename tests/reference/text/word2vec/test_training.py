"""Batches: every example once an epoch; the first vectors and their law."""

from __future__ import annotations

import numpy as np

from grader.testing import assert_law
from reference.text.word2vec.training import BATCH, batches, first_vectors


def test_every_example_once_an_epoch():
    found = list(batches(70, 3, np.random.default_rng(0)))
    assert [len(batch) for batch in found] == [BATCH, BATCH, 6] * 3
    epochs = [np.concatenate(found[begin : begin + 3]) for begin in (0, 3, 6)]
    assert all(sorted(order) == list(range(70)) for order in epochs)
    assert epochs[0].tolist() != epochs[1].tolist() != list(range(70))


def test_first_vectors():
    W_in, W_out = first_vectors(200, 5, np.random.default_rng(1))
    assert_law(5 * W_in + 0.5, what="W_in times d")
    assert W_out.shape == (200, 5)
    assert not W_out.any()
