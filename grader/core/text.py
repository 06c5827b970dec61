"""Text that comes from outside, made safe to print, store and show."""

from __future__ import annotations

import unicodedata
from math import ceil

_KEPT_CONTROLS = {"\n", "\t"}
_UNITS = ((1, 10, ("s", "с")), (60, 1, ("min", "мин")), (3600, 1, ("h", "ч")))  # seconds, steps, in both languages


def clean(text: str, *, limit: int = 2000) -> str:
    """``text`` without terminal sequences, bidirectional overrides and other invisible characters.

    Control (Cc), format (Cf), surrogate (Cs), private (Co) and unassigned (Cn) characters become U+FFFD,
    save for line feed and tab. What is over ``limit`` characters is cut, and a mark says so.
    """
    shortened = text[:limit]
    safe = "".join(
        c if c in _KEPT_CONTROLS or unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}"
        for c in shortened
    )
    return safe + " […]" if len(text) > limit else safe


def durations(seconds: float) -> tuple[str, str]:
    """A length of time for people, in English and in Russian, never too short: tens of seconds, minutes, hours.

    >>> durations(21), durations(61), durations(3601)
    (('30 s', '30 с'), ('2 min', '2 мин'), ('2 h', '2 ч'))
    """
    counts = [(max(ceil(seconds / each / step), 1) * step, names) for each, step, names in _UNITS]
    count, (en, ru) = next((pair for pair in counts if pair[0] < 60), counts[-1])
    return f"{count} {en}", f"{count} {ru}"
