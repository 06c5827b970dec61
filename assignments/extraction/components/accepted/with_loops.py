"""Loops over directions and objects, decorrelation by iteration, and canonical correlations as an eigenvalue problem."""

import math

import numpy as np


def _table(name, values, columns=None):
    a = np.array(values, dtype=float)
    if a.ndim != 2 or a.size == 0 or not np.isfinite(a).all() or (columns and a.shape[1] != columns):
        raise ValueError(name + " is no such matrix")
    return a


def _covariance(name, X, Y, ridge=0.0):
    C = np.array([[float(np.dot(x, y)) / len(x) for y in Y.T] for x in X.T])
    if name:
        C += ridge * np.eye(len(C))
        values = np.linalg.eigvalsh(C)
        if values[0] <= 1e-12 * values[-1]:
            raise ValueError(name + " has columns that depend on each other")
    return C


def whiten(X):
    X = _table("X", X)
    mean = np.array([math.fsum(column) / len(column) for column in X.T])
    C = _covariance("X", X - mean, X - mean)
    values, vectors = np.linalg.eigh(C)
    V = sum(np.outer(v, v) / math.sqrt(value) for value, v in zip(values, vectors.T))
    return np.array([V @ (x - mean) for x in X]), V, mean


def _turn(name, M):
    """Björck's iteration for the nearest orthogonal matrix."""
    if np.linalg.matrix_rank(M, tol=1e-6 * np.abs(M).max()) < len(M):
        raise ValueError(name + " is singular")
    W = M / np.linalg.norm(M, 2)
    for _ in range(200):
        better = 1.5 * W - 0.5 * W @ W.T @ W
        if np.abs(better - W).max() < 1e-15:
            break
        W = better
    return better


def fastica_step(Z, W, g="tanh"):
    Z = _table("Z", Z)
    k = Z.shape[1]
    W = _table("W", W, k)
    if len(W) != k:
        raise ValueError("W must be square")
    if g == "tanh":
        function, slope = math.tanh, lambda u: 1 - math.tanh(u) ** 2
    elif g == "cube":
        function, slope = (lambda u: u**3), (lambda u: 3 * u**2)
    else:
        raise ValueError("g is unknown")
    rows = []
    for w in W:
        total, slopes = np.zeros(k), 0.0
        for z in Z:
            u = float(w @ z)
            total += z * function(u)
            slopes += slope(u)
        rows.append((total - slopes * w) / len(Z))
    return _turn("W", np.array(rows))


def fastica(X, start, g="tanh", steps=200, tol=1e-6):
    Z, V, _ = whiten(X)
    k = len(V)
    if steps < 1:
        raise ValueError("steps")
    if tol <= 0:
        raise ValueError("tol")
    W = _table("start", start, k)
    if len(W) != k:
        raise ValueError("start must be square")
    W = _turn("start", W)
    for _ in range(steps):
        new = fastica_step(Z, W, g)
        still = all(abs(1 - abs(float(a @ b))) < tol for a, b in zip(new, W))
        W = new
        if still:
            return Z @ W.T, W @ V, True
    return Z @ W.T, W @ V, False


def cca(X, Y, k, ridge=0):
    X, Y = _table("X", X), _table("Y", Y)
    if len(X) != len(Y):
        raise ValueError("X and Y have different numbers of rows")
    if k < 1 or k > X.shape[1] or k > Y.shape[1]:
        raise ValueError("k")
    if ridge < 0:
        raise ValueError("ridge")
    X, Y = X - X.mean(axis=0), Y - Y.mean(axis=0)
    Cxx, Cyy, Cxy = _covariance("X", X, X, ridge), _covariance("Y", Y, Y, ridge), _covariance("", X, Y)
    L = np.linalg.cholesky(Cxx)
    M = np.linalg.solve(L, Cxy)
    values, vectors = np.linalg.eigh(M @ np.linalg.solve(Cyy, M.T))  # squares of the correlations
    A, B, correlations = [], [], []
    for i in np.argsort(-values)[:k]:
        r = math.sqrt(max(values[i], 0.0))
        a = np.linalg.solve(L.T, vectors[:, i])
        a = a * np.sign(a[np.argmax(np.abs(a))])
        A.append(a)
        B.append(np.linalg.solve(Cyy, Cxy.T @ a) / r)
        correlations.append(r)
    return np.array(A).T, np.array(B).T, np.array(correlations)
