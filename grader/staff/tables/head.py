"""Which column is which: the row that names the columns, what each name means, and what was said about it.

A head may stand below a title and may itself have two rows (a wide cell over narrower ones).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.core.errors import BadInput
from grader.staff.tables.notes import quoted
from grader.staff.tables.rows import HEAD_WITHIN, Row
from grader.staff.tables.words import key

PARTS = ("family name", "given name", "middle name")
_OWN = "own name"
_LONGEST, _MOST = 200, 500  # characters of a name, and columns
_ASIDE = re.compile(r"\s*[(\[].*?[)\]]\s*")

Chosen = Mapping[str, Sequence[str]]  # what a person has said: a column here -> those of the file, none for no one
Places = dict[str, tuple[int, ...]]  # a column here -> where it stands in the file; a name may be in three


class NoColumns(BadInput):
    """The head lacks a column, or it cannot be told which of several is meant: somebody has to say it.

    ``names`` are the file's columns, ``wanted`` is the column that is not there, ``example`` one that it may be,
    ``places`` what is known of the others.
    """

    def __init__(
        self,
        en: str,
        ru: str,
        names: Sequence[str],
        wanted: str,
        *,
        example: str = "",
        places: Mapping[str, tuple[int, ...]] | None = None,
    ) -> None:
        super().__init__(en, ru=ru)
        self.names, self.wanted, self.places = tuple(names), wanted, dict(places or {})
        self.example = example or (self.names[0] if self.names else "")


@dataclass(frozen=True)
class Head:
    """The head's first row and how many it has; all columns as the file names them, each once; where is what."""

    at: int
    height: int
    names: tuple[str, ...]
    places: Places
    second_choice: bool = False  # whether the login is a number

    @property
    def used(self) -> set[int]:
        """The places of columns that are read."""
        return {place for places in self.places.values() for place in places}


def recognised(rows: Sequence[Row], words: Mapping[str, str]) -> int:
    """How many columns are known in the row that has most of them."""
    return max((len(_meanings(row.cells, words)) for row in rows), default=0)


def find(rows: Sequence[Row], words: Mapping[str, str], required: Iterable[str], chosen: Chosen) -> Head:
    """The head. Raises NoColumns."""
    wanted = tuple(required)
    first = [(at, row) for at, row in enumerate(rows[:HEAD_WITHIN]) if row.filled]
    if not first:
        raise BadInput("The table is empty.", ru="Таблица пуста.")
    at = next((at for at, row in first if _is_head(row.cells, words, wanted, chosen)), None)
    if at is None:  # told about the row that looks most like a head
        at = max(first, key=lambda pair: (len(_meanings(pair[1].cells, words)), -pair[0]))[0]
    cells, height = _with_second_row(rows, at, words, wanted)
    if len(cells) > _MOST:
        raise BadInput(f"The table has more than {_MOST} columns.", ru=f"В таблице больше {_MOST} столбцов.")
    names = _each_once(cells)
    places, second_choice = _places(names, cells, words, chosen)
    for column in wanted:
        if not places.get(column):
            raise _missing(column, names, words, places)
    return Head(at, height, names, places, second_choice)


def _is_head(cells: Sequence[str], words: Mapping[str, str], wanted: tuple[str, ...], chosen: Chosen) -> bool:
    keys, known = {key(cell) for cell in cells if cell}, _meanings(cells, words)
    if any(key(name) in keys for names in chosen.values() for name in names):
        return True
    return bool(known) and all(column in known or f"{column}?" in known or column in chosen for column in wanted)


def _meanings(cells: Sequence[str], words: Mapping[str, str]) -> dict[str, list[int]]:
    """What is known of these names: a meaning -> where."""
    known: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        meaning = _meaning(cell, words)
        if meaning:
            known.setdefault(meaning, []).append(place)
    return known


def _meaning(cell: str, words: Mapping[str, str]) -> str | None:
    if len(cell) > _LONGEST:
        return None
    return words.get(key(cell)) or words.get(key(_ASIDE.sub(" ", cell)))


def _with_second_row(
    rows: Sequence[Row], at: int, words: Mapping[str, str], wanted: tuple[str, ...]
) -> tuple[list[str], int]:
    """The head's cells, with those of the row below where that one names columns too; and how many rows it has."""
    cells = list(rows[at].cells)
    below = rows[at + 1].cells if at + 1 < len(rows) else ()
    filled = [(place, cell) for place, cell in enumerate(below) if cell]
    logins = [place for place, cell in enumerate(cells) if (_meaning(cell, words) or "").rstrip("?") in wanted]
    if (
        not filled
        or not all(_meaning(cell, words) for _, cell in filled)
        or any(below[p : p + 1] != ("",) for p in logins)
    ):
        return cells, 1
    cells += [""] * (len(below) - len(cells))
    for place, cell in filled:
        cells[place] = cell
    return cells, 2


def _each_once(cells: Sequence[str]) -> tuple[str, ...]:
    """Names that stand for one column each: a second "Group" is "Group (2)", a column without a name its number."""
    seen: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(cells, start=1):
        name = cell or f"({place})"
        seen[key(name)] += 1
        names.append(name if seen[key(name)] == 1 or not cell else f"{name} ({seen[key(name)]})")
    return tuple(names)


def _places(
    names: Sequence[str], cells: Sequence[str], words: Mapping[str, str], chosen: Chosen
) -> tuple[Places, bool]:
    known = _meanings(cells, words)
    _whole_name(known)
    places: Places = {}
    columns = [column for column in dict.fromkeys(meaning.rstrip("?") for meaning in words.values()) if column != _OWN]
    said = {column: tuple(_named(name, column, names) for name in listed) for column, listed in chosen.items()}
    for column in [column for column in columns if column not in said]:
        found = known.get(column) or known.get(f"{column}?") or []
        if len(found) > 1:
            raise _twice(column, [names[place] for place in found], names, places)
        places[column] = tuple(found)
    if said.get("name") or places.get("name") or "name" in said:
        places.update(dict.fromkeys(PARTS, ()))
    elif "family name" in columns:
        places["name"] = _in_order(places, cells)
        places.update(dict.fromkeys(PARTS, ()))
    places |= said
    instead = "login" not in said and not known.get("login") and bool(places.get("login"))
    return {column: where for column, where in places.items() if where}, instead


def _whole_name(known: dict[str, list[int]]) -> None:
    """Settle what «Name» is: beside a family name and no other given name the given one, else the whole name."""
    own = known.pop(_OWN, [])
    if own:
        given = "family name" in known and "given name" not in known
        known.setdefault("given name" if given else "name", []).extend(own)


def _in_order(places: Places, cells: Sequence[str]) -> tuple[int, ...]:
    """The parts of a name: family name first where the columns are named in Russian, last otherwise."""
    order = PARTS if any("а" <= letter <= "я" for letter in _head_of(places, cells)) else (*PARTS[1:], PARTS[0])
    return tuple(place for part in order for place in places.get(part, ()))


def _head_of(places: Places, cells: Sequence[str]) -> str:
    return "".join(cells[place] for part in PARTS for place in places.get(part, ())).lower()


def _named(name: str, column: str, names: Sequence[str]) -> int:
    """The place of the column with this name. Raises NoColumns."""
    same = [place for place, one in enumerate(names) if one.strip().casefold() == name.strip().casefold()]
    same = same or [place for place, one in enumerate(names) if key(one) == key(name)]
    if len(same) == 1:
        return same[0]
    en, ru = quoted(names)
    raise NoColumns(
        f'The file has no column "{name[:60]}"; it has {en}.',
        f"В файле нет столбца «{name[:60]}»; есть {ru}.",
        names,
        column,
    )


def _missing(column: str, names: Sequence[str], words: Mapping[str, str], places: Places) -> NoColumns:
    known = ", ".join(dict.fromkeys(m for m in words.values() if "?" not in m and " " not in m))
    en, ru = quoted(names)
    return NoColumns(
        f"No line names the columns that are needed: {column} is missing among {en}. What can be read: {known}.",
        f"Нет строки с названиями нужных столбцов: среди {ru} нет {column}. Что читается: {known}.",
        names,
        column,
        places=places,
    )


def _twice(column: str, same: Sequence[str], names: Sequence[str], places: Places) -> NoColumns:
    en, ru = quoted(same)
    return NoColumns(
        f"Two columns may be {column}: {en}. Say which one it is.",
        f"Два столбца подходят для {column}: {ru}. Укажите, какой из них нужен.",
        names,
        column,
        example=same[0],
        places=places,
    )
