"""What a person should know about a table that was read, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grader.core.text import clean

_SHOWN = 8  # names listed in one sentence
_LONGEST = 60  # characters of one name


@dataclass(frozen=True)
class Note:
    """A sentence without a full stop, in English and Russian."""

    en: str
    ru: str

    def told(self, language: str) -> str:
        """The sentence in the reader's language."""
        return self.ru if language == "ru" else self.en

    def __str__(self) -> str:
        return self.en


def quoted(names: Iterable[str]) -> tuple[str, str]:
    """Names as they are cited in a sentence, in English and in Russian; of many the first ones."""
    listed = [clean(name, limit=_LONGEST) for name in names]
    more = len(listed) - _SHOWN
    en, ru = [f'"{name}"' for name in listed[:_SHOWN]], [f"«{name}»" for name in listed[:_SHOWN]]
    if more > 0:
        en.append(f"{more} more")
        ru.append(f"ещё {more}")
    return ", ".join(en), ", ".join(ru)
