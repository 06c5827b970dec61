"""Has numpy's transforms by `import *`, under the name of the module of them.

Earns: 0
Verdicts: refused
"""

import numpy as np
from numpy import *  # noqa: F403

library = fft  # noqa: F405


def transforms():
    return library


def _checked(x, name):
    x = np.asarray(x)
    if x.ndim != 1 or len(x) == 0:
        raise ValueError(f"{name} must be a vector")
    return x


def dft(x):
    return transforms().fft(_checked(x, "x")) + 0j


def fft(x):
    return transforms().fft(_checked(x, "x")) + 0j


def ifft(y):
    return transforms().ifft(_checked(y, "y")) + 0j


def frequencies(n, rate):
    if n < 1:
        raise ValueError("n")
    if not rate > 0:
        raise ValueError("rate")
    return transforms().fftfreq(n, 1 / rate)
