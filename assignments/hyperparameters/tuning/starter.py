"""Algorithm selection. Check it with `grader check hyperparameters/tuning solution.py`."""

import numpy as np


def tune(loss, settings) -> tuple:
    """The first setting with the smallest loss, and that loss."""
    raise NotImplementedError("start here: one pass over the settings")


def select(loss, algorithms: list) -> tuple:
    """The first algorithm with the smallest loss, and that loss."""
    raise NotImplementedError("an algorithm is a hyperparameter, too")


def select_and_tune(loss, spaces: dict) -> tuple:
    """The algorithm, its setting and their loss(algorithm, setting)."""
    raise NotImplementedError("all pairs")


def evaluations_to_reach(losses: list[float], required: float) -> int | None:
    """The number of evaluations up to the first loss that is not greater than the required one."""
    raise NotImplementedError("which loss is the first that is small enough?")


def expected_draws(n: int, seen: int = 0) -> float:
    """The expected number of draws until all n values have been seen."""
    raise NotImplementedError("how long does one new value take?")


def pareto_front(losses: np.ndarray) -> np.ndarray:
    """Indices of the rows that no other row dominates."""
    raise NotImplementedError("for each row: is there one that is nowhere greater and somewhere smaller?")


def constrained_minimum(losses: np.ndarray, j: int, bounds: dict[int, float]) -> int | None:
    """The index of the row with the smallest loss j among those whose other losses keep their bounds."""
    raise NotImplementedError("which rows are admissible, and which of these is the best?")


def kernel_knn(X, y, w, queries, h: float, kernel: str = "gaussian") -> np.ndarray:
    """The classes -1, 0 or 1 of the queries."""
    raise NotImplementedError("distances of shape (q, n), a kernel of them, a weighted vote")


def svm_decision(X, y, lambdas, bias: float, kernel, queries) -> np.ndarray:
    """The sums whose signs are the classes."""
    raise NotImplementedError("kernel(queries, X) has the shape (q, n)")


def svm_predict(X, y, lambdas, bias: float, kernel, queries) -> np.ndarray:
    """The classes -1, 0 or 1 of the queries."""
    raise NotImplementedError("signs, as integers")


def linear_weights(X, y, lambdas) -> np.ndarray:
    """The coefficients of the same machine with the linear kernel."""
    raise NotImplementedError("take the coordinates of the query out of the sum")


def linear_predict(a, bias: float, queries) -> np.ndarray:
    """The classes -1, 0 or 1 of the queries."""
    raise NotImplementedError("signs, as integers")


def objective(trial, loss) -> float:
    """The loss of the classifier that the trial suggests."""
    raise NotImplementedError("ask the trial for the classifier first")
