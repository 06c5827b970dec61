"""The public tests: the examples of the statement."""

import numpy as np

from grader.testing import assert_close, assert_equal, title

A, C = np.array([0, 0, 1, 1]), np.array([5, 5, 7, 7])
SCORES = np.array([1.0, 9.0, 2.0, 8.0, 0.0])


@title(en="euclid: the example", ru="euclid: пример")
def test_euclid(submission):
    found = submission.euclid(np.array([[1.0, 9.0], [3.0, 9.0]]), np.array([5.0, 6.0]))
    assert_close(found, np.array([0.0, 2**0.5]), atol=1e-9, what="euclid")


@title(en="pearson: a rising and a falling line", ru="pearson: возрастающая и убывающая прямые")
def test_pearson(submission):
    X = np.array([[1.0, 2.0, 7.0], [2.0, 1.0, 7.0], [3.0, 0.0, 7.0]])
    assert_close(submission.pearson(X, np.arange(3.0)), np.array([1.0, -1.0, 0.0]), atol=1e-9, what="pearson")


@title(en="spearman: ranks with equal values", ru="spearman: ранги с равными значениями")
def test_spearman(submission):
    found = submission.spearman(np.array([[10.0], [20.0], [20.0], [30.0]]), np.array([1.0, 2.5, 2.5, 4.0]))
    assert_close(found, np.array([1.0]), atol=1e-9, what="spearman")


@title(en="pairwise: the example", ru="pairwise: пример")
def test_pairwise(submission):
    assert_close(submission.pairwise(np.array([0.0, 1.0, 5.0]), np.array([0, 0, 1])), (1.0, 4.5), what="pairwise")


@title(en="conditional_variance: the example", ru="conditional_variance: пример")
def test_conditional_variance(submission):
    assert_close(
        submission.conditional_variance(np.array([0.0, 1.0, 5.0]), np.array([0, 0, 1])), 1 / 6, what="variance"
    )


@title(en="info_gain: one bit", ru="info_gain: один бит")
def test_info_gain(submission):
    assert_close(submission.info_gain(A, C), 1.0, what="info_gain")


@title(en="gini_gain: one half", ru="gini_gain: половина")
def test_gini_gain(submission):
    assert_close(submission.gini_gain(A, C), 0.5, what="gini_gain")


@title(en="chi2: four", ru="chi2: четыре")
def test_chi2(submission):
    assert_close(submission.chi2(A, C), 4.0, what="chi2")


@title(en="top: the best two", ru="top: два лучших")
def test_top(submission):
    assert_equal(submission.top(SCORES, 2).tolist(), [1, 3], what="top")


@title(en="above: scores from 2 on", ru="above: оценки от 2")
def test_above(submission):
    assert_equal(submission.above(SCORES, 2.0).tolist(), [1, 3, 2], what="above")


@title(en="integral: the example", ru="integral: пример")
def test_integral(submission):
    assert_equal(submission.integral(np.array([1.0, 8.0, 1.0]), 0.85).tolist(), [1, 0], what="integral")


@title(en="broken_stick: the example", ru="broken_stick: пример")
def test_broken_stick(submission):
    assert_equal(submission.broken_stick(np.array([1.0, 8.0, 1.0])).tolist(), [1], what="broken_stick")


@title(en="elbow: the example", ru="elbow: пример")
def test_elbow(submission):
    assert_equal(submission.elbow(SCORES).tolist(), [1, 3, 2], what="elbow")


@title(en="select: the largest maximum", ru="select: наибольший максимум")
def test_select(submission):
    X = np.array([[1.0, 5.0, 2.0], [0.0, 3.0, 9.0]])
    found = submission.select(X, np.zeros(2), lambda x, y: float(x.max()), lambda scores: np.array([scores.argmax()]))
    assert_equal(found.tolist(), [2], what="select")
