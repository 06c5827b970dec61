"""Symmetric SNE and t-SNE: by hand, by finite differences, against scikit-learn's t-SNE, and by planted groups."""

import numpy as np
import pytest
from sklearn.manifold import TSNE

from grader.testing.inputs import orthogonal
from reference.extraction.neighbours.divergence import kl
from reference.extraction.neighbours.pairs import squares
from reference.extraction.neighbours.sne import conditional
from reference.extraction.neighbours.tsne import (
    joint,
    symmetric_gradient,
    symmetric_q,
    tsne,
    tsne_gradient,
    tsne_q,
)
from tests.reference.extraction.neighbours.slopes import slopes

RNG = np.random.default_rng(3)
LINE = np.array([[0.0], [1.0], [3.0]])
PAIRS = np.array([[0.0, 3.0, 1.0], [3.0, 0.0, 1.0], [1.0, 1.0, 0.0]]) / 10


def planted(rng, size=15):
    """Objects of four groups whose places are equally far from each other."""
    labels = np.repeat(np.arange(4), size)
    return 4 * orthogonal(rng, 6)[labels] + rng.normal(size=(4 * size, 6)) / 2, labels


def test_by_hand():
    np.testing.assert_allclose(tsne_q(LINE), np.array([[0, 5, 1], [5, 0, 2], [1, 2, 0]]) / 16)
    np.testing.assert_allclose(tsne_gradient(PAIRS, LINE), [[-0.02], [0.015], [0.005]], atol=1e-15)
    assert joint([[0.0, 1.0], [0.5, 0.0]]).tolist() == [[0, 0.375], [0.375, 0]]
    e = np.exp(-squares(LINE)) - np.eye(3)
    np.testing.assert_allclose(symmetric_q(LINE), e / e.sum())


@pytest.mark.parametrize("d", [1, 2, 3])
@pytest.mark.parametrize(("q", "gradient"), [(symmetric_q, symmetric_gradient), (tsne_q, tsne_gradient)])
def test_gradients_are_those_of_differences(q, gradient, d):
    P, Y = joint(conditional(RNG.normal(size=(8, 4)), 3.0)[0]), RNG.normal(size=(8, d))
    np.testing.assert_allclose(gradient(P, Y), slopes(lambda Y: kl(P, q(Y)), Y), atol=1e-8)
    np.testing.assert_allclose(gradient(P, Y).sum(axis=0), 0, atol=1e-12)


def test_steps_by_hand():
    X = np.array([[0.0], [1.0], [3.0], [7.0]])
    P = joint(conditional(X, 2.0)[0])
    V1 = -0.5 * tsne_gradient(3 * P, X)
    V2 = 0.8 * V1 - 0.5 * tsne_gradient(P, X + V1)
    V3 = 0.8 * V2 - 0.5 * tsne_gradient(P, X + V1 + V2)
    V4 = 0.8 * V3 - 0.5 * tsne_gradient(P, X + V1 + V2 + V3)
    Y, history = tsne(X, 2.0, X, 4, 0.5, 3.0)
    np.testing.assert_allclose(Y, X + V1 + V2 + V3 + V4)
    assert history[1] == pytest.approx(kl(P, tsne_q(X + V1 + V2)))


@pytest.mark.parametrize("seed", range(2))
def test_as_good_as_scikit_learn_and_the_groups_part(seed):
    rng = np.random.default_rng(seed)
    X, labels = planted(rng)
    start = rng.normal(size=(60, 2)) / 10
    Y, history = tsne(X, 10.0, start, 700, 30.0, 4.0)
    theirs = TSNE(perplexity=10, init=start.astype(np.float32), method="exact", max_iter=500).fit(X)
    assert history[-1] < 1.2 * theirs.kl_divergence_
    assert theirs.kl_divergence_ == pytest.approx(
        kl(joint(conditional(X, 10.0)[0]), tsne_q(theirs.embedding_)), rel=1e-3
    )
    distances = squares(Y) + np.diag(np.full(60, np.inf))
    assert (labels[distances.argmin(axis=1)] == labels).mean() > 0.95


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("P", lambda: joint([[0.0, -1.0], [1.0, 0.0]])),
        ("P", lambda: tsne_gradient(PAIRS[:2, :2], LINE)),
        ("Y", lambda: symmetric_q([[1.0]])),
        ("start", lambda: tsne(LINE, 1.5, LINE[:2], 1, 1.0)),
        ("steps", lambda: tsne(LINE, 1.5, LINE, 0, 1.0)),
        ("rate", lambda: tsne(LINE, 1.5, LINE, 1, 0.0)),
        ("exaggeration", lambda: tsne(LINE, 1.5, LINE, 1, 1.0, 0.0)),
    ],
)
def test_bad_arguments_are_refused(name, call):
    with pytest.raises(ValueError, match=f"^{name} must"):
        call()
