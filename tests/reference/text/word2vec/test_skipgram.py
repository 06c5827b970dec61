"""Skip-gram against torch, by hand, and by what it learns."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn.functional import logsigmoid

from reference.text.word2vec.similarity import nearest
from reference.text.word2vec.skipgram import noise, skipgram, train_skipgram


def by_torch(W_in, W_out, centers, contexts, negatives):
    leaves = [torch.tensor(np.asarray(one, dtype=float), requires_grad=True) for one in (W_in, W_out)]
    vectors, around, drawn = leaves[0][centers], leaves[1][contexts], leaves[1][negatives]
    loss = -(logsigmoid((vectors * around).sum(1)) + logsigmoid(-(vectors[:, None] * drawn).sum(2)).sum(1)).mean()
    loss.backward()
    return [loss.item(), *(leaf.grad.numpy() for leaf in leaves)]


@pytest.mark.parametrize("scale", [1.0, 30.0])
def test_against_torch(scale):
    rng = np.random.default_rng(0)
    matrices = rng.normal(size=(6, 3)) * scale, rng.normal(size=(6, 3)) * scale
    arguments = rng.integers(6, size=15), rng.integers(6, size=15), rng.integers(6, size=(15, 4))
    for found, expected in zip(skipgram(*matrices, *arguments), by_torch(*matrices, *arguments), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11)


def test_by_hand():
    loss, by_in, by_out = skipgram([[1.0], [0.0], [0.0]], [[0.0], [np.log(3)], [0.0]], [0], [1], [[2, 2]])
    assert loss == pytest.approx(np.log(16 / 3))
    np.testing.assert_allclose(by_in, [[-np.log(3) / 4], [0.0], [0.0]], rtol=1e-12)
    np.testing.assert_allclose(by_out, [[0.0], [-0.25], [1.0]], rtol=1e-12)


def test_the_law_of_the_negatives():
    np.testing.assert_allclose(noise([16, 81, 0]), np.array([8, 27, 0]) / 35, rtol=1e-12)


def test_training_tells_groups_apart():
    rng = np.random.default_rng(2)
    ids = [3 * rng.integers(3) + rng.integers(3, size=8) for _ in range(100)]  # words 0 to 8 in three groups
    W_in, W_out = train_skipgram(ids, 10, 6, window=2, negatives=4, rate=1.0, epochs=3, rng=rng)
    for word in range(9):
        assert {int(found) // 3 for found in nearest(W_in, word, 2)} == {word // 3}
    assert not W_out[9].any()  # it never occurs, so it is never drawn


def test_bad_arguments_of_training_are_named():
    for named, ids, negatives in (("negatives", [[0, 1]], 0), ("ids", [[0]], 2), ("ids", [[0, 2]], 2)):
        with pytest.raises(ValueError, match=f"^{named} must"):
            train_skipgram(ids, 2, 2, window=1, negatives=negatives, rate=0.1, epochs=1, rng=np.random.default_rng(0))


@pytest.mark.parametrize(
    ("named", "centers", "contexts", "negatives"),
    [
        ("centers", [], [], np.zeros((0, 2), dtype=int)),
        ("centers", [-1], [0], [[0]]),
        ("contexts", [0], [3], [[0]]),
        ("contexts", [0, 1], [0], [[0], [0]]),
        ("negatives", [0], [0], [[-1]]),
        ("negatives", [0, 1], [0, 1], [[0]]),
    ],
)
def test_bad_arguments_are_named(named, centers, contexts, negatives):
    with pytest.raises(ValueError, match=f"^{named} must"):
        skipgram(np.ones((3, 2)), np.ones((3, 2)), centers, contexts, negatives)
