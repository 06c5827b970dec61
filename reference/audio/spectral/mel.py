"""The mel scale, triangular filters on it, and the mel spectrogram (lecture 8, section 37, L08.mel).

``m = 1125 ln(1 + f / 700)``: equal steps in mel sound about equally large. S. Stevens, J. Volkmann, E. Newman, "A scale
for the measurement of the psychological magnitude pitch", Journal of the Acoustical Society of America 8 (1937); the
filters as in S. Davis, P. Mermelstein, "Comparison of parametric representations for monosyllabic word recognition in
continuously spoken sentences", IEEE Transactions on Acoustics, Speech, and Signal Processing 28 (1980).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.audio.spectral.spectrogram import bins, spectrogram
from reference.checks.arrays import Floats, array
from reference.checks.numbers import positive, real, whole

SCALE, BREAK = 1125.0, 700.0


def hz_to_mel(f: ArrayLike) -> Floats:
    """``1125 ln(1 + f / 700)`` of each frequency.

    Parameters: ``f``, a number or an array of any shape, in hertz, at least 0.
    Returns: as many values in mel, in the shape of ``f``.
    Raises: ValueError naming ``f`` (empty, not finite, negative).
    Complexity: O(s) for s frequencies.
    Source: lecture 8, section 37; Stevens, Volkmann, Newman 1937.

    >>> round(float(hz_to_mel(1000)), 2)
    998.22
    """
    return SCALE * np.log1p(_not_negative("f", f) / BREAK)


def mel_to_hz(m: ArrayLike) -> Floats:
    """The inverse, ``700 (exp(m / 1125) - 1)``.

    Parameters: ``m``, a number or an array of any shape, in mel, at least 0.
    Returns: as many frequencies in hertz, in the shape of ``m``.
    Raises: ValueError naming ``m`` (empty, not finite, negative).
    Complexity: O(s) for s values.
    Source: lecture 8, section 37; Stevens, Volkmann, Newman 1937.
    """
    return BREAK * np.expm1(_not_negative("m", m) / SCALE)


def mel_filters(rate: float, window: int, n_mels: int, low: float = 0.0, high: float | None = None) -> Floats:
    """Triangles over the frequencies of a spectrogram, whose corners are equally far apart in mel.

    Of ``n_mels + 2`` points from ``low`` to ``high`` each filter takes three in a row: its weight is 0 up to the first,
    rises linearly in hertz to 1 at the second, falls linearly to 0 at the third. A triangle so narrow that no frequency
    of the spectrogram lies inside of it is a row of zeros.

    Parameters: the sampling ``rate`` in hertz, above 0; ``window`` of at least 2 samples; ``n_mels`` of at least 1;
    ``low`` of at least 0 and ``high`` above it, at most rate / 2, in hertz; None stands for rate / 2.
    Returns: (n_mels, window // 2 + 1), from 0 to 1.
    Raises: ValueError naming ``rate``, ``window``, ``n_mels``, ``low`` (negative, not below ``high``) or ``high``.
    Complexity: O(n_mels window).
    Source: lecture 8, section 37; Davis, Mermelstein 1980.

    >>> mel_filters(4200, 6, 1).round(9).tolist()
    [[0.0, 1.0, 0.5, 0.0]]
    """
    rate, window, n_mels = positive("rate", rate), whole("window", window, 2), whole("n_mels", n_mels)
    top = rate / 2 if high is None else real("high", high, 0, rate / 2)
    low = real("low", low, 0)
    if low >= top:
        raise ValueError(f"low must be below high, but they are {low} and {top}")
    corners = mel_to_hz(np.linspace(hz_to_mel(low), hz_to_mel(top), n_mels + 2))
    left, middle, right = corners[:-2, None], corners[1:-1, None], corners[2:, None]
    places = bins(rate, window)[None, :]
    rising, falling = (places - left) / (middle - left), (right - places) / (right - middle)
    return np.maximum(0, np.minimum(rising, falling))


def mel_spectrogram(x: ArrayLike, rate: float, window: int, hop: int, n_mels: int = 40) -> Floats:
    """The power that each of the filters from 0 to rate / 2 lets through in each frame of the spectrogram.

    Parameters: ``x``, ``rate``, ``window``, ``hop`` as in `spectrogram`; ``n_mels`` as in `mel_filters`.
    Returns: (n_mels, frames).
    Raises: ValueError as `spectrogram` and `mel_filters` do.
    Complexity: O(n + frames window (n_mels + log window)) for n samples; memory
    O(n + frames (window + n_mels) + n_mels window).
    Source: lecture 8, section 37; Davis, Mermelstein 1980.
    """
    power = spectrogram(x, rate, window, hop)[2]
    return mel_filters(rate, window, n_mels) @ power


def _not_negative(name: str, values: ArrayLike) -> Floats:
    result = array(name, values)
    if not (result >= 0).all():
        raise ValueError(f"{name} must not hold negative numbers")
    return result
