"""Each fold and each object in a loop of its own; the network is made with all its settings."""

import numpy as np
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler


def pipeline(hidden=(16,), alpha=1e-4, seed=0):
    if len(hidden) == 0 or min(hidden) < 1:
        raise ValueError("hidden must hold sizes of at least 1")
    if alpha < 0:
        raise ValueError("alpha must not be negative")
    net = MLPClassifier(hidden_layer_sizes=hidden, alpha=alpha, solver="lbfgs", max_iter=200, random_state=seed)
    return Pipeline([("scale", StandardScaler()), ("net", net)])


def check(X, y):
    if len(X) == 0:
        raise ValueError("X must not be empty")
    if y.shape != (len(X),):
        raise ValueError("y must hold one class for each row of X")


def tuned(X, y, grid, folds=3, seed=0):
    check(X, y)
    if folds < 2:
        raise ValueError("folds must be at least 2")
    cv = StratifiedKFold(n_splits=folds, shuffle=True, random_state=seed)
    search = GridSearchCV(pipeline(seed=seed), grid, scoring="accuracy", cv=cv)
    search.fit(X, y)
    return search


def summarise(search):
    results = search.cv_results_
    table = []
    for i in range(len(results["params"])):
        folds = []
        for k in range(search.n_splits_):
            folds.append(float(results[f"split{k}_test_score"][i]))
        table.append({"setting": dict(results["params"][i]), "folds": folds, "mean": float(np.mean(folds))})
    return {"best": dict(search.best_params_), "score": float(search.best_score_), "table": table}


def accuracy(search, X, y):
    check(X, y)
    right = 0
    for guess, answer in zip(search.predict(X), y):
        if guess == answer:
            right += 1
    return right / len(X)
