"""Batch normalisation, forward and backward (lecture 3, section 18, L03.batchnorm).

S. Ioffe, C. Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate shift",
International Conference on Machine Learning (2015).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix
from reference.checks.numbers import positive, probability, whole


class BatchNorm:
    """``y = gamma (x - mean) / sqrt(variance + eps) + beta`` by columns.

    In training mean and variance are those of the batch, the variance divided by n. The running statistics then take a
    step, ``r <- (1 - momentum) r + momentum s``, where s is the batch's mean, or its variance divided by n - 1. In
    prediction the running statistics are used and stay as they are. ``backward(dY)`` belongs to the last forward pass,
    of either kind, and writes new gradients over the old ones.

    Parameters: ``d`` features; ``eps`` above 0; ``momentum`` from 0 to 1.
    Returns: a layer with ``gamma``, ``beta``, ``running_mean``, ``running_var``, ``gamma_gradient`` and
    ``beta_gradient``, each (d,); ``forward(X, train=True)`` and ``backward(dY)`` return (n, d).
    Raises: ValueError naming ``d``, ``eps`` or ``momentum``, and in the methods ``X`` (other features, or one object in
    training) or ``dY`` (other shape than the last ``X``).
    Complexity: O(n d) a pass, forward or backward; memory O(n d).
    Source: lecture 3, section 18; Ioffe, Szegedy 2015.

    >>> BatchNorm(1, eps=1e-9).forward([[1.0], [3.0]]).round(6).tolist()
    [[-1.0], [1.0]]
    """

    def __init__(self, d: int, eps: float = 1e-5, momentum: float = 0.1) -> None:
        self.d = whole("d", d)
        self.eps, self.momentum = positive("eps", eps), probability("momentum", momentum)
        self.gamma, self.beta = np.ones(self.d), np.zeros(self.d)
        self.running_mean, self.running_var = np.zeros(self.d), np.ones(self.d)
        self.gamma_gradient, self.beta_gradient = np.zeros(self.d), np.zeros(self.d)
        self._normal, self._deviation, self._trained = np.zeros((0, self.d)), np.ones(self.d), True

    def forward(self, X: ArrayLike, train: bool = True) -> Floats:
        """The batch normalised by its own statistics, or by the running ones where ``train`` is False."""
        batch = matrix("X", X, self.d)
        if train:
            mean, variance = self._of_batch(batch)
        else:
            mean, variance = self.running_mean, self.running_var
        self._deviation = np.sqrt(variance + self.eps)
        self._normal = (batch - mean) / self._deviation  # (n, d)
        self._trained = train
        return np.asarray(self.gamma * self._normal + self.beta)

    def _of_batch(self, batch: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of the batch, after a step of the running statistics."""
        n = len(batch)
        if n < 2:
            raise ValueError("X must hold at least two objects in training")
        mean, variance = batch.mean(axis=0), batch.var(axis=0)
        self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
        self.running_var = (1 - self.momentum) * self.running_var + self.momentum * variance * n / (n - 1)
        return mean, variance

    def backward(self, dY: ArrayLike) -> Floats:
        """The gradient by the last ``X``; those by gamma and beta are attributes afterwards."""
        gradient = matrix("dY", dY, self.d)
        if gradient.shape != self._normal.shape:
            raise ValueError(f"dY must be of shape {self._normal.shape}, not {gradient.shape}")
        self.gamma_gradient = (gradient * self._normal).sum(axis=0)
        self.beta_gradient = gradient.sum(axis=0)
        inner = gradient * self.gamma  # by the normalised values
        if self._trained:
            inner = inner - inner.mean(axis=0) - self._normal * (inner * self._normal).mean(axis=0)
        return np.asarray(inner / self._deviation)
