"""The support vector machine against scikit-learn (L01.svm_predict)."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics.pairwise import polynomial_kernel, rbf_kernel
from sklearn.svm import SVC

from reference.hyperparameters.selection.svm import linear_predict, linear_weights, svm_decision, svm_predict


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
