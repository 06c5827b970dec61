"""The discrete Fourier transform: by definition and fast, for any length (lecture 8, section 37, L08.dft).

``y_k = sum_j x_j exp(-2 pi i j k / n)``. J. Cooley, J. Tukey, "An algorithm for the machine calculation of complex
Fourier series", Mathematics of Computation 19 (1965), for n = 2^q; L. Bluestein, "A linear filtering approach to the
computation of discrete Fourier transform", IEEE Transactions on Audio and Electroacoustics 18 (1970), for the rest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.checks.arrays import numeric
from reference.checks.numbers import positive, whole

Complex = NDArray[np.complex128]


def dft(x: ArrayLike) -> Complex:
    """The transform by definition: a matrix of roots of unity times the signal.

    Parameters: ``x`` (n,), real or complex.
    Returns: (n,) complex.
    Raises: ValueError naming ``x`` (empty, no vector).
    Complexity: O(n^2), also in memory.
    Source: lecture 8, section 37; lecture only.
    """
    signal = _signal(x)
    n = len(signal)
    indices = np.arange(n)
    return np.exp(-2j * np.pi * (np.outer(indices, indices) % n) / n) @ signal


def fft(x: ArrayLike) -> Complex:
    """The same transform, fast for every n: by halves for a power of two, by a convolution for other lengths.

    Parameters: ``x`` (n,), real or complex.
    Returns: (n,) complex.
    Raises: as in `dft`.
    Complexity: O(n log n); memory O(n).
    Source: lecture 8, section 37; Cooley, Tukey 1965; Bluestein 1970.

    >>> fft([1, 0, 0, 0]).real.tolist()
    [1.0, 1.0, 1.0, 1.0]
    """
    return _fft(_signal(x))


def ifft(y: ArrayLike) -> Complex:
    """The inverse: ``x_j = (1/n) sum_k y_k exp(+2 pi i j k / n)``, by the fast transform of the conjugate.

    Parameters: ``y`` (n,), real or complex.
    Returns: (n,) complex.
    Raises: ValueError naming ``y`` (empty, no vector).
    Complexity: as in `fft`.
    Source: lecture 8, section 37; Cooley, Tukey 1965; Bluestein 1970.
    """
    spectrum = _signal(y, "y")
    return _fft(spectrum.conj()).conj() / len(spectrum)


def frequencies(n: int, rate: float) -> NDArray[np.float64]:
    """The frequency of each of the n coefficients: ``k rate / n``, negative in the upper half.

    k runs 0, 1, ..., then on from -floor(n/2) to -1, as the transform orders them; for even n the frequency of the
    coefficient n/2 is negative.

    Parameters: ``n`` of at least 1; the sampling ``rate`` in hertz, above 0.
    Returns: (n,), in hertz.
    Raises: ValueError naming ``n`` or ``rate``.
    Complexity: O(n).
    Source: lecture 8, section 37; lecture only.

    >>> frequencies(4, 8000).tolist()
    [0.0, 2000.0, -4000.0, -2000.0]
    """
    n, rate = whole("n", n), positive("rate", rate)
    k = np.arange(n)
    return np.where(k < (n + 1) // 2, k, k - n) * (rate / n)


def _signal(values: ArrayLike, name: str = "x") -> Complex:
    signal = np.array(numeric(name, values, "iufc"), dtype=complex)
    if signal.ndim != 1 or signal.size == 0:
        raise ValueError(f"{name} must be a vector with at least one entry, not of shape {signal.shape}")
    return signal


def _fft(x: Complex) -> Complex:
    return _radix2(x) if len(x) & (len(x) - 1) == 0 else _bluestein(x)


def _radix2(x: Complex) -> Complex:
    """Transforms of length 1, 2, 4, ..., n, all of one length at once; columns are the interleaved parts."""
    n = len(x)
    parts = x.reshape(1, n)  # (length, number of parts)
    while parts.shape[0] < n:
        length, half = parts.shape[0], parts.shape[1] // 2
        even, odd = parts[:, :half], parts[:, half:]  # (length, half) each
        turned = np.exp(-1j * np.pi * np.arange(length) / length)[:, None] * odd
        parts = np.concatenate([even + turned, even - turned])  # (2 length, half)
    return parts[:, 0]


def _bluestein(x: Complex) -> Complex:
    """``jk = (j^2 + k^2 - (k-j)^2) / 2`` makes the transform a convolution with a chirp, done in length 2^q."""
    n = len(x)
    squares = np.arange(n) ** 2 % (2 * n)  # the exponent has period 2n; small numbers keep their digits
    chirp = np.exp(-1j * np.pi * squares / n)
    size = 1 << (2 * n - 1).bit_length()
    left, right = np.zeros(size, dtype=complex), np.zeros(size, dtype=complex)
    left[:n] = x * chirp
    right[:n] = chirp.conj()
    right[size - n + 1 :] = chirp[1:].conj()[::-1]
    product = _radix2(left) * _radix2(right)
    convolved = _radix2(product.conj()).conj() / size
    return chirp * convolved[:n]
