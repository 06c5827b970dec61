"""Asks the suite's kernel for the product of two long columns: 14,000 x 14,000 numbers in the judge.

Earns: 0
Verdicts: error, failed, memory, skipped, timeout
"""

import numpy as np


def refuse(*args, **kwargs):
    raise ValueError("x")


tune = select = select_and_tune = expected_draws = kernel_knn = svm_predict = refuse
linear_weights = linear_predict = objective = refuse
pareto_front = refuse


def svm_decision(X, y, lambdas, bias, kernel, queries):
    kernel(np.ones((14000, 1)), np.ones((14000, 1)))
