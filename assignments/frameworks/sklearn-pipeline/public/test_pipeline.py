"""The public tests: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, title

X = np.array([[0.0], [1.0], [2.0], [10.0], [11.0], [12.0]])
Y = np.array([0, 0, 0, 1, 1, 1])


@title(en="pipeline: its settings", ru="pipeline: его настройки")
def test_pipeline(submission):
    found = submission.pipeline((8, 4), 0.1, 2).get_params()
    names = ("net__hidden_layer_sizes", "net__alpha", "net__random_state", "net__solver")
    assert_equal([found[name] for name in names], [(8, 4), 0.1, 2, "lbfgs"], what="settings")


@title(en="tuned: two groups that are far apart", ru="tuned: две далёкие группы")
def test_tuned(submission):
    """With a penalty of a million the network is constant, and half of the objects get their class."""
    search = submission.tuned(X, Y, {"net__alpha": [1e6, 0.1]}, folds=3)
    assert_equal(search.best_params_, {"net__alpha": 0.1}, what="best_params_")
    assert_close(search.best_score_, 1.0, what="best_score_")
    assert_equal(search.predict(np.array([[-1.0], [13.0]])), np.array([0, 1]), what="classes of new objects")


@title(en="summarise: one and four neighbours", ru="summarise: один сосед и четыре")
def test_summarise(submission, probe):
    """A fold trains on four objects: if all four vote, it is two against two, and class 0 wins."""
    found = submission.summarise(probe.neighbours(X, Y, [4, 1], 3))
    expected = {
        "best": {"n_neighbors": 1},
        "score": 1.0,
        "table": [
            {"setting": {"n_neighbors": 4}, "folds": [0.5, 0.5, 0.5], "mean": 0.5},
            {"setting": {"n_neighbors": 1}, "folds": [1.0, 1.0, 1.0], "mean": 1.0},
        ],
    }
    assert_close(found, expected, rtol=1e-9, what="summary")


@title(en="accuracy: three of four", ru="accuracy: три из четырёх")
def test_accuracy(submission, probe):
    new, classes = np.array([[0.5], [1.5], [10.5], [2.5]]), np.array([0, 0, 1, 1])
    assert_close(submission.accuracy(probe.neighbours(X, Y, [1], 3), new, classes), 0.75, what="accuracy")
