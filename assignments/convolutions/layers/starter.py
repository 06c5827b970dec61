"""Convolution and pooling: fill in the functions below. Check: `grader check convolutions/layers solution.py`."""

import numpy as np


def pad(X: np.ndarray, p: int, mode: str = "zero") -> np.ndarray:
    """X (n, c, h, w) with p pixels more on each side: "zero", "edge", "mirror" or "circular"."""
    raise NotImplementedError("which row and column of X does each pixel come from? numpy.pad is forbidden")


def conv_size(i: int, k: int, s: int = 1, p: int = 0) -> int:
    """The side of a convolution's output: image i, kernel k, stride s, padding p."""
    raise NotImplementedError("start here: at how many places can the kernel stand?")


def pool_size(i: int, k: int, s: int) -> int:
    """The side of a pooling's output: image i, window k, stride s."""
    raise NotImplementedError("the same without padding")


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """How many pixels a pixel of the last output sees; layers are pairs (kernel, stride), the first layer first."""
    raise NotImplementedError("keep two numbers: what is seen so far, and how long a step is by now")


def conv(X: np.ndarray, K: np.ndarray, b: np.ndarray | None = None, stride: int = 1, padding: int = 0) -> np.ndarray:
    """X (n, c, h, w), K (D, c, kh, kw), b (D,) or None -> (n, D, rows, columns)."""
    raise NotImplementedError("one image, one channel, stride 1 first")


def conv_grad(
    X: np.ndarray, K: np.ndarray, dY: np.ndarray, stride: int = 1, padding: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """dY of the shape of conv's result -> (dX, dK, db)."""
    raise NotImplementedError("the loops of conv, with other products inside")


def pool(X: np.ndarray, k: int, stride: int | None = None, kind: str = "max") -> np.ndarray:
    """Windows of k by k, kind "max", "mean" or "sum" -> (n, c, rows, columns); no stride: k."""
    raise NotImplementedError("channels do not mix")


def pool_grad(X: np.ndarray, dY: np.ndarray, k: int, stride: int | None = None, kind: str = "max") -> np.ndarray:
    """dY of the shape of pool's result -> dX of the shape of X; of equal maxima the first by rows gets it all."""
    raise NotImplementedError("which pixels does each number of dY go to?")


def transposed(Y: np.ndarray, K: np.ndarray, stride: int = 1, padding: int = 0, output_padding: int = 0) -> np.ndarray:
    """Y (n, D, h, w), K (D, c, kh, kw) -> (n, c, H, W): each number of Y lays its kernel on a canvas."""
    raise NotImplementedError("look at how conv_grad computes dX")


def pointwise(X: np.ndarray, W: np.ndarray, b: np.ndarray | None = None) -> np.ndarray:
    """X (n, c, h, w), W (D, c), b (D,) or None -> (n, D, h, w)."""
    raise NotImplementedError("a product of matrices at each pixel")


def mlpconv(
    X: np.ndarray, K: np.ndarray, b: np.ndarray, W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray
) -> np.ndarray:
    """conv, pointwise, pointwise, and max(0, .) after each of them."""
    raise NotImplementedError("three lines, once the others are there")


def global_average(X: np.ndarray) -> np.ndarray:
    """X (n, c, h, w) -> (n, c)."""
    raise NotImplementedError("the mean over all pixels")


def s_layer(X: np.ndarray, templates: np.ndarray, threshold: float) -> np.ndarray:
    """X (n, c, h, w), templates (t, c, k, k) -> (n, t, h - k + 1, w - k + 1): cosines above the threshold."""
    raise NotImplementedError("products first, then the lengths of the windows")


def c_layer(S: np.ndarray, k: int) -> np.ndarray:
    """S (n, t, h, w) -> (n, t, h // k, w // k): the maximum of each block."""
    raise NotImplementedError("which of the functions above is this?")
