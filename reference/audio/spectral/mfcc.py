"""Mel-frequency cepstral coefficients, the cosine transform of a logarithm (lecture 8, section 37, L08.mfcc).

S. Davis, P. Mermelstein, "Comparison of parametric representations for monosyllabic word recognition in continuously
spoken sentences", IEEE Transactions on Acoustics, Speech, and Signal Processing 28 (1980); the transform of N. Ahmed,
T. Natarajan, K. Rao, "Discrete cosine transform", IEEE Transactions on Computers C-23 (1974).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.audio.spectral.mel import mel_spectrogram
from reference.checks.arrays import Floats, matrix
from reference.checks.numbers import positive, whole


def cepstrum(mel: ArrayLike, n_mfcc: int = 13, floor: float = 1e-10) -> Floats:
    """The first coefficients of the cosine transform, down each column, of ``ln max(mel, floor)``.

    The transform is the orthonormal DCT-II: with M rows l of logarithms,
    ``c_q = s_q sum_m l_m cos(pi q (m + 1/2) / M)``, ``s_0 = sqrt(1 / M)`` and else ``s_q = sqrt(2 / M)``.

    Parameters: ``mel`` (M, frames), at least 0; ``n_mfcc`` from 1 to M; ``floor`` above 0.
    Returns: (n_mfcc, frames).
    Raises: ValueError naming ``mel`` (no matrix, not finite, negative), ``n_mfcc`` or ``floor``.
    Complexity: O(M frames n_mfcc); a fast cosine transform would take O(M frames log M).
    Source: lecture 8, section 37; Davis, Mermelstein 1980; Ahmed, Natarajan, Rao 1974.

    >>> cepstrum([[1.0], [1.0]], 2).tolist()
    [[0.0], [0.0]]
    """
    power, floor = matrix("mel", mel), positive("floor", floor)
    if not (power >= 0).all():
        raise ValueError("mel must not hold negative numbers")
    n_mfcc = whole("n_mfcc", n_mfcc, 1, len(power))
    return _cosines(n_mfcc, len(power)) @ np.log(np.maximum(power, floor))


def mfcc(
    x: ArrayLike, rate: float, window: int, hop: int, n_mels: int = 40, n_mfcc: int = 13, floor: float = 1e-10
) -> Floats:
    """The `cepstrum` of the mel spectrogram of a signal.

    Parameters: ``x``, ``rate``, ``window``, ``hop``, ``n_mels`` as in `mel_spectrogram`; ``n_mfcc`` from 1 to
    ``n_mels``; ``floor`` above 0.
    Returns: (n_mfcc, frames).
    Raises: ValueError as `mel_spectrogram` and `cepstrum` do.
    Complexity: O(n + frames window (n_mels + log window) + frames n_mels n_mfcc) for n samples; memory as of the mel
    spectrogram.
    Source: lecture 8, section 37; Davis, Mermelstein 1980.
    """
    return cepstrum(mel_spectrogram(x, rate, window, hop, n_mels), n_mfcc, floor)


def _cosines(rows: int, n: int) -> Floats:
    """The first rows (rows, n) of the orthonormal DCT-II of n values."""
    q, m = np.arange(rows)[:, None], np.arange(n)[None, :]
    waves = np.sqrt(2 / n) * np.cos(np.pi * q * (m + 0.5) / n)
    waves[0] /= np.sqrt(2)
    return waves
