"""A table that was sent to a page: its text, and the form that says which column of it is which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from grader.core.errors import BadInput
from grader.staff.csv_file import Chosen, decode

MOST_BYTES = 400_000  # below what a form may hold, since the previewed text comes back in one
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


def sent_text() -> str:
    """The text of the file that came, or of the page that has shown it before. Raises BadInput."""
    file = request.files.get("file")
    if file is None or not file.filename:
        text = request.form.get("text", "")
        if not text.strip():
            raise BadInput("Choose a file first.", ru="Сначала выберите файл.")
        return text
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise RequestEntityTooLarge
    text = decode(content, file.filename)
    if len(text.encode()) > MOST_BYTES:  # a workbook is packed, and old encodings are shorter
        raise RequestEntityTooLarge
    return text


def form(names: Sequence[str], places: Mapping[str, tuple[int, ...]], fields: Sequence[str]) -> Form:
    """The form for a table with these columns, as it was read."""
    choices = []
    for name in fields:
        read_from = [names[place] for place in places.get(name, ())]
        empty = max(_PARTS.get(name, 1) - len(read_from), 0)
        choices.append(Choice(name, (*read_from, *[""] * empty)))
    return Form(tuple(names), tuple(choices))


def chosen(sent: MultiDict[str, str], fields: Sequence[str]) -> Chosen | None:
    """What was chosen; None where the form was not there."""
    there = {name: sent.getlist(f"column-{name}") for name in fields if f"column-{name}" in sent}
    return {name: [one for one in listed if one] for name, listed in there.items()} or None
