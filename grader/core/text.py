"""Text that comes from outside, made safe to print, store and show."""

from __future__ import annotations

import unicodedata
from datetime import datetime, tzinfo

_KEPT_CONTROLS = {"\n", "\t"}


def local_times(at: datetime, zone: tzinfo) -> tuple[str, str]:
    """A moment on the clocks of a zone, in English and in Russian."""
    local = at.astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M %Z}", f"{local:%d.%m.%Y %H:%M %Z}"


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
