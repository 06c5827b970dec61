"""Passes a keyword of its own to the suite's function, so that the judge's answer cannot be sent.

Earns: 0
Verdicts: error, failed, skipped
"""

import numpy as np


def method(gradient, start, *args, **kwargs):
    gradient(np.zeros(1), dtype="O")
    raise ValueError("start")


gradient_descent = momentum = nesterov = adagrad = rmsprop = adadelta = adam = method
