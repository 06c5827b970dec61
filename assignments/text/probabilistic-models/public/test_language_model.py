"""The public tests of n-grams: the example of the statement, in both languages."""

import numpy as np

from grader.testing import assert_close, assert_equal, title

WORDS = (("rain", "falls", "again", "wind"), ("море", "шумит", "ночью", "ветер"))


def a_model(submission, a, b, c, n=2, k=1.0):
    model = submission.Ngrams(n, k)
    model.fit([[a, b], [a, b, c]])
    return model


@title(en="Probabilities, as in the statement", ru="Вероятности, пример из условия")
def test_probability(submission):
    for a, b, c, unknown in WORDS:
        model = a_model(submission, a, b, c)
        for word, context, expected in (
            (a, [], 3 / 7),
            (b, [a], 3 / 7),
            (c, [b], 2 / 7),
            ("</s>", [b], 2 / 7),
            (b, [unknown], 1 / 5),
            (unknown, [a], 1 / 7),
        ):
            found = model.probability(word, context)
            assert_close(found, expected, rtol=1e-9, what=f"the probability of {word!r} after {context!r}")


@title(en="Perplexity, as in the statement", ru="Перплексия, пример из условия")
def test_perplexity_by_hand(submission):
    for a, b, c, _ in WORDS:
        found = a_model(submission, a, b, c).perplexity([[a, b]])
        assert_close(found, (7 / 3 * 7 / 3 * 7 / 2) ** (1 / 3), rtol=1e-9, what="perplexity")


@title(en="A model of triples that knows one sentence", ru="Модель троек, которая знает одно предложение")
def test_generate_by_hand(submission):
    model = submission.Ngrams(3, 1e-12)
    model.fit([["море", "шумит", "ночью"]])
    found = model.generate(np.random.default_rng(1), 10)
    assert_equal(found, ["море", "шумит", "ночью"], what="the sentence")
