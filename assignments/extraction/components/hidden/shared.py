"""What the suites share: mixtures of planted sources, tables with planted correlations, columns up to signs."""

import numpy as np

from grader.testing import assert_close
from grader.testing.inputs import orthogonal

LAWS = {
    "uniform": lambda rng, n: rng.uniform(-1.0, 1.0, size=n),
    "signs": lambda rng, n: rng.choice([-1.0, 1.0], size=n),
    "laplace": lambda rng, n: rng.laplace(size=n),
    "arcsine": lambda rng, n: np.sin(rng.uniform(0.0, 2 * np.pi, size=n)),
}


def sources(rng, n, laws):
    """Independent sources (n, k), none of them normal."""
    return np.stack([LAWS[law](rng, n) for law in laws], axis=1)


def mixing(rng, k):
    """A matrix (k, k) whose singular values lie from 0.5 to 2."""
    return orthogonal(rng, k) * rng.uniform(0.5, 2.0, size=k) @ orthogonal(rng, k)


def mixtures(rng, n, laws):
    """Mixtures (n, k) of such sources, away from the origin."""
    k = len(laws)
    return sources(rng, n, laws) @ mixing(rng, k) + rng.normal(size=k)


def covariance(centred):
    return centred.T @ centred / len(centred)


def tables(rng, n, p, q, correlations):
    """X (n, p) and Y (n, q) that have exactly these canonical correlations, and no others above 0."""
    white = rng.normal(size=(n, p + q))
    white = np.linalg.qr(white - white.mean(axis=0))[0] * np.sqrt(n)
    X, Y = white[:, :p], white[:, p:].copy()
    for i, r in enumerate(correlations):
        Y[:, i] = r * X[:, i] + np.sqrt(1 - r * r) * Y[:, i]
    return X @ mixing(rng, p) + rng.normal(size=p), Y @ mixing(rng, q) + rng.normal(size=q)


def parts(result, count, what):
    """The parts of a tuple that a function returned."""
    assert isinstance(result, tuple), f"{what} must return a tuple, not {type(result).__name__}"
    assert len(result) == count, f"{what} must return {count} things, not {len(result)}"
    return result


def near(found, expected, what, tolerance=1e-6):
    assert_close(found, expected, rtol=tolerance, atol=tolerance, what=what)


def same_columns(found, expected, what):
    """The same columns, but for their signs."""
    if isinstance(found, np.ndarray) and found.shape == expected.shape and found.dtype.kind in "iuf":
        found = found * np.where((found * expected).sum(axis=0) < 0, -1.0, 1.0)
    near(found, expected, what)
