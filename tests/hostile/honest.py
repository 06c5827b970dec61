"""A right solution of the target. Attacks are uploaded beside it and replace what they attack."""

import numpy as np


def nearest(X, centres):
    squares = ((X[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    return squares.argmin(axis=1), np.sqrt(squares.min(axis=1))


def minimum(f, start):
    left, right = start - 8.0, start + 8.0
    while right - left > 1e-5:
        third = (right - left) / 3
        if f(left + third) < f(right - third):
            right -= third
        else:
            left += third
    return (left + right) / 2


class Centres:
    def __init__(self, centres):
        self.centres = centres

    def predict(self, X):
        return nearest(X, self.centres)[0]

    def __iter__(self):
        return iter(range(len(self.centres)))
