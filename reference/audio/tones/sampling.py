"""The Nyquist frequency, and the alias of a tone that lies above it (lecture 8, section 36, L08.nyquist).

H. Nyquist, "Certain topics in telegraph transmission theory", Transactions of the AIEE 47 (1928); C. Shannon,
"Communication in the presence of noise", Proceedings of the IRE 37 (1949).
"""

from __future__ import annotations

from reference.checks.numbers import not_negative, positive


def nyquist(rate: float) -> float:
    """The highest frequency that samples can hold, ``rate / 2``.

    Parameters: the sampling ``rate`` in hertz, above 0.
    Returns: a float, in hertz.
    Raises: ValueError naming ``rate``.
    Complexity: O(1).
    Source: lecture 8, section 36; Nyquist 1928; Shannon 1949.

    >>> nyquist(44100)
    22050.0
    """
    return positive("rate", rate) / 2


def alias(f: float, rate: float) -> float:
    """The frequency from 0 to rate / 2 whose samples are those of a tone of f: the distance to a multiple of the rate.

    Parameters: ``f`` in hertz, of at least 0; the sampling ``rate`` in hertz, above 0.
    Returns: a float, in hertz, from 0 to rate / 2; ``f`` itself up to rate / 2.
    Raises: ValueError naming ``f`` or ``rate``.
    Complexity: O(1).
    Source: lecture 8, section 36; Nyquist 1928; Shannon 1949.

    >>> alias(3000, 8000), alias(5000, 8000), alias(9000, 8000)
    (3000.0, 3000.0, 1000.0)
    """
    f, rate = not_negative("f", f), positive("rate", rate)
    rest = f % rate
    return min(rest, rate - rest)
