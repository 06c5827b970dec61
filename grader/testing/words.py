"""The language in which a comparison tells what it found: English, unless somebody checks at a Russian terminal.

Reports that are stored are in English: what a hidden test says is for staff alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_language: ContextVar[str] = ContextVar("language", default="en")


def said(en: str, ru: str) -> str:
    """A text in the language that is spoken now."""
    return ru if _language.get() == "ru" else en


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """As long as the block lasts, comparisons speak this language."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)
