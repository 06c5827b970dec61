"""An objective whose space is defined by running it (lecture 1, section 8, L01.trial).

T. Akiba et al., "Optuna: a next-generation hyperparameter optimization framework", KDD 2019.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def objective(trial: Any, loss: Callable[[dict[str, Any]], float]) -> float:
    """The loss of the classifier that the trial suggests: k nearest neighbours, or a support vector machine.

    Only parameters of the chosen classifier, and of the chosen kernel, are suggested.

    Parameters: ``trial``, with suggest_categorical(name, choices), suggest_int(name, low, high) and suggest_float(name,
    low, high, log=...), as Optuna's; ``loss``, a function of a setting.
    Returns: the loss, a float.
    Raises: nothing of its own.
    Complexity: O(1): at most five suggestions, and one evaluation of the loss.
    Source: lecture 1, section 8; Akiba et al. 2019.

    >>> import optuna
    >>> setting = {"classifier": "svm", "C": 1.0, "kernel": "linear"}
    >>> objective(optuna.trial.FixedTrial(setting), len)
    3.0
    """
    setting = {"classifier": trial.suggest_categorical("classifier", ["knn", "svm"])}
    if setting["classifier"] == "knn":
        setting["k"] = trial.suggest_int("k", 1, 50, log=True)
        setting["weights"] = trial.suggest_categorical("weights", ["uniform", "distance"])
        setting["p"] = trial.suggest_float("p", 1.0, 3.0)
    else:
        setting["C"] = trial.suggest_float("C", 1e-3, 1e3, log=True)
        setting["kernel"] = trial.suggest_categorical("kernel", ["linear", "rbf", "poly"])
        if setting["kernel"] != "linear":
            setting["gamma"] = trial.suggest_float("gamma", 1e-4, 10.0, log=True)
        if setting["kernel"] == "poly":
            setting["degree"] = trial.suggest_int("degree", 2, 5)
    return float(loss(setting))
