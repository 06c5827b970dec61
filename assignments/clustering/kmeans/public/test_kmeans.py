"""The public tests of k-means: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, assert_refused, title


@title(en="The example of the statement", ru="Пример из условия")
def test_example(submission):
    centers, labels = submission.kmeans(np.array([[0.0], [1.0], [9.0]]), np.array([[0.0], [1.0]]))
    assert_close(centers, np.array([[0.5], [9.0]]), what="centers")
    assert_equal(labels, np.array([0, 0, 1]), what="labels")


@title(en="Two pairs in the plane", ru="Две пары точек на плоскости")
def test_two_pairs(submission):
    X = np.array([[0.0, 0.0], [0.0, 2.0], [10.0, 0.0], [10.0, 2.0]])
    centers, labels = submission.kmeans(X, X[[0, 3]])
    assert_close(centers, np.array([[0.0, 1.0], [10.0, 1.0]]), what="centers")
    assert_equal(labels, np.array([0, 0, 1, 1]), what="labels")


@title(en="A cluster that loses its objects keeps its centre", ru="Опустевший кластер оставляет центр на месте")
def test_empty_cluster(submission):
    centers, labels = submission.kmeans(np.array([[1.0], [3.0]]), np.array([[2.0], [100.0]]))
    assert_close(centers, np.array([[2.0], [100.0]]), what="centers")
    assert_equal(labels, np.array([0, 0]), what="labels")


@title(en="Numbers of features that differ are refused", ru="Разное число признаков отвергается")
def test_bad_start(submission):
    assert_refused("start", submission.kmeans, np.zeros((3, 2)), np.zeros((2, 3)))
