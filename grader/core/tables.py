"""Tables of a TOML file that a person writes: typed values, and errors that name the line of the key that is wrong.

What the TOML parser accepts has no positions any more, so the text is looked through once more for them. A key that
is not found (it is missing, or written in an inline table) is told by the line of what it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from grader.core.assignment import LANGUAGES
from grader.core.errors import BadInput
from grader.core.lateness import in_zone, moment
from grader.core.scoring import parse

Path = tuple[str | int, ...]  # keys, and the place (from 1) in a list of tables: ("assignment", 2, "points")

_NAME = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")
_NAMES = rf"(?:{_NAME.pattern})(?:\s*\.\s*(?:{_NAME.pattern}))*"
_HEADER = re.compile(rf"\s*(?P<open>\[\[?)\s*(?P<names>{_NAMES})\s*\]")
_KEY = re.compile(rf"\s*(?P<names>{_NAMES})\s*=")
_DURATION = re.compile(r"(?P<number>[0-9]{1,6}) ?(?P<unit>s|min|h)")
_UNITS = {"s": timedelta(seconds=1), "min": timedelta(minutes=1), "h": timedelta(hours=1)}
_QUOTES = ('"""', "'''")


@dataclass(frozen=True)
class Table:
    """One table of a file. ``header`` is how it begins, as people read it: ``[lateness]``, ``[[assignment]]``."""

    file: str
    lines: Mapping[Path, int]
    data: Mapping[str, Any]
    header: str = ""
    path: Path = ()

    def wrong(self, key: str, en: str, ru: str) -> BadInput:
        """The error that says where ``key`` stands, and what must be there; in Russian as a sentence of its own."""
        line = line_of(self.lines, (*self.path, key))
        place, place_ru = (f", line {line}", f", строка {line}") if line else ("", "")
        name = f"{self.header} {key}".strip()
        return BadInput(f"{self.file}{place}: {name} must be {en}.", ru=f"{self.file}{place_ru}: {name}: {ru}.")

    def only(self, known: tuple[str, ...]) -> None:
        """Raise BadInput for a key that there is not: a misspelt deadline would be none at all."""
        for key in self.data:
            if key not in known:
                listed = ", ".join(known)
                raise self.wrong(key, f"left out; known are {listed}", f"такого ключа нет; есть {listed}")

    def inner(self, key: str) -> Table:
        """The table under a key; an empty one where the file has none."""
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"a table, [{key}]", f"ожидается таблица [{key}]")
        return Table(self.file, self.lines, value, f"[{key}]", (*self.path, key))

    def list_of_tables(self, key: str) -> list[Table]:
        header, entries = f"[[{key}]]", self.data.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.wrong(key, f"a list of {header} tables", f"ожидается список таблиц {header}")
        return [
            Table(self.file, self.lines, entry, header, (*self.path, key, place))
            for place, entry in enumerate(entries, start=1)
        ]

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        value = self.data.get(key, default)
        if value not in known:
            listed = ", ".join(known)
            raise self.wrong(key, f"one of {listed}", f"возможные значения: {listed}")
        return str(value)

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false", "ожидается true или false")
        return value

    def texts(self, key: str) -> Mapping[str, str]:
        """A text in both languages."""
        value = self.data.get(key)
        if not isinstance(value, dict) or set(value) != set(LANGUAGES):
            raise self.wrong(key, "a table with en and ru", "ожидается таблица с ключами en и ru")
        header = f"{self.header} {key}" if self.header else f"[{key}]"
        inner = Table(self.file, self.lines, value, header, (*self.path, key))
        for language, text in value.items():
            if not isinstance(text, str) or not text.strip():
                raise inner.wrong(language, "a text", "ожидается непустой текст")
        return value

    def exact(self, key: str, of: str = "", default: Fraction | None = None) -> Fraction:
        """A positive number, exactly as it is written: 7.5 or "15/2"."""
        value = self.data.get(key)
        if value is None and default is not None:
            return default
        number = _positive(value)
        if number is None:
            raise self.wrong(
                key,
                f"a positive number{f' for {of}' if of else ''}",
                f"ожидается положительное число{f' ({of})' if of else ''}",
            )
        return number

    def whole(self, key: str, most: int) -> int | None:
        """A whole number from 1 to ``most``; None where the file has none."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise self.wrong(key, f"a whole number from 1 to {most}", f"ожидается целое число от 1 до {most}")
        return value

    def duration(self, key: str, most: timedelta) -> timedelta:
        """A time that passes, such as "5 min"; none where the file has none."""
        value = self.data.get(key, "0 s")
        found = _DURATION.fullmatch(value) if isinstance(value, str) else None
        given = int(found["number"]) * _UNITS[found["unit"]] if found else None
        if given is None or given > most:
            hours = most // timedelta(hours=1)
            raise self.wrong(
                key,
                f'a time such as "5 min" or "30 s", at most "{hours} h"',
                f'ожидается время, например "5 min" или "30 s", не больше "{hours} h"',
            )
        return given

    def time(self, key: str, zone: ZoneInfo, of: str) -> datetime | None:
        """A moment; local times are those of the course's zone."""
        value = self.data.get(key)
        if value is None:
            return None
        try:
            if not isinstance(value, datetime):
                raise BadInput("not a time")
            local = value if value.tzinfo is not None else in_zone(value, zone)
            moment(local)
        except BadInput:
            raise self.wrong(
                key,
                f"a time without quotes, such as 2027-02-14T23:59:00, for {of}",
                f"ожидается время без кавычек, например 2027-02-14T23:59:00 ({of})",
            ) from None
        return local


def lines_of(text: str) -> dict[Path, int]:
    """The line (from 1) where each table and key stands first."""
    found: dict[Path, int] = {}
    counts: dict[tuple[str, ...], int] = {}
    inside: Path = ()
    for number, line in _outside_of_long_texts(text):
        if header := _HEADER.match(line):
            names = _names(header["names"])
            if header["open"] == "[[":
                counts[names] = counts.get(names, 0) + 1
            inside = tuple(_with_places(names, counts))
            found.setdefault(inside, number)
        elif key := _KEY.match(line):
            path = (*inside, *_names(key["names"]))
            for length in range(len(inside) + 1, len(path) + 1):
                found.setdefault(path[:length], number)
    return found


def line_of(lines: Mapping[Path, int], path: Path) -> int | None:
    """The line of a key, else of the nearest thing around it; None where nothing of it is to be seen."""
    return next((lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in lines), None)


def _outside_of_long_texts(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines, without those that lie within a text in three quotes."""
    within = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if within:
            within = "" if within in line else within
            continue
        yield number, line
        within = next((quotes for quotes in _QUOTES if line.count(quotes) % 2), "")


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in _NAME.findall(dotted))


def _with_places(names: tuple[str, ...], counts: Mapping[tuple[str, ...], int]) -> Iterator[str | int]:
    """A header's names, after each list of tables the place of its newest one."""
    for length, name in enumerate(names, start=1):
        yield name
        if names[:length] in counts:
            yield counts[names[:length]]


def _positive(value: object) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = parse("", str(value))
    except BadInput:
        return None
    return number if number > 0 else None
