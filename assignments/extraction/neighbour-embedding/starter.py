"""SNE and t-SNE: fill in the functions below.

Check them at home with `grader check extraction/neighbour-embedding solution.py`.
"""

import numpy as np
from torch import Tensor, nn


def kl(p: np.ndarray, q: np.ndarray) -> float:
    """sum p ln(p / q) over all entries; terms with p = 0 are 0, infinity where q = 0 < p."""
    raise NotImplementedError("which entries count")


def kl_gaussian(m1: np.ndarray, S1: np.ndarray, m2: np.ndarray, S2: np.ndarray) -> float:
    """KL(N(m1, S1) || N(m2, S2)) for means (k,) and covariances (k, k)."""
    raise NotImplementedError("the logarithm of a determinant without the determinant")


def conditional(X: np.ndarray, perplexity: float) -> tuple[np.ndarray, np.ndarray]:
    """P (n, n) with p_j|i in row i and column j, and the sigmas (n,), for objects X (n, m)."""
    raise NotImplementedError("begin with the squared distances; then a row for a given sigma; then bisection")


def sne_q(Y: np.ndarray) -> np.ndarray:
    """q_j|i (n, n) of an embedding Y (n, d): rows of sum 1, zeros on the diagonal."""
    raise NotImplementedError("subtract the largest exponent of each row")


def sne_gradient(P: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """The gradient (n, d) of sum_i KL(P_i || Q_i) by Y; P as conditional gives it."""
    raise NotImplementedError("check it by finite differences")


def joint(P: np.ndarray) -> np.ndarray:
    """p_ij = (p_j|i + p_i|j) / (2 n)."""
    raise NotImplementedError("P and its transpose")


def symmetric_q(Y: np.ndarray) -> np.ndarray:
    """q_ij (n, n) of symmetric SNE: exp(-squared distance) over the sum over all pairs of different objects."""
    raise NotImplementedError("one sum for the whole table")


def symmetric_gradient(P: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """The gradient (n, d) of KL(P || Q) by Y with the Q of symmetric SNE; P as joint gives it."""
    raise NotImplementedError("4 times a sum over j")


def tsne_q(Y: np.ndarray) -> np.ndarray:
    """q_ij (n, n) of t-SNE: 1 / (1 + squared distance) over the sum over all pairs of different objects."""
    raise NotImplementedError("the kernel without its diagonal")


def tsne_gradient(P: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """The gradient (n, d) of KL(P || Q) by Y with the Q of t-SNE; P as joint gives it."""
    raise NotImplementedError("4 times a sum over j, with the kernel in it")


def tsne(
    X: np.ndarray, perplexity: float, start: np.ndarray, steps: int, rate: float, exaggeration: float = 12.0
) -> tuple[np.ndarray, np.ndarray]:
    """The embedding (n, d) after so many steps from start, and KL(P || Q) after each step (steps,)."""
    raise NotImplementedError("V, then Y; exaggeration and momentum 0.5 in the first steps // 4")


def tsne_loss(P: Tensor, Y: Tensor) -> Tensor:
    """KL(P || Q) with the Q of t-SNE: a tensor without axes that torch can differentiate by Y."""
    raise NotImplementedError("logarithms of Q outside the diagonal only")


def parametric_tsne(net: nn.Module, X: Tensor, perplexity: float, steps: int, rate: float) -> nn.Module:
    """Trains net by Adam so that Y = net(X) has a small tsne_loss; returns it."""
    raise NotImplementedError("P once; then the usual loop")
