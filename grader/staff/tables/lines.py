"""The lines below the head: their cells by column, what is wrong with which, and which lines are nobody's.

Offices number the columns below the head, repeat the head on every page and end a list with a sum and a signature. LMS
put a line with the maxima above the students. Such lines have no login; they are left out, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from grader.staff.tables.head import Head
from grader.staff.tables.notes import Note, quoted
from grader.staff.tables.rows import Row
from grader.staff.tables.words import key

_NOTHING = frozenset("-–—")  # a part of a name that there is not
_SHOWN = 20  # numbers of lines listed in one sentence
_MAXIMA = ("pointspossible", "manualposting", "muted")  # lines of a Canvas gradebook


@dataclass(frozen=True)
class Line:
    """A line of the table: its number in the file, and its cells by the name of their column, without outer spaces."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Made:
    """What was made of all rows below the head."""

    lines: list[Line] = field(default_factory=list)
    problems: dict[int, Note | str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def lines(rows: Sequence[Row], head: Head, required: tuple[str, ...]) -> Made:
    """Every line that is somebody's, or what is wrong with it."""
    made, width = Made(), len(head.names)
    below = rows[head.at + head.height :]
    keys = [place for column in required for place in head.places[column]]
    ends = max((at for at, row in enumerate(below) if _has(row, keys)), default=-1)
    left, short, gap = list[Row](), list[Row](), False
    for at, row in enumerate(below):
        if not row.filled:
            gap = gap or at > ends
        elif _of_the_head(row, at, rows[head.at]) or (keys and not _has(row, keys) and _nobodys(row, after_gap=gap)):
            left.append(row)
        elif any(row.cells[width:]):
            made.problems[row.number] = _too_many(width, len(row.cells))
        else:
            if len(row.cells) <= max(head.used):
                short.append(row)
            made.lines.append(Line(row.number, dict(_cells(row, head))))
    made.notes.extend([*_left(left), *_short(short)])
    return made


def notes_on(head: Head, rows: Sequence[Row]) -> Iterator[Note]:
    """What was understood of the head, as far as somebody may have meant something else."""
    above = [row for row in rows[: head.at] if row.filled]
    if above:
        en, ru = quoted(row.filled[0] for row in above)
        yield Note(f"left out above the columns' names: {en}", f"над названиями столбцов пропущено: {ru}")
    if head.second_choice:
        en, ru = quoted(head.names[place] for place in head.places["login"])
        yield Note(f"there is no column with logins, {en} is taken", f"столбца с логинами нет, вместо них взят {ru}")
    parts = head.places.get("name", ())
    if len(parts) > 1:
        en, ru = quoted(head.names[place] for place in parts)
        yield Note(f"a name is put together of {en}", f"имя составлено из столбцов {ru}")
    full = {place for row in rows[head.at :] for place, cell in enumerate(row.cells) if cell}
    unused = [place for place in range(len(head.names)) if place in full - head.used]
    if unused:
        en, ru = quoted(head.names[place] for place in unused)
        yield Note(f"columns left out: {en}", f"пропущены столбцы: {ru}")


def _cells(row: Row, head: Head) -> Iterator[tuple[str, str]]:
    for column, places in head.places.items():
        parts = [row.cells[place] if place < len(row.cells) else "" for place in places]
        if len(places) > 1:
            parts = [part for part in parts if part and part not in _NOTHING]
        text = " ".join(parts)
        if column == "name":
            text = _without_comma(text, head.names[places[0]])
        yield column, text


def _without_comma(name: str, column: str) -> str:
    """A name that is written «Last, First», in the order of names that are not."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not (family and comma and given) or "," in given:
        return name
    russian = any("а" <= letter <= "я" for letter in column.lower())
    return f"{family} {given}" if russian else f"{given} {family}"


def _has(row: Row, keys: Sequence[int]) -> bool:
    return any(row.cells[place : place + 1] not in ((), ("",)) for place in keys)


def _of_the_head(row: Row, at: int, head: Row) -> bool:
    """Whether it is the line below the head that numbers the columns, or the head once more."""
    numbers = [str(number) for number in range(1, len(row.filled) + 1)]
    if at == 0 and len(numbers) > 2 and row.filled == numbers:
        return True
    return [key(cell) for cell in row.filled] == [key(cell) for cell in head.filled]


def _nobodys(row: Row, *, after_gap: bool) -> bool:
    """Whether a line without a login is no person's: a heading, a sum, what stands apart below the last person."""
    return after_gap or len(row.filled) == 1 or key(row.filled[0]).startswith(_MAXIMA)


def _too_many(expected: int, came: int) -> Note:
    return Note(f"{expected} cells are expected, {came} came", f"нужно ячеек: {expected}, а здесь {came}")


def _left(left: Sequence[Row]) -> Iterator[Note]:
    if left:
        numbers = _numbers(left)
        en, ru = quoted(row.filled[0] for row in left)
        yield Note(
            f"lines left out, since they are nobody's: {numbers} ({en})",
            f"пропущены строки, в которых нет человека: {numbers} ({ru})",
        )


def _short(short: Sequence[Row]) -> Iterator[Note]:
    if short:
        numbers = _numbers(short)
        yield Note(
            f"lines that end before the last column, the rest is taken as empty: {numbers}",
            f"строки, которые короче остальных, недостающие ячейки считаются пустыми: {numbers}",
        )


def _numbers(rows: Sequence[Row]) -> str:
    shown = [str(row.number) for row in rows[:_SHOWN]]
    return ", ".join([*shown, "…"] if len(rows) > _SHOWN else shown)
