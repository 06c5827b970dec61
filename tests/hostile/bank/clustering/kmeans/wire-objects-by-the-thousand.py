"""A right solution that answers its last call with ten thousand objects: all of their tokens are sent back.

Earns: 29/2
Verdicts: failed
"""

import numpy as np


class Thing:
    pass


Thing.__name__ = "T" * 10_000


def kmeans(X, start, max_iter=300):
    if any(a.ndim != 2 or 0 in a.shape or not np.isfinite(a).all() for a in (X, start)) or max_iter < 1:
        raise ValueError("X, start or max_iter")
    if start.shape[1] != X.shape[1]:
        return [Thing() for _ in range(10_000)]
    C = np.array(start, float)
    labels = None
    for _ in range(max_iter):
        new = ((X[:, None, :] - C[None]) ** 2).sum(-1).argmin(1)
        if labels is not None and (new == labels).all():
            break
        labels = new
        for j in range(len(C)):
            if (labels == j).any():
                C[j] = X[labels == j].mean(0)
    return C, ((X[:, None, :] - C[None]) ** 2).sum(-1).argmin(1)
