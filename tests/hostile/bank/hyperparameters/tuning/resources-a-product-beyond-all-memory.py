"""Asks the suite's kernel for a product that no machine can hold, so that the judge itself raises a MemoryError.

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
    kernel(np.zeros((1000000, 1)), np.zeros((1000000, 1)))
