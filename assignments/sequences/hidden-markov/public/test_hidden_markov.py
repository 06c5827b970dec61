"""The public tests of the hidden Markov model: the example of the statement."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal, title

START = np.array([0.5, 0.5])
TRANSITION = np.array([[0.75, 0.25], [0.5, 0.5]])
EMISSION = np.array([[0.5, 0.5], [0.0, 1.0]])
SEEN = np.array([1, 1, 0])


@title(en="forward, as in the statement", ru="forward, пример из условия")
def test_forward_by_hand(submission):
    found = submission.forward(START, TRANSITION, EMISSION, SEEN[:2])
    assert_close(np.exp(found), np.array([[1 / 4, 1 / 2], [7 / 32, 5 / 16]]), rtol=1e-9, what="exp of forward")


@title(en="log_likelihood, as in the statement", ru="log_likelihood, пример из условия")
def test_log_likelihood_by_hand(submission):
    found = submission.log_likelihood(START, TRANSITION, EMISSION, SEEN)
    assert_close(found, np.log(41 / 256), rtol=1e-9, what="log_likelihood")


@title(en="viterbi, as in the statement", ru="viterbi, пример из условия")
def test_viterbi_by_hand(submission):
    result = submission.viterbi(START, TRANSITION, EMISSION, SEEN)
    assert isinstance(result, tuple) and len(result) == 2, "viterbi must return a pair (path, log_p)"  # noqa: PT018
    path, log_p = result
    assert_equal(path, np.array([1, 1, 0]), what="the path")
    assert_close(log_p, np.log(1 / 16), rtol=1e-9, what="ln p of the path")


@title(en="posterior, as in the statement", ru="posterior, пример из условия")
def test_posterior_by_hand(submission):
    found = submission.posterior(START, TRANSITION, EMISSION, SEEN)
    assert_close(found, np.array([[13, 28], [21, 20], [41, 0]]) / 41, rtol=1e-9, atol=1e-12, what="posterior")


@title(en="A model without chance", ru="Модель без случайности")
def test_sample_by_hand(submission):
    ring = np.array([[0.0, 1.0], [1.0, 0.0]])
    result = submission.sample(np.array([1.0, 0.0]), ring, ring, 5, np.random.default_rng(1))
    assert isinstance(result, tuple) and len(result) == 2, "sample must return a pair (states, seen)"  # noqa: PT018
    for values, expected, what in zip(result, ([0, 1, 0, 1, 0], [1, 0, 1, 0, 1]), ("states", "seen"), strict=True):
        assert_equal(assert_array(values, shape=(5,), kind="int", what=what), np.array(expected), what=what)
