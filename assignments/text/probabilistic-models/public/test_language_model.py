"""The public tests of n-grams: the example of the statement."""

import numpy as np

from grader.testing import assert_close, assert_equal, title

SENTENCES = [["море", "шумит"], ["море", "шумит", "ночью"]]


def a_model(submission, n=2, k=1.0):
    model = submission.Ngrams(n, k)
    model.fit(SENTENCES)
    return model


@title(en="Probabilities, as in the statement", ru="Вероятности, пример из условия")
def test_probability(submission):
    model = a_model(submission)
    for word, context, expected in (
        ("море", [], 3 / 7),
        ("шумит", ["море"], 3 / 7),
        ("ночью", ["шумит"], 2 / 7),
        ("</s>", ["шумит"], 2 / 7),
        ("шумит", ["ветер"], 1 / 5),
        ("ветер", ["море"], 1 / 7),
    ):
        assert_close(model.probability(word, context), expected, rtol=1e-9, what=f"{word!r} after {context!r}")


@title(en="Perplexity, as in the statement", ru="Перплексия, пример из условия")
def test_perplexity_by_hand(submission):
    found = a_model(submission).perplexity([["море", "шумит"]])
    assert_close(found, (7**3 / (3 * 3 * 2)) ** (1 / 3), rtol=1e-9, what="perplexity")


@title(en="A model of triples that knows one sentence", ru="Модель троек, которая знает одно предложение")
def test_generate_by_hand(submission):
    model = submission.Ngrams(3, 1e-12)
    model.fit([["море", "шумит", "ночью"]])
    found = model.generate(np.random.default_rng(1), 10)
    assert_equal(found, ["море", "шумит", "ночью"], what="the sentence")
