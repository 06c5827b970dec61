"""Octaves: frequencies that sound as the same note (lecture 8, section 36, L08.octave).

R. Shepard, "Circularity in judgments of relative pitch", Journal of the Acoustical Society of America 36 (1964).
"""

from __future__ import annotations

import math

from reference.checks.numbers import not_negative, positive


def same_note(f1: float, f2: float, tolerance: float = 0.01) -> bool:
    """Whether the two frequencies are a whole number of octaves apart: ``|d - nearest whole number| <= tolerance``.

    ``d = log2(f1 / f2)`` is their distance in octaves; no octave at all counts too, and so does any number of them.

    Parameters: ``f1`` and ``f2`` in hertz, above 0; ``tolerance`` in octaves, of at least 0.
    Returns: True or False.
    Raises: ValueError naming ``f1``, ``f2`` or ``tolerance``.
    Complexity: O(1).
    Source: lecture 8, section 36; Shepard 1964.

    >>> same_note(440, 110), same_note(440, 660)
    (True, False)
    """
    octaves = math.log2(positive("f1", f1)) - math.log2(positive("f2", f2))
    return abs(octaves - round(octaves)) <= not_negative("tolerance", tolerance)
