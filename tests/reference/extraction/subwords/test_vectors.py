"""Vectors of words by counts and by hand, nearest words against scikit-learn's cosines."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics.pairwise import cosine_similarity

from reference.extraction.subwords.ngrams import bucket, ngrams
from reference.extraction.subwords.vectors import nearest, word_vector

KNOWN = {"кошка": 2, "кошку": 0, "собака": 3, "cat": 1}


def tables(seed, buckets=30):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(4, 5)), rng.normal(size=(buckets, 5))


def test_by_hand():
    W, N = [[10.0, 0.0]], [[0.0, 1.0]]
    assert word_vector("cat", {"cat": 0}, W, N).tolist() == [10, 6]
    assert word_vector("at", {"cat": 0}, W, N).tolist() == [0, 3]


@pytest.mark.parametrize("buckets", [1, 3, 30, 5000])
def test_as_a_product_of_counts(buckets):
    W, N = tables(buckets, buckets)
    for word in (*KNOWN, "кошками", "банан-банан"):
        counts = np.zeros(buckets)
        for ngram in ngrams(word):
            counts[bucket(ngram, buckets)] += 1
        own = W[KNOWN[word]] if word in KNOWN else 0.0
        np.testing.assert_allclose(word_vector(word, KNOWN, W, N), counts @ N + own)


@pytest.mark.parametrize("word", ["кошка", "кошками", "dog"])
def test_nearest_as_sklearn(word):
    W, N = tables(7)
    others = [other for other in KNOWN if other != word]
    vectors = [word_vector(other, KNOWN, W, N) for other in others]
    cosines = cosine_similarity([word_vector(word, KNOWN, W, N)], vectors)[0]
    assert nearest(word, len(others), KNOWN, W, N) == [others[i] for i in np.argsort(-cosines)]


def test_forms_are_near_with_random_tables():
    rng = np.random.default_rng(0)
    W, N = np.zeros((4, 60)), rng.normal(size=(5000, 60))
    assert set(nearest("кошками", 2, KNOWN, W, N)) == {"кошка", "кошку"}


def test_ties_and_zeros():
    W, N = np.array([[1.0, 0.0], [3.0, 0.0], [0.0, 0.0], [2.0, 0.0]]), np.zeros((9, 2))
    assert nearest("кошку", 3, KNOWN, W, N) == ["cat", "собака", "кошка"]
    assert nearest("слон", 4, KNOWN, W, N) == ["кошку", "cat", "кошка", "собака"]


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("word", {"word": ""}),
        ("known", {"known": {"a": 4}}),
        ("known", {"known": {"a": -1}}),
        ("known", {"known": {3: 1}}),
        ("known", {"known": ["a"]}),
        ("W", {"W": [1.0]}),
        ("N", {"N": [[1.0]]}),
        ("k", {"k": 0}),
        ("k", {"k": 4}),
    ],
)
def test_errors(name, changed):
    W, N = tables(0)
    arguments = {"word": "cat", "k": 1, "known": KNOWN, "W": W, "N": N} | changed
    with pytest.raises(ValueError, match=f"^{name} must"):
        nearest(**arguments)
    if name != "k":
        del arguments["k"]
        with pytest.raises(ValueError, match=f"^{name} must"):
            word_vector(**arguments)
