"""N-grams by hand, against counts of scikit-learn, and by summing over all sentences."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from reference.text.probabilistic.language_model import Ngrams

SENTENCES = [["a", "b"], ["a", "b", "c"]]
NEXT = ["a", "b", "c", "</s>", "<unk>"]


def texts(seed, count=30):
    rng = np.random.default_rng(seed)
    return [list(rng.choice(list("abcde"), size=rng.integers(6))) for _ in range(count)]


def test_by_hand():
    model = Ngrams(2).fit(SENTENCES)
    assert model.probability("a", []) == pytest.approx(3 / 7)
    assert model.probability("b", ["a"]) == pytest.approx(3 / 7)
    assert model.probability("</s>", ["b"]) == pytest.approx(2 / 7)
    assert model.probability("a", ["never"]) == pytest.approx(1 / 5)
    assert model.probability("never", ["a"]) == pytest.approx(1 / 7)
    assert model.perplexity([["a", "b"]]) == pytest.approx((7 / 3 * 7 / 3 * 7 / 2) ** (1 / 3))
    single = Ngrams(1, 0.5).fit(SENTENCES)
    assert single.probability("</s>", ["x", "a"]) == single.probability("</s>", []) == pytest.approx(2.5 / 9.5)
    triples = Ngrams(3).fit(SENTENCES)
    assert triples.probability("b", ["a"]) == triples.probability("b", ["<s>", "a"]) == pytest.approx(3 / 7)
    assert triples.probability("c", ["c", "a", "b"]) == pytest.approx(2 / 7)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_as_counts_of_scikit_learn(n):
    sentences, k = texts(n), 0.3
    padded = [" ".join(["<s>"] * (n - 1) + words + ["</s>"]) for words in sentences]
    counter = CountVectorizer(ngram_range=(n, n), token_pattern=r"\S+", lowercase=False)
    table = counter.fit_transform(padded).sum(axis=0).A1
    counts = {tuple(gram.split()): table[place] for gram, place in counter.vocabulary_.items()}
    model, V = Ngrams(n, k).fit(sentences), 7  # a to e, </s>, <unk>
    for gram in counts:
        before = sum(number for other, number in counts.items() if other[:-1] == gram[:-1])
        expected = (counts[gram] + k) / (before + k * V)
        assert model.probability(gram[-1], gram[:-1]) == pytest.approx(expected, rel=1e-12)


def test_probabilities_sum_to_one():
    for n, context in product((1, 2, 3), ([], ["a"], ["b", "c"], ["never", "a"], ["c", "c"])):
        model = Ngrams(n, 0.2).fit(SENTENCES)
        assert sum(model.probability(word, context) for word in NEXT) == pytest.approx(1.0)


def test_all_sentences_up_to_three_words():
    model, total, p = Ngrams(2, 0.3).fit(SENTENCES), 0.0, {}
    for length in range(4):
        for words in product([word for word in NEXT if word != "</s>"], repeat=length):
            steps = [model.probability(word, words[:i]) for i, word in enumerate(words)]
            open_end = math.prod(steps)
            p[words] = open_end * model.probability("</s>", words) if length < 3 else open_end  # cut at three
            total += p[words]
    assert total == pytest.approx(1.0)
    rng, tries = np.random.default_rng(0), 2000
    found = [tuple(model.generate(rng, 3)) for _ in range(tries)]
    for words, share in p.items():
        assert abs(found.count(words) - tries * share) <= 5 * math.sqrt(tries * share) + 3


def test_perplexity_of_a_uniform_model_and_of_a_long_text():
    model = Ngrams(1, 1e12).fit(SENTENCES)
    assert model.perplexity([["a", "never"], []]) == pytest.approx(5.0)
    assert Ngrams(2, 0.1).fit(texts(0, 3000)).perplexity(texts(1, 3000)) < 7


def test_fit_forgets_and_generation_ends():
    model = Ngrams(3, 1e-12).fit([["x", "y"]]).fit([["a", "b", "a"]])
    assert model.generate(np.random.default_rng(0), 9) == ["a", "b", "a"]
    assert model.generate(np.random.default_rng(0), 2) == ["a", "b"]
    assert model.probability("x", []) == model.probability("never", [])


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("n", lambda: Ngrams(0)),
        ("k", lambda: Ngrams(2, 0)),
        ("sentences", lambda: Ngrams(2).fit([])),
        ("sentences", lambda: Ngrams(2).fit("ab")),
        ("sentences", lambda: Ngrams(2).fit(["ab"])),
        ("sentences", lambda: Ngrams(2).fit(SENTENCES).perplexity([])),
        ("word", lambda: Ngrams(2).fit(SENTENCES).probability(1, [])),
        ("context", lambda: Ngrams(2).fit(SENTENCES).probability("a", "b")),
        ("limit", lambda: Ngrams(2).fit(SENTENCES).generate(np.random.default_rng(), 0)),
        ("rng", lambda: Ngrams(2).fit(SENTENCES).generate(5, 1)),
    ],
)
def test_errors(name, call):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        call()
