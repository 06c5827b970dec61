"""scikit-learn's perceptron in a pipeline, tuned by grid search (lecture 5, section 24, L05.sklearn)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from reference.checks.arrays import matrix
from reference.checks.numbers import not_negative, whole

Grid = Mapping[str, Sequence[Any]]


def pipeline(hidden: tuple[int, ...] = (16,), alpha: float = 1e-4, seed: int = 0) -> Pipeline:
    """Standardised features, then a multilayer perceptron; not fitted.

    Parameters: ``hidden``, the sizes of the hidden layers, at least one, each at least 1; ``alpha`` of at least 0, the
    weight of the penalty on squared weights; ``seed`` of at least 0, from which the first weights are drawn.
    Returns: the steps "scale", a StandardScaler, and "net", an MLPClassifier trained by lbfgs for 200 iterations.
    Raises: ValueError naming ``hidden``, ``alpha`` or ``seed``.
    Complexity: O(l) for l hidden layers; nothing is trained.
    Source: lecture 5, section 24; lecture only.

    >>> pipeline((8, 4)).get_params()["net__hidden_layer_sizes"]
    (8, 4)
    """
    if len(hidden) == 0:
        raise ValueError("hidden must have a layer")
    net = MLPClassifier(
        hidden_layer_sizes=tuple(whole("hidden: each size", size) for size in hidden),
        alpha=not_negative("alpha", alpha),
        solver="lbfgs",
        max_iter=200,
        random_state=whole("seed", seed, 0),
    )
    return Pipeline([("scale", StandardScaler()), ("net", net)])


def tuned(X: ArrayLike, y: ArrayLike, grid: Grid, folds: int = 3, seed: int = 0) -> GridSearchCV:
    """The pipeline with the setting of the grid that does best in cross-validation, fitted to all objects.

    Each fold has its own scaler, as the whole pipeline is fitted to the other folds. The folds are stratified and
    shuffled by ``seed``, which is also that of the network.

    Parameters: ``X`` (n, m), ``y`` (n,), classes; ``grid``, from the pipeline's parameters, such as "net__alpha", to
    the values that are tried; ``folds`` of at least 2; ``seed`` of at least 0.
    Returns: a fitted GridSearchCV.
    Raises: ValueError naming ``X``, ``y``, ``folds`` or ``seed``.
    Complexity: O(s folds n w) for s settings of the grid and w weights of the network: each of s folds + 1 trainings
    takes at most 200 steps.
    Source: lecture 5, section 24; lecture only.
    """
    objects, classes = _labelled(X, y)
    number = whole("seed", seed, 0)
    parts = StratifiedKFold(whole("folds", folds, 2), shuffle=True, random_state=number)
    return GridSearchCV(pipeline(seed=number), dict(grid), scoring="accuracy", cv=parts).fit(objects, classes)


def summarise(search: GridSearchCV) -> dict[str, Any]:
    """The result of a search as plain data.

    Parameters: ``search``, fitted.
    Returns: ``best``, the best setting, a dict; ``score``, its mean over the folds, a float; ``table``, for each
    setting in the order of the search a dict of the ``setting``, its scores in the ``folds`` (a list of floats), and
    their ``mean``.
    Raises: AttributeError for a search that is not fitted.
    Complexity: O(s folds) for s settings.
    Source: lecture 5, section 24; lecture only.
    """
    found = search.cv_results_
    folds = np.array([found[f"split{fold}_test_score"] for fold in range(search.n_splits_)])  # (folds, settings)
    table = [
        {"setting": dict(setting), "folds": scores.tolist(), "mean": float(mean)}
        for setting, scores, mean in zip(found["params"], folds.T, found["mean_test_score"], strict=True)
    ]
    return {"best": dict(search.best_params_), "score": float(search.best_score_), "table": table}


def accuracy(search: GridSearchCV, X: ArrayLike, y: ArrayLike) -> float:
    """The share of objects whose class is predicted by the best pipeline, as fitted to all objects of the search.

    Parameters: ``search``, fitted; ``X`` (n, m), ``y`` (n,), objects that it has not seen.
    Returns: a float from 0 to 1.
    Raises: ValueError naming ``X`` or ``y``.
    Complexity: O(n w) for w weights of the network.
    Source: lecture 5, section 24; lecture only.
    """
    objects, classes = _labelled(X, y)
    return float(np.mean(search.predict(objects) == classes))


def _labelled(X: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[Any]]:
    """Objects and as many classes. Raises ValueError naming ``X`` or ``y``."""
    objects, classes = matrix("X", X), np.asarray(y)
    if classes.shape != (len(objects),):
        raise ValueError(f"y must have a class for each of {len(objects)} objects")
    return objects, classes
