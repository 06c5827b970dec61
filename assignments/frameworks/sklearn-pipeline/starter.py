"""A network in a scikit-learn pipeline: fill in the functions below.

Check the file at home with `grader check frameworks/sklearn-pipeline solution.py`.
"""

import numpy as np
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline


def pipeline(hidden: tuple[int, ...] = (16,), alpha: float = 1e-4, seed: int = 0) -> Pipeline:
    """The steps "scale", a StandardScaler, and "net", an MLPClassifier (lbfgs, 200 iterations); not fitted."""
    raise NotImplementedError("Pipeline takes a list of pairs (name, step)")


def tuned(X: np.ndarray, y: np.ndarray, grid: dict, folds: int = 3, seed: int = 0) -> GridSearchCV:
    """A fitted search for the setting of the grid with the best accuracy, in stratified shuffled folds."""
    raise NotImplementedError("what is to be fitted anew in each fold?")


def summarise(search: GridSearchCV) -> dict:
    """{"best": setting, "score": float, "table": [{"setting": …, "folds": […], "mean": …}, …]}."""
    raise NotImplementedError("print the keys of search.cv_results_ first")


def accuracy(search: GridSearchCV, X: np.ndarray, y: np.ndarray) -> float:
    """The share of new objects whose class the best pipeline tells."""
    raise NotImplementedError("a fitted search is itself a classifier")
