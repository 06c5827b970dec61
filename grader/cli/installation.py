"""For the commands that staff use on the machine that serves the course: its database, its course, and who acts.

The installation is the folder of `grader up` (``--data`` or GRADER_DATA), or what GRADER_DATABASE_FILE (or
GRADER_DATABASE) tells, as in the containers of compose.yaml. Its course is the one that was applied last; beside
GRADER_DATABASE, GRADER_COURSE names a file to count by instead, to try it before it is applied. Whoever can read the
database may do everything to it, so ``--as`` is no permission: it is the name that the audit log keeps.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.core import addresses
from grader.core.assignment import assignments_folder, by_name
from grader.core.course import Course
from grader.core.course_file import course_text, parse_course
from grader.core.errors import BadInput

if TYPE_CHECKING:
    from grader.launch.services import Place

FOLDER = click.Path(file_okay=False, path_type=Path)


@dataclass(frozen=True)
class Installation:
    """A course as it runs on this machine. ``database`` is a `grader.store.engine.Database`."""

    database: Any
    course: Course
    secret_file: Path | None
    login: str | None
    url: str | None = None

    def link(self, url: str | None) -> str:
        """The web's address: the one that was told, or that of the server which runs here. Raises BadInput."""
        known = url or self.url
        if not known:
            raise BadInput(
                "Where is the web? No server runs in this folder: start `grader up`, or tell --url (or GRADER_URL).",
                ru="Какой адрес у сайта? В этой папке сервер не запущен: запустите `grader up` или укажите --url "
                "(или GRADER_URL).",
            )
        if not known.startswith(("http://", "https://")):
            raise BadInput(
                f"{known[:80]!r} is no address: it begins with https:// or http://.",
                ru=f"«{known[:80]}» — не адрес: он начинается с https:// или http://.",
            )
        return known.rstrip("/")

    def actor(self, session: Any) -> Any:
        """The instructor or assistant in whose name a change is made. Raises BadInput when there is none."""
        from grader.store import people

        if self.login is None:
            raise BadInput("Say in whose name: --as LOGIN (or GRADER_AS).")
        user = people.by_login(session, self.login)
        if user is None or not user.is_staff or not user.active:
            raise BadInput(f"{self.login} is no instructor or assistant of this course.")
        return user


def now() -> datetime:
    return datetime.now(UTC)


def on_server(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--data`` and ``--as``, and an `Installation` as its first argument."""

    @click.option("--data", envvar="GRADER_DATA", type=FOLDER, help="The folder of `grader up`.")
    @click.option("--as", "acting", envvar="GRADER_AS", metavar="LOGIN", help="In whose name changes are made.")
    @functools.wraps(command)
    def wrapped(*args: Any, data: Path | None, acting: str | None, **options: Any) -> Any:
        found = open_installation(data, acting)
        try:
            return command(found, *args, **options)
        finally:
            found.database.close()

    return wrapped


def open_installation(data: Path | None, login: str | None = None) -> Installation:
    """The installation in a folder, or that of the environment. Raises BadInput when there is none, NoCourse."""
    found = existing_parts(data)
    database = open_database(found)
    try:
        course = _course(database, found.course)
    except BaseException:
        database.close()
        raise
    return Installation(database, course, found.secret, login, found.url)


def open_database(found: Parts) -> Any:
    """The database of an installation. Raises BadInput where its tables are not today's."""
    from grader.store.engine import Database
    from grader.store.migrations import is_current

    database = Database(found.database)
    if not is_current(database.engine):
        database.close()
        raise BadInput("The tables of this database are not today's: grader migrate brings them there.")
    return database


def _course(database: Any, file: Path | None) -> Course:
    """The course in force, or that of a file; where they differ, that is told. Raises BadInput, NoCourse."""
    from grader.store import courses

    with database.reading() as session:
        if file is None:
            return courses.course_in_force(session, by_name(assignments_folder()))
        text, version = course_text(file), courses.newest(session)
    if version is not None and version.text != text:
        click.echo(f"Counted by GRADER_COURSE ({file}), which is not the course in force.", err=True)
    return parse_course(text, by_name(assignments_folder()), name=file.name)


@dataclass(frozen=True)
class Parts:
    """Where an installation keeps what; ``exists`` tells whether anything is there yet.

    That of `grader up` has a ``folder``, and in it a course file for its first start. ``course`` is a file to count by.
    """

    database: str
    folder: Path | None
    secret: Path | None
    exists: bool = True
    url: str | None = None  # of the web that runs there
    course: Path | None = None


def parts(data: Path | None) -> Parts:
    """The parts of the installation in a folder, or of that of the environment."""
    database = addresses.database() if data is None else None
    if database is not None:
        secret, course = (os.environ.get(name) for name in ("GRADER_SECRET_FILE", "GRADER_COURSE"))
        return Parts(database, None, Path(secret) if secret else None, course=Path(course) if course else None)
    place = _place(data)
    return Parts(place.database, place.folder, place.secret, (place.folder / "grader.db").exists(), place.running_at())


def existing_parts(data: Path | None) -> Parts:
    """The same. Raises BadInput where there is nothing yet."""
    found = parts(data)
    if not found.exists:
        raise BadInput(f"There is no installation in {found.folder}. Begin with `grader up`, or tell --data.")
    return found


def database_url(data: Path | None) -> str | None:
    """The database of the installation in a folder, or that of the environment; None where there is none."""
    found = parts(data)
    return found.database if found.exists else None


def _place(data: Path | None) -> Place:
    from grader.launch.services import Place

    return Place((data or assignments_folder().parent / ".grader" / "data").resolve())
