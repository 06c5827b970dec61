"""The discrete Fourier transform. Check it with `grader check audio/fourier solution.py`."""

import numpy as np


def dft(x: np.ndarray) -> np.ndarray:
    """The transform by definition: x (n,) -> (n,) complex."""
    raise NotImplementedError("start here: a matrix of exponentials times the signal")


def fft(x: np.ndarray) -> np.ndarray:
    """The same with O(n log n) operations, for every n."""
    raise NotImplementedError("first n = 2^q by halves, then any n by a convolution of length 2^q")


def ifft(y: np.ndarray) -> np.ndarray:
    """The inverse transform with O(n log n) operations."""
    raise NotImplementedError("conjugate, transform, conjugate, divide")


def frequencies(n: int, rate: float) -> np.ndarray:
    """The frequency in hertz of each of the n coefficients at `rate` samples a second."""
    raise NotImplementedError("k * rate / n below n/2, (k - n) * rate / n from there on")
