"""Singular value decompositions of the tables themselves; no covariance matrix is ever formed."""

import numpy as np

SLOPES = {"tanh": lambda u: 1 / np.cosh(np.clip(u, -300, 300)) ** 2, "cube": lambda u: 3 * u * u}
VALUES = {"tanh": np.tanh, "cube": lambda u: u * u * u}


def table(name, values):
    values = np.asarray(values, dtype=float)
    if values.ndim != 2 or 0 in values.shape or not np.all(np.isfinite(values)):
        raise ValueError(f"{name}: a finite matrix with rows and columns is needed")
    return values


def square(name, values, k):
    values = table(name, values)
    if values.shape != (k, k):
        raise ValueError(f"{name}: the shape must be {(k, k)}")
    return values


def thin(name, centred):
    """U, s, V^T of a centred table of full rank."""
    U, s, Vt = np.linalg.svd(centred, full_matrices=False)
    if len(s) < centred.shape[1] or s[-1] <= 1e-6 * s[0]:
        raise ValueError(f"{name}: the columns depend on each other")
    return U, s, Vt


def whiten(X):
    X = table("X", X)
    mean = X.mean(0)
    U, s, Vt = thin("X", X - mean)
    n = len(X)
    return np.sqrt(n) * U @ Vt, np.sqrt(n) * Vt.T @ np.diag(1 / s) @ Vt, mean


def polar(name, M):
    U, s, Vt = np.linalg.svd(M)
    if s[-1] <= 1e-6 * s[0]:
        raise ValueError(f"{name} is singular")
    return U @ Vt


def fastica_step(Z, W, g="tanh"):
    Z = table("Z", Z)
    n, k = Z.shape
    W = square("W", W, k)
    if g not in VALUES:
        raise ValueError("g must be tanh or cube")
    U = W @ Z.T
    return polar("W", VALUES[g](U) @ Z / n - np.diag(SLOPES[g](U).mean(1)) @ W)


def fastica(X, start, g="tanh", steps=200, tol=1e-6):
    Z, V, mean = whiten(X)
    W = polar("start", square("start", start, len(V)))
    if steps < 1:
        raise ValueError("steps must be at least 1")
    if not tol > 0:
        raise ValueError("tol must be above 0")
    change, done = np.inf, 0
    while done < steps and not change < tol:
        W, old = fastica_step(Z, W, g), W
        change = np.max(np.abs(1 - np.abs(np.diag(W @ old.T))))
        done += 1
    unmixing = W @ V
    return (np.asarray(X, dtype=float) - mean) @ unmixing.T, unmixing, bool(change < tol)


def cca(X, Y, k, ridge=0.0):
    X, Y = table("X", X), table("Y", Y)
    n = len(X)
    if len(Y) != n:
        raise ValueError("Y must have as many rows as X")
    if not 1 <= k <= min(X.shape[1], Y.shape[1]):
        raise ValueError("k is out of its range")
    if ridge < 0:
        raise ValueError("ridge must not be negative")
    roots = []
    for name, values in (("X", X), ("Y", Y)):
        longer = np.vstack([values - values.mean(0), np.sqrt(n * ridge) * np.eye(values.shape[1])])
        _, s, Vt = thin(name, longer)
        roots.append((Vt.T / s) * np.sqrt(n))  # not symmetric: any root will do here
    P, d, Qt = np.linalg.svd(roots[0].T @ (X - X.mean(0)).T @ (Y - Y.mean(0)) @ roots[1] / n)
    A, B = roots[0] @ P[:, :k], roots[1] @ Qt.T[:, :k]
    for j in range(k):
        if A[np.argmax(np.abs(A[:, j])), j] < 0:
            A[:, j], B[:, j] = -A[:, j], -B[:, j]
    return A, B, d[:k]
