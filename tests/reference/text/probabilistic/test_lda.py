"""Topics by hand, against scipy and scikit-learn, by enumeration of all states, and on planted topics."""

from __future__ import annotations

import math
from itertools import permutations, product

import numpy as np
import pytest
from scipy.stats import dirichlet_multinomial, multinomial
from sklearn.decomposition import LatentDirichletAllocation

from reference.text.probabilistic.lda import conditional, lda, log_likelihood


def test_by_hand():
    found = conditional([1, 0], [[2, 1, 0], [0, 1, 1]], 1, 1.0, 0.5)
    assert found == pytest.approx([14 / 23, 9 / 23], rel=1e-12)
    assert log_likelihood([[1, 1], [0, 0]], 1.0) == pytest.approx(math.log(1 / 6), rel=1e-12)
    assert log_likelihood([[2, 0]], 1.0) == pytest.approx(math.log(1 / 2 * 2 / 3), rel=1e-12)
    assert log_likelihood([[0, 0, 0]], 0.3) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("beta", [0.02, 0.7, 3.0])
def test_likelihood_as_scipy(beta):
    n_kw = np.random.default_rng(0).integers(40, size=(3, 6))
    sizes = n_kw.sum(axis=1)
    expected = 0.0
    for own, size in zip(n_kw, sizes, strict=True):
        orders = multinomial(size, np.full(6, 1 / 6)).logpmf(own) + size * math.log(6)
        expected += dirichlet_multinomial(np.full(6, beta), size).logpmf(own) - orders
    assert log_likelihood(n_kw, beta) == pytest.approx(expected, rel=1e-9)


def joint(documents, topics, V, K, alpha, beta):
    """``ln p(w, z)`` but for a constant, token by token: each is drawn by the counts before it."""
    n_dk, n_kw, total = np.zeros((len(documents), K)), np.zeros((K, V)), 0.0
    for d, (document, own) in enumerate(zip(documents, topics, strict=True)):
        for word, k in zip(document, own, strict=True):
            of_topic = (n_dk[d, k] + alpha) / (n_dk[d].sum() + K * alpha)
            total += math.log(of_topic * (n_kw[k, word] + beta) / (n_kw[k].sum() + V * beta))
            n_dk[d, k] += 1
            n_kw[k, word] += 1
    return total


def test_conditional_is_a_ratio_of_joint_probabilities():
    rng = np.random.default_rng(1)
    documents = [rng.integers(4, size=5), rng.integers(4, size=3)]
    topics = [rng.integers(3, size=5), rng.integers(3, size=3)]
    n_dk, n_kw = np.bincount(topics[0][1:], minlength=3), np.zeros((3, 4))
    for document, own in zip(documents, topics, strict=True):
        np.add.at(n_kw, (own, document), 1)
    n_kw[topics[0][0], documents[0][0]] -= 1
    found = conditional(n_dk, n_kw, documents[0][0], 0.4, 0.2)
    weights = []
    for k in range(3):
        topics[0][0] = k
        weights.append(math.exp(joint(documents, topics, 4, 3, 0.4, 0.2)))
    assert found == pytest.approx(np.array(weights) / sum(weights), rel=1e-9)


def test_the_law_of_all_states_by_enumeration():
    documents, V, K, alpha, beta, runs = [[0, 1], [0, 0]], 2, 2, 0.4, 0.3, 500
    law = {}
    for first in product(range(K), repeat=2):
        for second in product(range(K), repeat=2):
            state = (sum(first), sum(second))  # tokens of each document in topic 1
            law[state] = law.get(state, 0.0) + math.exp(joint(documents, (first, second), V, K, alpha, beta))
    total, rng = sum(law.values()), np.random.default_rng(2)
    met = dict.fromkeys(law, 0)
    for _ in range(runs):
        theta, _, _ = lda(documents, V, K, alpha, beta, 5, rng)
        met[tuple(np.rint(theta[:, 1] * (2 + K * alpha) - alpha).astype(int))] += 1
    for state, weight in law.items():
        p = weight / total
        assert abs(met[state] - runs * p) < 4 * math.sqrt(runs * p * (1 - p)), state


def test_planted_topics_as_scikit_learn():
    rng = np.random.default_rng(5)
    phi = np.kron(np.eye(3), np.full((1, 4), 0.23)) + 0.08 / 12
    theta = np.full((40, 3), 0.1) + 0.7 * np.eye(3)[np.arange(40) % 3]
    documents = [[rng.choice(12, p=phi[k]) for k in rng.choice(3, size=20, p=own)] for own in theta]
    counts = np.array([np.bincount(document, minlength=12) for document in documents])
    model = LatentDirichletAllocation(3, doc_topic_prior=0.3, topic_word_prior=0.1, max_iter=25, random_state=0).fit(
        counts
    )
    theirs = model.components_ / model.components_.sum(axis=1, keepdims=True)
    ours_theta, ours, history = lda(documents, 12, 3, 0.3, 0.1, 20, rng)
    for found in (ours, theirs):
        assert min(np.abs(found[list(o)] - phi).sum(axis=1).max() for o in permutations(range(3))) / 2 < 0.2
    assert ours_theta.sum(axis=1) == pytest.approx(np.ones(40))
    assert ours.sum(axis=1) == pytest.approx(np.ones(3))
    assert history[-5:].mean() > history[0]


def test_empty_documents_and_equal_generators():
    documents = [[], [0, 2, 1, 1], []]
    one, two = (lda(documents, 3, 2, 0.5, 0.1, 4, np.random.default_rng(7)) for _ in range(2))
    assert one[0][0].tolist() == [0.5, 0.5]
    for a, b in zip(one, two, strict=True):
        assert (a == b).all()


@pytest.mark.parametrize(
    ("name", "function", "arguments"),
    [
        ("n_dk", conditional, ([1, 1, 1], [[1], [1]], 0, 1, 1)),
        ("n_dk", conditional, ([1, -1], [[1], [1]], 0, 1, 1)),
        ("n_kw", conditional, ([1, 1], [[1], [-1]], 0, 1, 1)),
        ("word", conditional, ([1, 1], [[1], [1]], 1, 1, 1)),
        ("alpha", conditional, ([1, 1], [[1], [1]], 0, 0, 1)),
        ("beta", conditional, ([1, 1], [[1], [1]], 0, 1, 0)),
        ("n_kw", log_likelihood, ([[-1]], 1)),
        ("beta", log_likelihood, ([[1]], 0)),
        ("documents", lda, ([], 2, 2, 1, 1, 1, np.random.default_rng())),
        ("documents", lda, ([[0], [2]], 2, 2, 1, 1, 1, np.random.default_rng())),
        ("documents", lda, ([[-1]], 2, 2, 1, 1, 1, np.random.default_rng())),
        ("documents", lda, ([[[0]]], 2, 2, 1, 1, 1, np.random.default_rng())),
        ("documents", lda, ([[0.5]], 2, 2, 1, 1, 1, np.random.default_rng())),
        ("V", lda, ([[0]], 0, 2, 1, 1, 1, np.random.default_rng())),
        ("K", lda, ([[0]], 2, 0, 1, 1, 1, np.random.default_rng())),
        ("alpha", lda, ([[0]], 2, 2, 0, 1, 1, np.random.default_rng())),
        ("beta", lda, ([[0]], 2, 2, 1, 0, 1, np.random.default_rng())),
        ("sweeps", lda, ([[0]], 2, 2, 1, 1, 0, np.random.default_rng())),
        ("rng", lda, ([[0]], 2, 2, 1, 1, 1, 5)),
    ],
)
def test_errors(name, function, arguments):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        function(*arguments)
