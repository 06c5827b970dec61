"""The form that says which column of a table is which: what it shows, and what was chosen in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from grader.staff.accounts import FIELDS
from grader.staff.csv_file import Chosen

_PARTS = {"name": 3}  # how many columns may be joined


@dataclass(frozen=True)
class Choice:
    """A column here, and those of the file that it is read from, as many as there may be; empty where there is none."""

    name: str
    read_from: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """All columns of the file, and a choice for each column here."""

    names: tuple[str, ...]
    choices: tuple[Choice, ...]


def form(names: Sequence[str], places: Mapping[str, tuple[int, ...]]) -> Form:
    """The form for a table with these columns, as it was read."""
    choices = []
    for name in ("login", *FIELDS):
        read_from = [names[place] for place in places.get(name, ())]
        empty = max(_PARTS.get(name, 1) - len(read_from), 0)
        choices.append(Choice(name, (*read_from, *[""] * empty)))
    return Form(tuple(names), tuple(choices))


def chosen(sent: MultiDict[str, str]) -> Chosen | None:
    """What was chosen; None where the form was not there."""
    fields = {name: sent.getlist(f"column-{name}") for name in ("login", *FIELDS) if f"column-{name}" in sent}
    return {name: [one for one in listed if one] for name, listed in fields.items()} or None
