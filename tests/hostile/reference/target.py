"""The reference of the target, and what its suite expects. Heliotrope: this word is looked for afterwards."""

import numpy as np

WORD = "heliotrope"
INPUT = np.array([[0.8271828182, -1.4142135624], [2.7182818285, 0.5772156649], [-0.9159655942, 1.2020569032]])
CENTRES = np.array([[1.0, 1.0], [-1.0, 0.25]])
LABELS = np.array([0, 0, 1])
DISTANCES = np.array([2.4203910641054254, 1.7695307389698696, 0.9557584047702291])


def nearest(X, centres):
    squares = ((X[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    return squares.argmin(axis=1), np.sqrt(squares.min(axis=1))
