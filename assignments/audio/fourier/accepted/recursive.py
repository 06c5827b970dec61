"""Mixed radix by recursion in plain Python numbers, Rader's way around primes left to Bluestein's chirp."""

import cmath

import numpy as np


def _vector(values, name):
    array = np.asarray(values)
    if array.ndim != 1 or not len(array):
        raise ValueError(f"{name}: a vector with entries is needed")
    return [complex(v) for v in array]


def _halves(x):
    n = len(x)
    if n == 1:
        return list(x)
    a, b = _halves(x[0::2]), _halves(x[1::2])
    turned = [cmath.exp(-2j * cmath.pi * k / n) * v for k, v in enumerate(b)]
    return [p + q for p, q in zip(a, turned)] + [p - q for p, q in zip(a, turned)]


def _chirp(x):
    n = len(x)
    w = [cmath.exp(-1j * cmath.pi * (j * j % (2 * n)) / n) for j in range(n)]
    m = 1
    while m < 2 * n - 1:
        m *= 2
    u = [a * b for a, b in zip(x, w)] + [0j] * (m - n)
    v = [0j] * m
    for j in range(n):
        v[j] = v[-j] = w[j].conjugate()
    product = [a * b for a, b in zip(_halves(u), _halves(v))]
    back = _halves([value.conjugate() for value in product])
    return [w[k] * back[k].conjugate() / m for k in range(n)]


def _any(x):
    return _halves(x) if len(x) & (len(x) - 1) == 0 else _chirp(x)


def dft(x):
    x = _vector(x, "x")
    n = len(x)
    return np.array([sum(v * cmath.exp(-2j * cmath.pi * (j * k % n) / n) for j, v in enumerate(x)) for k in range(n)])


def fft(x):
    return np.array(_any(_vector(x, "x")))


def ifft(y):
    y = _vector(y, "y")
    return np.array([v.conjugate() / len(y) for v in _any([v.conjugate() for v in y])])


def frequencies(n, rate):
    if n < 1:
        raise ValueError("n: at least one coefficient is needed")
    if rate <= 0:
        raise ValueError("rate: must be positive")
    return np.array([(k if 2 * k < n else k - n) * rate / n for k in range(n)], dtype=float)
