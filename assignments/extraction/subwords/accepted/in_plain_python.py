"""Column by column, in plain Python."""

import math

import numpy as np


def subwords(X):
    if np.ndim(X) != 2 or 0 in np.shape(X):
        raise ValueError("X is no matrix")
    columns = []
    for column in zip(*X.tolist()):
        if not all(map(math.isfinite, column)):
            raise ValueError("X has a value that is no number")
        mean = sum(column) / len(column)
        deviation = math.sqrt(sum((x - mean) ** 2 for x in column) / len(column))
        constant = min(column) == max(column)
        columns.append([0.0 if constant else (x - mean) / deviation for x in column])
    return np.array(columns).T
