"""What the imports of tables have in common: ``--column``, and what is told of how a table was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from grader.cli.language import language, say
from grader.core.errors import BadInput
from grader.core.text import clean

if TYPE_CHECKING:
    from grader.staff.csv_file import Chosen, Note

COLUMN = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=COLUMN",
    help='Read NAME from this column of the file, e.g. login="SIS Login ID"; NAME= leaves it out. '
    "A name may be given several times: its parts are joined.",
)


def chosen(columns: Sequence[str], known: Iterable[str]) -> Chosen:
    """What the options say: a column here -> those of the file. Raises BadInput."""
    names, said = tuple(known), dict[str, list[str]]()
    for text in columns:
        name, sign, column = (part.strip() for part in text.partition("="))
        if not sign or name not in names:
            raise BadInput(
                f"--column {text[:80]!r}: write NAME=COLUMN, where NAME is one of {', '.join(names)}.",
                ru=f"--column «{text[:80]}»: нужно ИМЯ=СТОЛБЕЦ, где имя — одно из {', '.join(names)}.",
            )
        listed = said.setdefault(name, [])
        if listed and name != "name":
            raise BadInput(f"--column: {name} is given twice.", ru=f"--column: для {name} указано два столбца.")
        listed.extend([column] if column else [])
    return said


@contextmanager
def asking() -> Iterator[None]:
    """Tell how to name a column that could not be found."""
    from grader.staff.csv_file import NoColumns

    try:
        yield
    except NoColumns as error:
        hint = f'--column {error.wanted}="{clean(error.example, limit=80)}"'
        raise BadInput(f"{error} For example: {hint}", ru=f"{error.ru} Например: {hint}") from error


def print_notes(notes: Iterable[Note]) -> None:
    """How the table was read, beside what is printed as the result."""
    for note in notes:
        click.echo(f"{say('note', 'примечание')}: {note.told(language())}", err=True)
