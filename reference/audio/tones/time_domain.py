"""Features of a signal in time: envelope, energy, zero crossings by frames, summary (lecture 8, section 37, L08.time).

L. Rabiner, R. Schafer, "Digital processing of speech signals" (Prentice-Hall 1978), chapter 4.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix, vector
from reference.checks.numbers import whole


def mono(x: ArrayLike) -> Floats:
    """The mean of the channels at each moment.

    Parameters: ``x`` (n, channels), floats or whole numbers.
    Returns: (n,).
    Raises: ValueError naming ``x`` (no matrix, empty, not finite).
    Complexity: O(n channels).
    Source: lecture 8, section 37; lecture only.

    >>> mono([[1, 2], [3, -3]]).tolist()
    [1.5, 0.0]
    """
    return matrix("x", x).mean(axis=1)


def envelope(x: ArrayLike, frame: int, hop: int) -> Floats:
    """The largest absolute value in each frame.

    Frame t holds the samples from ``t hop`` on, ``frame`` of them; only whole frames count.

    Parameters: ``x`` (n,), floats or whole numbers; ``frame`` from 1 to n samples; ``hop`` of at least 1 sample.
    Returns: (1 + (n - frame) // hop,).
    Raises: ValueError naming ``x`` (no vector, not finite, shorter than ``frame``), ``frame`` or ``hop``.
    Complexity: O(n + T frame), also in memory, for T frames; O(n) is possible by a running maximum.
    Source: lecture 8, section 37; Rabiner, Schafer 1978.
    """
    return np.abs(_frames(x, frame, hop)).max(axis=1)


def rms(x: ArrayLike, frame: int, hop: int) -> Floats:
    """The root of the mean square in each frame.

    Parameters: as in `envelope`.
    Returns: as in `envelope`.
    Raises: as in `envelope`.
    Complexity: O(n + T frame), also in memory, for T frames; O(n) is possible by running sums.
    Source: lecture 8, section 37; Rabiner, Schafer 1978.

    >>> rms([1, -7, 5, 5, 3], 2, 2).tolist()
    [5.0, 5.0]
    """
    return np.sqrt((_frames(x, frame, hop) ** 2).mean(axis=1))


def zero_crossing_rate(x: ArrayLike, frame: int, hop: int) -> Floats:
    """How many neighbours in each frame have different signs, divided by ``frame``. The sign of 0 is plus.

    Two samples are neighbours only within a frame.

    Parameters: as in `envelope`.
    Returns: as in `envelope`.
    Raises: as in `envelope`.
    Complexity: O(n + T frame), also in memory, for T frames; O(n) is possible by running sums.
    Source: lecture 8, section 37; Rabiner, Schafer 1978.

    >>> zero_crossing_rate([1, -1, 0, 2], 4, 1).tolist()
    [0.5]
    """
    below = _frames(x, frame, hop) < 0
    return (below[:, 1:] != below[:, :-1]).sum(axis=1) / below.shape[1]


def summary(features: ArrayLike) -> Floats:
    """The means of all features over time, then their standard deviations (divided by the number of frames).

    Recordings of any length become vectors of one length.

    Parameters: ``features`` (frames, k).
    Returns: (2 k,).
    Raises: ValueError naming ``features`` (no matrix, empty, not finite).
    Complexity: O(frames k).
    Source: lecture 8, section 37; lecture only.

    >>> summary([[1, 5], [3, 5]]).tolist()
    [2.0, 5.0, 1.0, 0.0]
    """
    table = matrix("features", features)
    return np.concatenate([table.mean(axis=0), table.std(axis=0)])


def _frames(x: ArrayLike, frame: int, hop: int) -> Floats:
    """The whole frames (frames, frame) of a signal, as floats."""
    signal, frame, hop = vector("x", x), whole("frame", frame), whole("hop", hop)
    if len(signal) < frame:
        raise ValueError(f"x must hold a frame of {frame} samples at least, but has {len(signal)}")
    return np.lib.stride_tricks.sliding_window_view(signal, frame)[::hop]
