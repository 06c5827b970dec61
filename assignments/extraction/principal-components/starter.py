"""Principal components and their relatives: fill in the functions below.

Check them at home with `grader check extraction/principal-components solution.py`. Objects are rows. All results are
new arrays of floats; the arguments stay as they were; bad arguments are a ValueError that names the argument.
"""

import numpy as np


def pca(F: np.ndarray, m: int, center: bool = True) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """G (l, m), U (n, m), all n eigenvalues in descending order, and the mean (n,); F is (l, n)."""
    raise NotImplementedError("start with the mean and the eigenvectors of the centred F^T F")


def lost(values: np.ndarray, k: int) -> float:
    """E(k): the eigenvalues that are left out, over all."""
    raise NotImplementedError("a quotient of two sums")


def choose(values: np.ndarray, share: float) -> int:
    """The smallest k of at least 1 with E(k) <= share."""
    raise NotImplementedError("try k = 1, 2, ...")


def restore(G: np.ndarray, U: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """The objects (l, n) from their components G (l, m)."""
    raise NotImplementedError("a product and a sum")


def pca_iterative(
    F: np.ndarray, start: np.ndarray, center: bool = True, tol: float = 1e-10, max_iter: int = 1000
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """G (l, m), U (n, m), values (m,), mean (n,): component i is iterated from column i of start (n, m)."""
    raise NotImplementedError("start with one component: multiply by F^T F, divide by the length, again")


def em_step(F: np.ndarray, U: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """G (l, m) by least squares for this U, then the new U (n, m) by least squares for this G; no centring."""
    raise NotImplementedError("write down the two systems of equations")


def empca(
    F: np.ndarray, start: np.ndarray, steps: int, center: bool = True
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """G (l, m), an orthonormal basis U (n, m), and the mean (n,), after `steps` of em_step from start (n, m)."""
    raise NotImplementedError("em_step in a loop, then an orthonormal basis")


def kernel_pca(K: np.ndarray, m: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Z (l, m), unit eigenvectors A (l, m) of the centred K (l, l), and their m eigenvalues."""
    raise NotImplementedError("start with the centring of rows and columns")


def kernel_transform(K_new: np.ndarray, K: np.ndarray, A: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The components (q, m) of new objects; K_new is (q, l)."""
    raise NotImplementedError("which means are those of the training objects")


def classical_mds(D: np.ndarray, m: int) -> np.ndarray:
    """Coordinates (n, m) from the distances D (n, n)."""
    raise NotImplementedError("squares, centring, -1/2, eigenvectors")


def stress(D: np.ndarray, Y: np.ndarray) -> float:
    """The sum of (D_ij - ||y_i - y_j||)^2 over the pairs i < j."""
    raise NotImplementedError("each pair once")


def smacof(D: np.ndarray, start: np.ndarray, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """The points Y (n, m) after so many steps, and the stress (steps + 1,): of start, then after each step."""
    raise NotImplementedError("start with the matrix B of one step")
