"""CBOW against torch, by hand, and by what it learns."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.text.word2vec.cbow import cbow, train_cbow
from reference.text.word2vec.windows import windows


def by_torch(W_in, W_out, contexts, targets):
    leaves = [torch.tensor(np.asarray(one, dtype=float), requires_grad=True) for one in (W_in, W_out)]
    hidden = torch.stack([leaves[0][torch.tensor(row[row >= 0])].mean(dim=0) for row in np.asarray(contexts)])
    loss = torch.nn.functional.cross_entropy(hidden @ leaves[1].T, torch.tensor(np.asarray(targets)))
    loss.backward()
    return [loss.item(), *(leaf.grad.numpy() for leaf in leaves)]


@pytest.mark.parametrize("scale", [1.0, 30.0])
def test_against_torch(scale):
    rng = np.random.default_rng(0)
    contexts = rng.integers(-1, 5, size=(20, 4))
    contexts[:, 1] = rng.integers(5, size=20)
    arguments = rng.normal(size=(6, 3)) * scale, rng.normal(size=(6, 3)) * scale, contexts, rng.integers(6, size=20)
    for found, expected in zip(cbow(*arguments), by_torch(*arguments), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11)


def test_by_hand():
    loss, by_in, by_out = cbow([[1.0], [3.0], [0.0]], [[0.0], [0.0], [1.0]], [[0, 1]], [2])
    p = 1 / (2 + np.e**2)
    assert loss == pytest.approx(np.log(2 + np.e**2) - 2)
    np.testing.assert_allclose(by_out, [[2 * p], [2 * p], [-4 * p]], rtol=1e-12)
    np.testing.assert_allclose(by_in, [[-p], [-p], [0.0]], rtol=1e-12)


def test_the_gradients_by_finite_differences():
    rng = np.random.default_rng(1)
    W_in, W_out, contexts, targets = rng.normal(size=(4, 2)), rng.normal(size=(4, 2)), [[0, 0, 1], [-1, 2, -1]], [3, 3]
    _, by_in, _ = cbow(W_in, W_out, contexts, targets)
    step = np.zeros((4, 2))
    step[0, 1] = 1e-6
    slope = (cbow(W_in + step, W_out, contexts, targets)[0] - cbow(W_in - step, W_out, contexts, targets)[0]) / 2e-6
    assert by_in[0, 1] == pytest.approx(slope, rel=1e-6)


def test_training_lowers_the_loss_to_what_can_be_known():
    rng = np.random.default_rng(2)
    ids = [3 * rng.integers(3) + rng.integers(3, size=8) for _ in range(100)]  # words 0 to 8 in three groups
    W_in, W_out = train_cbow(ids, 9, 6, window=2, rate=2.0, epochs=8, rng=rng)
    loss = cbow(W_in, W_out, *windows(ids, 2))[0]
    assert np.log(3) - 0.1 < loss < np.log(3) + 0.1


@pytest.mark.parametrize(
    ("named", "changed"),
    [
        ("ids", {"ids": [[0, 3]]}),
        ("ids", {"ids": [[0], [1]]}),
        ("V", {"V": 0}),
        ("d", {"d": 0}),
        ("window", {"window": 0}),
        ("rate", {"rate": 0.0}),
        ("epochs", {"epochs": 0}),
        ("rng", {"rng": 1}),
    ],
)
def test_bad_arguments_of_training_are_named(named, changed):
    right = {"ids": [[0, 1]], "V": 3, "d": 2, "window": 1, "rate": 0.1, "epochs": 1, "rng": np.random.default_rng(0)}
    with pytest.raises(ValueError, match=f"^{named} must"):
        train_cbow(**(right | changed))


@pytest.mark.parametrize(
    ("named", "contexts", "targets"),
    [
        ("contexts", [[3]], [0]),
        ("contexts", [[-2]], [0]),
        ("contexts", [[0], [-1]], [0, 0]),
        ("contexts", np.zeros((0, 2), dtype=int), []),
        ("targets", [[0]], [3]),
        ("targets", [[0]], [-1]),
        ("targets", [[0], [1]], [0]),
    ],
)
def test_bad_arguments_are_named(named, contexts, targets):
    with pytest.raises(ValueError, match=f"^{named} must"):
        cbow(np.ones((3, 2)), np.ones((3, 2)), contexts, targets)
