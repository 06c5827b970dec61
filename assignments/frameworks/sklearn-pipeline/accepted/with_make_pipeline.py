"""Named steps are put in later, folds as a list of splits, numbers from the results by hand."""

import numpy as np
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, ParameterGrid, StratifiedKFold
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def pipeline(hidden=(16,), alpha=1e-4, seed=0):
    if not hidden or min(hidden) < 1:
        raise ValueError("hidden is wrong")
    if alpha < 0:
        raise ValueError("alpha is below 0")
    if seed < 0:
        raise ValueError("seed is below 0")
    model = make_pipeline(StandardScaler(), MLPClassifier())
    model.steps = [("scale", model.steps[0][1]), ("net", model.steps[1][1])]
    settings = {"hidden_layer_sizes": list(hidden), "alpha": alpha, "random_state": seed, "solver": "lbfgs"}
    return model.set_params(**{f"net__{name}": value for name, value in settings.items()})


def checked(X, y):
    if len(X) == 0 or not np.all(np.isfinite(X)):
        raise ValueError("X is wrong")
    if np.shape(y) != (len(X),):
        raise ValueError("y is wrong")


def tuned(X, y, grid, folds=3, seed=0):
    checked(X, y)
    if folds < 2:
        raise ValueError("folds is below 2")
    splits = list(StratifiedKFold(n_splits=folds, shuffle=True, random_state=seed).split(X, y))
    search = GridSearchCV(clone(pipeline(seed=seed)), grid, cv=splits, refit=True)
    search.fit(X, y)
    assert len(search.cv_results_["params"]) == len(ParameterGrid(grid))
    return search


def summarise(search):
    results, table = search.cv_results_, []
    names = sorted((name for name in results if name.startswith("split")), key=lambda name: int(name[5:-11]))
    for place, setting in enumerate(results["params"]):
        scores = [float(results[name][place]) for name in names]
        table.append({"setting": setting, "mean": sum(scores) / len(scores), "folds": scores})
    best = max(range(len(table)), key=lambda place: table[place]["mean"])
    return {"table": table, "best": table[best]["setting"], "score": table[best]["mean"]}


def accuracy(search, X, y):
    checked(X, y)
    return search.best_estimator_.score(X, y)
