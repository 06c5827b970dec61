"""The constant-Q transform: frequencies in equal ratios, each with its own window (lecture 8, section 37, L08.cqt).

J. Brown, "Calculation of a constant Q spectral transform", Journal of the Acoustical Society of America 89 (1991).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.audio.spectral.spectrogram import hann
from reference.checks.arrays import Floats, vector
from reference.checks.numbers import positive, whole


def cqt_frequencies(low: float, bins: int, n_bins: int) -> Floats:
    """``f_k = low 2^(k / bins)`` for k = 0, ..., n_bins - 1: ``bins`` of them in each octave.

    Parameters: ``low`` in hertz, above 0; ``bins`` and ``n_bins`` of at least 1.
    Returns: (n_bins,), in hertz.
    Raises: ValueError naming ``low``, ``bins`` or ``n_bins``.
    Complexity: O(n_bins).
    Source: lecture 8, section 37; Brown 1991.

    >>> cqt_frequencies(110, 1, 3).tolist()
    [110.0, 220.0, 440.0]
    """
    low, bins, n_bins = positive("low", low), whole("bins", bins), whole("n_bins", n_bins)
    return low * 2.0 ** (np.arange(n_bins) / bins)


def cqt(x: ArrayLike, rate: float, low: float, bins: int, n_bins: int, hop: int) -> Floats:
    """``|X[k, t]| = |sum_i w_i x_j exp(-2 pi i f_k j / rate)| / N_k``, with N_k samples j around ``t hop``.

    ``Q = 1 / (2^(1/bins) - 1)`` is the same for all, so that low frequencies have long windows,
    ``N_k = ceil(Q rate / f_k)``. The window w is the periodic Hann window; its sample i lies at
    ``j = t hop - N_k // 2 + i``. Outside of the signal there are zeros.

    Parameters: ``x`` (n,), the signal; its sampling ``rate`` in hertz, above 0; ``low``, ``bins``, ``n_bins`` as in
    `cqt_frequencies`, the highest frequency at most rate / 2; ``hop`` of at least 1 sample.
    Returns: (n_bins, 1 + (n - 1) // hop), a column for each ``t hop`` within the signal.
    Raises: ValueError naming ``x`` (no vector, not finite), ``rate``, ``low``, ``bins``, ``n_bins`` (too high a
    frequency as well) or ``hop``.
    Complexity: O(n n_bins + T N) for T columns and the sum N of all N_k; memory O(n + T N_0), N_0 being the longest
    window. Kernels in the frequency domain, nearly all zeros, would make it faster.
    Source: lecture 8, section 37; Brown 1991.

    >>> cqt([1, 1, 1], 4, 1, 1, 1, 1).round(4).tolist()
    [[0.2795, 0.25, 0.2795]]
    """
    signal, rate, hop = vector("x", x), positive("rate", rate), whole("hop", hop)
    frequencies = cqt_frequencies(low, bins, n_bins)
    if frequencies[-1] > rate / 2:
        raise ValueError(f"n_bins must leave all frequencies below rate / 2, but the highest is {frequencies[-1]:g}")
    lengths = np.ceil(rate / frequencies / (2 ** (1 / bins) - 1)).astype(int)
    return np.stack([_row(signal, f / rate, n, hop) for f, n in zip(frequencies, lengths, strict=True)])


def _row(signal: Floats, turns: float, n: int, hop: int) -> Floats:
    """The moduli of one frequency, ``turns`` of it in a sample, for all columns; ``n`` samples in the window."""
    around = np.concatenate([np.zeros(n // 2), signal, np.zeros(n)])
    windows = np.lib.stride_tricks.sliding_window_view(around, n)[: len(signal) : hop]  # (columns, n)
    kernel = hann(n) * np.exp(-2j * np.pi * turns * np.arange(n))
    return np.abs(windows @ kernel) / n
