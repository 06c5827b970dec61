"""Everything by singular values and projectors; loops where they are plain; distances by the norm of differences."""

import numpy as np


def table(name, values, rows=None, columns=None):
    try:
        a = np.array(values, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name}: numbers are needed") from None
    if a.ndim != 2 or 0 in a.shape or not np.isfinite(a).all():
        raise ValueError(f"{name}: a finite matrix is needed")
    if rows not in (None, a.shape[0]) or columns not in (None, a.shape[1]):
        raise ValueError(f"{name}: wrong shape {a.shape}")
    return a


def flip(vectors):
    for j in range(vectors.shape[1]):
        if max(vectors[:, j]) < -min(vectors[:, j]):
            vectors[:, j] *= -1
    return vectors


def shifted(F, center):
    F = table("F", F)
    mean = np.mean(F, axis=0) if center else np.zeros(F.shape[1])
    return F - mean, mean


def pca(F, m, center=True):
    F, mean = shifted(F, center)
    sizes, Vt = np.linalg.svd(F, full_matrices=True)[1:]
    values = np.zeros(F.shape[1])
    values[: len(sizes)] = sizes**2
    rank = sum(values > 1e-10 * values[0])
    if not 1 <= m <= rank:
        raise ValueError(f"m must be from 1 to {rank}")
    U = flip(Vt[:m].T.copy())
    return np.dot(F, U), U, values, mean


def spectrum(values):
    values = np.asarray(values, dtype=float)
    if values.ndim != 1 or values.min() < 0 or values.max() == 0:
        raise ValueError("values: not negative, not all zero")
    return values


def lost(values, k):
    values = spectrum(values)
    if k < 0 or k > values.size:
        raise ValueError("k is out of range")
    return 1.0 - values[:k].sum() / values.sum()


def choose(values, share):
    if share < 0 or share > 1:
        raise ValueError("share is no share")
    values = spectrum(values)
    kept = np.cumsum(values) / values.sum()
    return int(np.argmax(kept >= 1 - share)) + 1


def restore(G, U, mean):
    G, U = table("G", G), table("U", U)
    if U.shape[1] != G.shape[1]:
        raise ValueError("U has other components than G")
    mean = np.asarray(mean, dtype=float)
    if mean.shape != (len(U),):
        raise ValueError("mean has another length")
    return np.einsum("lm,nm->ln", G, U) + mean


def pca_iterative(F, start, center=True, tol=1e-10, max_iter=1000):
    F, mean = shifted(F, center)
    start = table("start", start, rows=F.shape[1])
    if tol < 0:
        raise ValueError("tol is negative")
    if max_iter < 1:
        raise ValueError("max_iter is below 1")
    found, rest, total = [], F.copy(), (F**2).sum()

    def orthogonal(c, least):
        for earlier in found + found:  # twice: what rounding left goes the second time
            c = c - (c @ earlier) * earlier
        if np.linalg.norm(c) <= least:
            raise ValueError("start gives no direction")
        return c / np.linalg.norm(c)

    for j in range(start.shape[1]):
        c = orthogonal(start[:, j], 0)
        for _ in range(max_iter):
            before, c = c, orthogonal(rest.T @ (rest @ c), 1e-10 * total)
            if np.linalg.norm(before - c) <= tol:
                break
        found.append(c)
        rest = rest - np.outer(rest @ c, c)
    U = flip(np.stack(found, axis=1))
    G = F @ U
    return G, U, np.diag(G.T @ G).copy(), mean


def independent(name, A):
    if np.linalg.matrix_rank(A, tol=1e-10 * np.linalg.norm(A, 2)) < A.shape[1]:
        raise ValueError(f"{name} has dependent columns")


def one_step(F, U, name):
    independent(name, U)
    G = F @ np.linalg.pinv(U).T
    independent(name, G)
    return G, (np.linalg.pinv(G) @ F).T


def em_step(F, U):
    F = table("F", F)
    return one_step(F, table("U", U, rows=F.shape[1]), "U")


def empca(F, start, steps, center=True):
    F, mean = shifted(F, center)
    U = table("start", start, rows=F.shape[1])
    if steps < 1:
        raise ValueError("steps is below 1")
    while steps:
        U = one_step(F, U, "start")[1]
        steps -= 1
    basis = np.linalg.svd(U, full_matrices=False)[0]
    return F @ basis, basis, mean


def largest(S, m):
    values, vectors = np.linalg.eigh((S + S.T) / 2)
    order = np.argsort(values)[::-1]
    values, vectors = values[order], vectors[:, order]
    if m < 1 or m > sum(values > 1e-10 * max(abs(values))):
        raise ValueError("m is out of range")
    return values[:m], flip(vectors[:, :m].copy())


def centring(n):
    return np.eye(n) - np.full((n, n), 1 / n)


def symmetric(name, S):
    S = table(name, S)
    if S.shape[0] != S.shape[1] or not np.allclose(S, S.T):
        raise ValueError(f"{name} is not symmetric")
    return S


def kernel_pca(K, m):
    K = symmetric("K", K)
    H = centring(len(K))
    values, A = largest(H @ K @ H, m)
    return A @ np.diag(values**0.5), A, values


def kernel_transform(K_new, K, A, values):
    K = symmetric("K", K)
    K_new = table("K_new", K_new, columns=len(K))
    A = table("A", A, rows=len(K))
    values = np.asarray(values, dtype=float)
    if values.shape != (A.shape[1],) or min(values) <= 0:
        raise ValueError("values must be m positive numbers")
    rows = [(row - K.mean(axis=0)) @ centring(len(K)) @ A / values**0.5 for row in K_new]
    return np.array(rows)


def as_distances(D):
    D = symmetric("D", D)
    if D.min() < 0 or np.trace(np.abs(D)) > 0:
        raise ValueError("D holds no distances")
    return D


def classical_mds(D, m):
    D = as_distances(D)
    H = centring(len(D))
    values, V = largest(-H @ (D * D) @ H / 2, m)
    return V * values**0.5


def stress(D, Y):
    D = as_distances(D)
    Y = table("Y", Y, rows=len(D))
    total = 0.0
    for i in range(len(D)):
        for j in range(i):
            total += (D[i, j] - np.linalg.norm(Y[i] - Y[j])) ** 2
    return total


def smacof(D, start, steps):
    D = as_distances(D)
    Y = table("start", start, rows=len(D))
    if steps < 1:
        raise ValueError("steps is below 1")
    history = [stress(D, Y)]
    for _ in range(steps):
        moved = np.zeros_like(Y)
        for i in range(len(D)):
            for j in range(len(D)):
                length = np.linalg.norm(Y[i] - Y[j])
                if length > 0:
                    moved[i] += D[i, j] / length * (Y[i] - Y[j])
        Y = moved / len(D)
        history.append(stress(D, Y))
    return Y, np.array(history)
