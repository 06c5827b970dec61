"""What may be meant by a name that does not exist: the closest of those that do."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

_ALIKE = 0.6  # the share of characters that two names have in common
_LONGEST = 60  # characters of a name that are compared
_BEHIND = 0.1  # what is further from the name than the closest by more than this is not named


def closest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names most like this one, the closest first; of a name with slashes the last part will do."""
    wanted = name.strip().lower()[:_LONGEST]
    if not wanted:
        return []
    rated = sorted(((_likeness(wanted, one.lower()), one) for one in known), key=lambda pair: (-pair[0], pair[1]))
    best = rated[0][0] if rated else 0.0
    return [one for likeness, one in rated if likeness >= max(_ALIKE, best - _BEHIND)][:most]


def did_you_mean(name: str, known: Iterable[str]) -> tuple[str, str]:
    """A question in English and in Russian to be put behind an error, with a space before it; empty for no guess."""
    names = closest(name, known)
    if not names:
        return "", ""
    return f" Did you mean {' or '.join(names)}?", f" Возможно, вы имели в виду {' или '.join(names)}?"


def _likeness(wanted: str, known: str) -> float:
    """How alike two names are, from 0 to 1: as a whole, or in their last parts."""
    whole = SequenceMatcher(None, wanted, known).ratio()
    last = SequenceMatcher(None, wanted.rpartition("/")[2], known.rpartition("/")[2]).ratio()
    return max(whole, last)
