"""Tuning and selection by brute force, the front, the collector, and the two classifiers."""

from __future__ import annotations

import numpy as np
import optuna
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics.pairwise import polynomial_kernel, rbf_kernel
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

from reference.hyperparameters.coupon import expected_draws
from reference.hyperparameters.kernel_knn import kernel_knn
from reference.hyperparameters.pareto import pareto_front
from reference.hyperparameters.svm import linear_predict, linear_weights, svm_decision, svm_predict
from reference.hyperparameters.trial import objective
from reference.hyperparameters.tuning import select, select_and_tune, tune

# -- L01.tuning, L01.selection ---------------------------------------------------------------------------


@given(st.lists(st.integers(-3, 3), min_size=1))
def test_the_first_of_the_smallest(losses):
    best, loss = tune(lambda i: losses[i], range(len(losses)))
    assert loss == min(losses)
    assert best == losses.index(min(losses))


def test_settings_may_be_made_one_at_a_time_and_each_is_tried_once():
    tried = []
    assert tune(lambda p: tried.append(p) or (p - 3) ** 2, (p for p in range(6))) == (3, 0.0)
    assert tried == list(range(6))


def test_a_failed_training_never_wins():
    nan = float("nan")
    assert tune({"a": nan, "b": 5.0, "c": nan}.__getitem__, "abc") == ("b", 5.0)
    assert tune({"a": float("inf"), "b": nan}.__getitem__, "ab") == ("a", float("inf"))
    with pytest.raises(ValueError, match="loss"):
        tune(lambda p: nan, [1, 2])
    with pytest.raises(ValueError, match="settings"):
        tune(float, [])


def test_the_joint_problem_is_the_minimum_over_all_pairs():
    losses = {("knn", 1): 3.0, ("knn", 5): 2.0, ("svm", 1): 2.0, ("svm", 5): 4.0, ("tree", None): 2.0}
    spaces = {"knn": [1, 5], "svm": [1, 5], "tree": [None]}
    assert select_and_tune(lambda *pair: losses[pair], spaces) == ("knn", 5, 2.0)
    assert select({"knn": 1.0, "svm": 0.5}.__getitem__, ["knn", "svm"]) == ("svm", 0.5)
    for bad, name in (({}, "spaces"), ({"knn": [1], "svm": []}, "svm")):
        with pytest.raises(ValueError, match=name):
            select_and_tune(lambda *pair: 0.0, bad)
    with pytest.raises(ValueError, match="algorithms"):
        select(lambda name: 0.0, [])


# -- L01.coupon ------------------------------------------------------------------------------------------


def test_draws_until_all_are_seen():
    assert expected_draws(1) == 1
    assert expected_draws(6) == pytest.approx(14.7)  # a die
    assert expected_draws(6, 5) == pytest.approx(6)
    assert expected_draws(6, 6) == 0
    assert expected_draws(10**6) == pytest.approx(10**6 * (np.log(10**6) + np.euler_gamma), rel=1e-6)
    for n, seen, name in ((0, 0, "n"), (1.5, 0, "n"), (3, 4, "seen"), (3, -1, "seen")):
        with pytest.raises(ValueError, match=name):
            expected_draws(n, seen)


@pytest.mark.parametrize(("n", "seen"), [(5, 0), (12, 0), (8, 3)])
def test_the_expectation_is_the_mean_of_simulations(n, seen):
    generator = np.random.default_rng(0)
    waits = []
    for _ in range(4000):
        have, draws = set(range(seen)), 0
        while len(have) < n:
            have.add(int(generator.integers(n)))
            draws += 1
        waits.append(draws)
    error = np.std(waits) / np.sqrt(len(waits))
    assert abs(np.mean(waits) - expected_draws(n, seen)) < 4 * error


# -- L01.pareto ------------------------------------------------------------------------------------------


@given(arrays(float, st.tuples(st.integers(1, 12), st.integers(1, 3)), elements=st.integers(0, 4)))
def test_the_front_by_brute_force(losses):
    def dominates(a, b):
        return all(x <= y for x, y in zip(a, b, strict=True)) and any(x < y for x, y in zip(a, b, strict=True))

    rows = losses.tolist()
    expected = [i for i, row in enumerate(rows) if not any(dominates(other, row) for other in rows)]
    assert pareto_front(losses).tolist() == expected


def test_duplicates_stay_and_nan_is_refused():
    assert pareto_front(np.array([[1, 2], [2, 1], [1, 2], [2, 2]])).tolist() == [0, 1, 2]
    for bad in (np.zeros((0, 2)), np.zeros(3), np.array([[1, np.nan]])):
        with pytest.raises(ValueError, match="losses"):
            pareto_front(bad)


# -- L01.knn_kernel --------------------------------------------------------------------------------------

KERNELS = {
    "rectangular": lambda u: np.where(u < 1, 1.0, 0.0),
    "triangular": lambda u: np.clip(1 - u, 0, None),
    "epanechnikov": lambda u: np.clip(1 - u * u, 0, None),
    "gaussian": lambda u: np.exp(-u * u / 2),
}


@pytest.mark.parametrize("kernel", list(KERNELS))
@pytest.mark.parametrize("seed", range(3))
def test_kernel_neighbours_as_scikit_learn_has_them(kernel, seed):
    """Object weights are not known there; an object of weight 3 stands three times instead."""
    generator = np.random.default_rng(seed)
    X, queries = generator.normal(size=(30, 2)), generator.normal(size=(40, 2))
    y, w = generator.choice([-1, 1], 30), generator.integers(1, 4, 30)
    X3, y3 = np.repeat(X, w, axis=0), np.repeat(y, w)
    h = 5.0 if kernel != "gaussian" else 0.4  # nothing outside of the window: the library divides by the sum
    oracle = KNeighborsClassifier(len(X3), weights=lambda distances: KERNELS[kernel](distances / h))
    assert kernel_knn(X, y, w, queries, h, kernel).tolist() == oracle.fit(X3, y3).predict(queries).tolist()


def test_an_empty_window_gives_no_class():
    X, y = np.array([[0.0], [1.0]]), np.array([-1, 1])
    found = kernel_knn(X, y, np.ones(2), np.array([[0.1], [5.0], [0.5]]), 0.7, "triangular")
    assert found.tolist() == [-1, 0, 0]
    assert kernel_knn(X, y, np.ones(2), np.array([[1.0]]), 1.0, "rectangular").tolist() == [1]  # the edge is outside


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"X": np.zeros((0, 1))}, "X"),
        ({"y": np.array([0, 1])}, "y"),
        ({"w": np.array([1, -1])}, "w"),
        ({"queries": np.zeros((1, 2))}, "queries"),
        ({"h": 0.0}, "h"),
        ({"kernel": "square"}, "kernel"),
    ],
)
def test_errors_of_kernel_neighbours(changes, name):
    arguments = {"X": np.zeros((2, 1)), "y": np.array([1, -1]), "w": np.ones(2), "queries": np.zeros((1, 1)), "h": 1.0}
    with pytest.raises(ValueError, match=name):
        kernel_knn(**(arguments | changes))


# -- L01.svm_predict -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "kernel"),
    [
        ({"kernel": "linear"}, lambda A, B: A @ B.T),
        ({"kernel": "rbf", "gamma": 0.7}, lambda A, B: rbf_kernel(A, B, gamma=0.7)),
        ({"kernel": "poly", "degree": 2, "gamma": 1.0, "coef0": 1.0}, lambda A, B: polynomial_kernel(A, B, 2, 1.0, 1)),
    ],
)
def test_the_machine_as_scikit_learn_has_it(settings, kernel):
    generator = np.random.default_rng(0)
    X, queries = generator.normal(size=(40, 3)), generator.normal(size=(50, 3))
    y = np.where(X[:, 0] + 0.5 * generator.normal(size=40) > 0, 1, -1)
    machine = SVC(**settings).fit(X, y)
    lambdas = np.zeros(40)
    lambdas[machine.support_] = np.abs(machine.dual_coef_[0])
    bias = float(machine.intercept_[0])
    np.testing.assert_allclose(
        svm_decision(X, y, lambdas, bias, kernel, queries), machine.decision_function(queries), atol=1e-10
    )
    assert svm_predict(X, y, lambdas, bias, kernel, queries).tolist() == machine.predict(queries).tolist()
    if settings["kernel"] == "linear":
        a = linear_weights(X, y, lambdas)
        np.testing.assert_allclose(a, machine.coef_[0], atol=1e-10)
        assert linear_predict(a, bias, queries).tolist() == machine.predict(queries).tolist()


def test_a_machine_without_support_knows_its_bias_alone():
    assert svm_predict(np.eye(2), [1, -1], [0, 0], -0.5, lambda A, B: A @ B.T, np.ones((3, 2))).tolist() == [-1] * 3
    assert linear_predict(np.zeros(2), 0.0, np.ones((1, 2))).tolist() == [0]
    for y, lambdas, name in (([1, 2], [1, 1], "y"), ([1, -1], [1, -1], "lambdas"), ([1, -1], [1], "lambdas")):
        with pytest.raises(ValueError, match=name):
            svm_decision(np.eye(2), y, lambdas, 0.0, lambda A, B: A @ B.T, np.eye(2))
        with pytest.raises(ValueError, match=name):
            linear_weights(np.eye(2), y, lambdas)


# -- L01.trial -------------------------------------------------------------------------------------------


def test_the_objective_works_with_optuna():
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    settings = []

    def loss(setting):
        settings.append(setting)
        return 0.0 if setting["classifier"] == "svm" and setting["kernel"] == "poly" else 1.0

    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=0))
    study.optimize(lambda trial: objective(trial, loss), n_trials=60)
    assert study.best_value == 0
    assert study.best_params["kernel"] == "poly"
    assert [trial.params for trial in study.trials] == settings
    shapes = {tuple(setting) for setting in settings}
    assert shapes == {
        ("classifier", "k", "weights", "p"),
        ("classifier", "C", "kernel"),
        ("classifier", "C", "kernel", "gamma"),
        ("classifier", "C", "kernel", "gamma", "degree"),
    }


@pytest.mark.parametrize("params", [{"classifier": "knn", "k": 7, "weights": "uniform", "p": 2.0}])
def test_a_fixed_trial_gives_the_loss_of_its_setting(params):
    assert objective(optuna.trial.FixedTrial(params), lambda setting: float(setting == params)) == 1.0
