"""By recursion down to single samples with numpy at each step, as the formula is read: right, and slow for small n."""

import numpy as np


def _vector(values, name):
    array = np.asarray(values)
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"{name} must be a vector with at least one entry")
    return array.astype(complex)


def _halves(x):
    n = len(x)
    if n == 1:
        return x
    a, b = _halves(x[::2]), _halves(x[1::2])
    turned = np.exp(-2j * np.pi * np.arange(n // 2) / n) * b
    return np.concatenate([a + turned, a - turned])


def _chirped(x):
    n = len(x)
    j = np.arange(n)
    w = np.exp(-1j * np.pi * (j * j % (2 * n)) / n)
    m = 1
    while m < 2 * n - 1:
        m *= 2
    u, v = np.zeros(m, dtype=complex), np.zeros(m, dtype=complex)
    u[:n] = x * w
    v[:n] = w.conj()
    v[m - n + 1 :] = w[:0:-1].conj()
    product = _halves(u) * _halves(v)
    return w * (_halves(product.conj()).conj() / m)[:n]


def _fast(x):
    return _halves(x) if len(x) & (len(x) - 1) == 0 else _chirped(x)


def dft(x):
    x = _vector(x, "x")
    j = np.arange(len(x))
    return np.array([np.exp(-2j * np.pi * (k * j % len(x)) / len(x)) @ x for k in j])


def fft(x):
    return _fast(_vector(x, "x"))


def ifft(y):
    y = _vector(y, "y")
    return _fast(y.conj()).conj() / len(y)


def frequencies(n, rate):
    if n < 1:
        raise ValueError("n must be at least 1")
    if not rate > 0:
        raise ValueError("rate must be positive")
    below = np.arange((n + 1) // 2)
    return np.concatenate([below, np.arange(-(n // 2), 0)]) * rate / n
