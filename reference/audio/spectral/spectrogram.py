"""The spectrogram: the power of each frequency in short frames of a signal (lecture 8, section 37, L08.spectrogram).

A frame of N samples is weighted with the periodic Hann window ``1/2 - 1/2 cos(2 pi i / N)``; its power at the frequency
``k rate / N`` is ``|y_k|^2``, with the discrete Fourier transform y of the weighted frame. J. Allen, L. Rabiner, "A
unified approach to short-time Fourier analysis and synthesis", Proceedings of the IEEE 65 (1977); F. Harris, "On the
use of windows for harmonic analysis with the discrete Fourier transform", Proceedings of the IEEE 66 (1978).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, vector
from reference.checks.numbers import positive, whole


def spectrogram(x: ArrayLike, rate: float, window: int, hop: int) -> tuple[Floats, Floats, Floats]:
    """Frequencies, times and powers: ``power[k, t]`` is ``|y_k|^2`` of the t-th frame, weighted with Hann's window.

    Frame t holds the samples from ``t hop`` on, ``window`` of them; only whole frames count, so there are
    ``1 + (n - window) // hop``. There is no padding, no mean is subtracted, and powers are not normalised. The time of
    a frame is that of its middle, ``(t hop + window / 2) / rate``.

    Parameters: ``x`` (n,), the signal; its sampling ``rate`` in hertz, above 0; ``window`` of at least 2 and at most n
    samples; ``hop`` of at least 1 sample.
    Returns: frequencies (window // 2 + 1,) in hertz, times (frames,) in seconds, power (frequencies, frames).
    Raises: ValueError naming ``x`` (no vector, not finite, shorter than ``window``), ``rate``, ``window`` or ``hop``.
    Complexity: O(n + frames window log window); memory O(n + frames window).
    Source: lecture 8, section 37; Allen, Rabiner 1977; Harris 1978.

    >>> spectrogram([1, 2, 3, 4], 8, 4, 1)[2].round(9).tolist()
    [[36.0], [10.0], [0.0]]
    """
    signal, rate = vector("x", x), positive("rate", rate)
    window, hop = whole("window", window, 2), whole("hop", hop)
    if len(signal) < window:
        raise ValueError(f"x must hold a window of {window} samples at least, but has {len(signal)}")
    frames = np.lib.stride_tricks.sliding_window_view(signal, window)[::hop]  # (frames, window)
    power = np.abs(np.fft.rfft(frames * hann(window), axis=1)) ** 2
    times = (np.arange(len(frames), dtype=float) * hop + window / 2) / rate
    return bins(rate, window), times, power.T


def hann(n: int) -> Floats:
    """The periodic Hann window (n,): one period of a raised cosine, 0 at its first sample and 1 at sample n / 2."""
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)


def bins(rate: float, window: int) -> Floats:
    """The frequencies in hertz of a real signal's coefficients, from 0 to half the rate: (window // 2 + 1,)."""
    return np.arange(window // 2 + 1) * rate / window
