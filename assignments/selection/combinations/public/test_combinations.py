"""The public tests of hybrids and ensembles: the examples of the statement."""

import numpy as np

from grader.testing import assert_close, assert_equal, assert_refused, title

VALUES = {(0,): 4.0, (2,): 5.0, (3,): 6.0, (0, 2): 9.0, (0, 3): 8.0, (2, 3): 7.0}


@title(en="A filter and then a wrapper", ru="Сначала фильтр, затем обёртка")
def test_hybrid(submission):
    scores = np.array([0.7, 0.1, 0.9, 0.8])
    assert_equal(submission.hybrid(scores, 3, lambda subset: VALUES[subset], 2), [3, 0], what="hybrid")


@title(en="Votes of sets", ru="Голоса наборов")
def test_vote_sets(submission):
    assert_equal(submission.vote_sets([[0, 3], [3, 1], [1, 3]], 4, 2), np.array([1, 3]), what="vote_sets")


@title(en="Votes of models", ru="Голоса моделей")
def test_vote_models(submission):
    def positive(part):
        return (part.sum(axis=1) > 0).astype(int)

    X = np.array([[1.0, 1.0], [-1.0, 2.0], [-1.0, -1.0]])
    found = submission.vote_models([positive, positive, positive], [[0], [1], [1, 0]], X)
    assert_equal(found, np.array([1, 1, 0]), what="vote_models")


@title(en="Merged rankings", ru="Слияние ранжирований")
def test_merge_rankings(submission):
    assert_equal(
        submission.merge_rankings(np.array([[2, 0, 1], [1, 0, 2]])), np.array([1, 0, 2]), what="merge_rankings"
    )


@title(en="Merged scores", ru="Слияние оценок")
def test_merge_scores(submission):
    S = np.array([[0.0, 5.0, 10.0], [3.0, 2.0, 2.0], [7.0, 7.0, 7.0]])
    assert_close(submission.merge_scores(S), np.array([1.0, 0.5, 1.0]) / 3, what="the mean")
    assert_close(submission.merge_scores(S, "median"), np.array([0.0, 0.0, 0.0]), what="the median")


@title(en="More features than the filter keeps are refused", ru="Больше признаков, чем оставил фильтр, — ошибка")
def test_k(submission):
    assert_refused("k", submission.hybrid, np.array([0.7, 0.1]), 1, len, 2)
