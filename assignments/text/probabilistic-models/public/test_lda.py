"""The public tests of topics: small cases with their answers written out."""

import math

import numpy as np

from grader.testing import assert_array, assert_close, title


@title(en="The topics of one token, as in the statement", ru="Темы одного токена, пример из условия")
def test_conditional_by_hand(submission):
    found = submission.conditional(np.array([1, 0]), np.array([[2, 1, 0], [0, 1, 1]]), 1, 1.0, 0.5)
    assert_close(found, np.array([14, 9]) / 23, rtol=1e-9, what="probabilities")


@title(en="Two words in one topic", ru="Два слова в одной теме")
def test_log_likelihood_by_hand(submission):
    found = submission.log_likelihood(np.array([[1, 1], [0, 0]]), 1.0)
    assert_close(found, math.log(1 / 2 * 1 / 3), rtol=1e-9, what="ln p(w | z)")


@title(en="Two documents and one topic", ru="Два документа и одна тема")
def test_one_topic(submission):
    documents = [np.array([0, 1, 1]), np.array([1])]
    result = submission.lda(documents, 3, 1, 0.3, 0.5, 2, np.random.default_rng(1))
    assert isinstance(result, tuple) and len(result) == 3, "lda must return (theta, phi, history)"  # noqa: PT018
    theta, phi, history = result
    assert_close(theta, np.ones((2, 1)), rtol=1e-9, what="theta")
    assert_close(phi, np.array([[1.5, 3.5, 0.5]]) / 5.5, rtol=1e-9, what="phi")
    assert_close(history, np.full(2, history[0]), rtol=1e-9, what="history")


@title(en="Rows of theta and phi add up to 1", ru="Строки theta и phi дают в сумме 1")
def test_rows(submission):
    documents = [np.array([0, 1, 1, 0]), np.array([2, 3, 3]), np.array([3, 2])]
    theta, phi, history = submission.lda(documents, 4, 2, 0.5, 0.1, 5, np.random.default_rng(1))
    for name, table, shape in (("theta", theta, (3, 2)), ("phi", phi, (2, 4))):
        assert_array(table, shape=shape, kind="float", what=name)
        assert_close(table.sum(axis=1), np.ones(len(table)), rtol=1e-9, what=f"sums of the rows of {name}")
    assert_array(history, shape=(5,), what="history")
