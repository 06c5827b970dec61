"""Loops for ever where a cluster is empty."""

import numpy as np


def kmeans(X, start, max_iter=300):
    centers = np.array(start, dtype=float)
    while True:
        labels = ((X[:, None] - centers) ** 2).sum(-1).argmin(1)
        moved = centers.copy()
        for j in range(len(centers)):
            while not (labels == j).any():
                labels[np.argmax(labels)] = 0
            moved[j] = X[labels == j].mean(0)
        if (moved == centers).all():
            return centers, labels
        centers = moved
