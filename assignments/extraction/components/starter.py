"""Independent and canonical components. Check it with `grader check extraction/components solution.py`."""

import numpy as np


def whiten(X: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """X (n, k) -> Z (n, k) with mean 0 and Z^T Z / n = I; the symmetric V (k, k); the mean (k,).

    z = V (x - mean) for each row, where V = C^(-1/2) and C is the covariance matrix, divided by n.
    """
    raise NotImplementedError("start here: np.linalg.eigh of the covariance matrix")


def fastica_step(Z: np.ndarray, W: np.ndarray, g: str = "tanh") -> np.ndarray:
    """One fixed-point step of all rows of W (k, k), then symmetric decorrelation; g is "tanh" or "cube"."""
    raise NotImplementedError("M first: E[z g(w z)] - E[g'(w z)] w for each row; then (M M^T)^(-1/2) M")


def fastica(
    X: np.ndarray, start: np.ndarray, g: str = "tanh", steps: int = 200, tol: float = 1e-6
) -> tuple[np.ndarray, np.ndarray, bool]:
    """X (n, k), start (k, k) -> sources S (n, k), unmixing (k, k), whether it converged; S = (X - mean) unmixing^T."""
    raise NotImplementedError("whiten, decorrelate start, then steps until no direction changes")


def cca(X: np.ndarray, Y: np.ndarray, k: int, ridge: float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """X (n, p), Y (n, q) -> A (p, k), B (q, k), correlations (k,), the largest first."""
    raise NotImplementedError("centre, whiten both sides of C_xy, decompose it, go back")
