"""The public tests of centres: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal, title


@title(en="As many centres as objects", ru="Центров столько же, сколько объектов")
def test_starts(submission):
    X = np.array([[0.0, 1.0], [2.0, 5.0], [9.0, 3.0]])
    for name in ("random_start", "kmeans_pp"):
        found = getattr(submission, name)(X, 3, np.random.default_rng(1))
        rows = assert_array(found, shape=(3, 2), kind="float", what=name)
        assert_equal(sorted(rows.tolist()), X.tolist(), what=name)


@title(en="An outlier does not move the median", ru="Выброс не сдвигает медиану")
def test_kmedians(submission):
    centers, labels = submission.kmedians(np.array([[0.0], [1.0], [100.0]]), np.array([[0.0]]))
    assert_close(centers, np.array([[1.0]]), what="centers")
    assert_equal(labels, np.array([0, 0, 0]), what="labels")


@title(en="Soft and hard labels of the statement", ru="Мягкие и жёсткие метки из условия")
def test_soft_labels(submission):
    found = submission.soft_labels(
        np.array([[0.0], [1.0]]), np.array([0.5, 0.5]), np.array([[0.0], [2.0]]), np.ones((2, 1, 1))
    )
    assert_close(found, np.array([[0.880797, 0.119203], [0.5, 0.5]]), rtol=1e-5, what="soft labels")
    assert_equal(submission.hard_labels(np.array([[0.5, 0.5], [0.2, 0.8]])), np.array([0, 1]), what="hard labels")


@title(en="One step of one Gaussian", ru="Один шаг для одной компоненты")
def test_gmm(submission):
    found = submission.gmm(np.array([[0.0], [2.0]]), np.array([[5.0]]), max_iter=1, reg=0.0)
    expected = (np.ones(1), np.ones((1, 1)), np.ones((1, 1, 1)), np.array([-9.418939, -1.418939]))
    assert_close(found, expected, rtol=1e-6, what="weights, means, covariances, history")


@title(en="The knee and the curve", ru="Локоть и график")
def test_elbow(submission):
    curve = submission.elbow_curve(np.array([[0.0], [2.0], [9.0]]), [1], lambda X, k: np.array([[1.0]]))
    assert_close(curve, np.array([66.0]), what="curve")
    assert_equal(submission.knee([1, 2, 3, 4, 5], np.array([16.0, 6.0, 4.0, 2.0, 0.0])), 2, what="knee")


@title(en="Silhouettes of the statement", ru="Силуэты из условия")
def test_silhouette(submission):
    X, labels = np.array([[0.0], [1.0], [5.0]]), np.array([0, 0, 1])
    assert_close(submission.silhouette(X, labels), np.array([0.8, 0.75, 0.0]), atol=1e-12, what="silhouettes")
    assert_close(submission.mean_silhouette(X, labels), 1.55 / 3, what="mean")
