"""``grader up``: the whole system on this machine, until Ctrl-C."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource
from rich.console import Console

from grader.cli.gradebook_table import print_gradebook
from grader.cli.output import open_console, print_rows
from grader.core.assignment import assignments_folder, by_name
from grader.core.course_file import course_text, parse_course
from grader.core.errors import BadInput, OurFault
from grader.harness import sandbox

if TYPE_CHECKING:
    from grader.core.course import Course
    from grader.launch.demo import Person
    from grader.launch.services import Place, Services
    from grader.store.engine import Database

STOPPING = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, being told to, and a terminal that was closed


@click.command()
@click.option("--demo", is_flag=True, help="A demonstration course with people and uploads, in a folder of its own.")
@click.option("--reset", is_flag=True, help="With --demo: begin it again; what was done in it is lost.")
@click.option(
    "--data",
    envvar="GRADER_DATA",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where everything is kept. With --demo a new or empty folder, or that of a demonstration; GRADER_DATA does "
    "not count there.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="The web server's port. By default 8000, or a free one where that is taken.",
)
@click.option(
    "--sandbox",
    "kind",
    type=click.Choice(["docker", "bubblewrap"]),
    help="By default docker where an engine answers.",
)
@click.option("--once", is_flag=True, help="Stop when the demonstration's uploads are graded.")
@click.pass_context
def up(
    context: click.Context, demo: bool, reset: bool, data: Path | None, port: int | None, kind: str | None, once: bool
) -> None:
    """Start web server, worker, sweeper and a private Redis; stop them all with Ctrl-C."""
    from grader.launch import demo_folder
    from grader.launch.services import address_of, listener_for, services_of, wait_for
    from grader.store.engine import Database
    from grader.store.migrations import upgrade

    if reset and not demo:
        raise BadInput("--reset is only for a demonstration: add --demo.")
    console = open_console()
    listener = listener_for(port)
    folder = assignments_folder()
    is_of_environment = context.get_parameter_source("data") is ParameterSource.ENVIRONMENT
    place = demonstration_place(None if is_of_environment else data) if demo else _place(data)
    kind = kind or choose_sandbox(console)
    prepare_sandbox(kind, console)
    place.take()
    if reset:
        demo_folder.empty(place.folder, but=place.lock)
    place.fill()
    database = Database(place.database)
    upgrade(database.engine)
    now = datetime.now(UTC)
    people, unmade = [], demo and not demo_folder.is_whole(place.folder)
    if demo:
        from grader.launch import demo as show

        people = show.cast(place.secret.read_text())
        if unmade and not place.course.exists():
            show.write_course(place.course, folder, now)
    course = course_to_serve(database, place.course, console)
    if unmade:
        show.begin(database, course, people, now)
    services = services_of(place, sandbox=kind, listener=listener)
    with closing(listener), closing(database), stopped_at_the_end(services, console) as stop:
        services.start()
        url = address_of(listener)
        wait_for(url, services, 60)
        if place.broker is None:
            console.print(
                "No redis-server here: the worker looks into the table instead (apt-get install redis-server)."
            )
        if unmade:
            waiting = show.hand_in(url, people, folder, show.handed_in(database), console.print)
            demo_folder.set_whole(place.folder)
            with console.status("") as status:
                show.follow(database, waiting, console.print, status.update, 600)
        if demo:
            console.print("" if unmade else "The demonstration is as it was left; --reset begins it again.")
            _print_demonstration(database, course, people, console)
        console.print(
            f"\n[bold]{url}[/bold]  (Ctrl-C stops everything; logs in {place.folder / 'logs'})", highlight=False
        )
        while not once and not stop.wait(0.5):
            pass


def course_to_serve(database: Database, file: Path, console: Console) -> Course:
    """The course in force; at the first start it is that of the file, which is applied.

    Raises BadInput where there is neither, or where the course does not fit the assignments.
    """
    from grader.store import courses

    assignments = by_name(assignments_folder())
    with database.reading() as session:
        version = courses.newest(session)
    if version is not None:
        if file.exists() and course_text(file) != version.text:
            console.print(
                f"{file} is not the course in force. Look at what it changes, and apply it: "
                f"grader course apply {file} --data {file.parent}",
                markup=False,
                highlight=False,
            )
        return parse_course(version.text, assignments)
    if not file.exists():
        raise BadInput(f"There is no course file {file}. Write one, or try `grader up --demo`.")
    text = course_text(file)
    course = parse_course(text, assignments)
    with database.writing() as session:
        courses.add(session, text, course, actor="", now=datetime.now(UTC))
    return course


def _print_demonstration(database: Database, course: Course, people: list[Person], console: Console) -> None:
    """What there is to be seen in it, and with which passwords."""
    print_gradebook(database, course, console)
    print_rows(console, ("log-in", "password", "role"), [(one.login, one.password, one.role) for one in people])


def _place(data: Path | None, name: str = "data") -> Place:
    from grader.launch.services import Place

    return Place((data or assignments_folder().parent / ".grader" / name).resolve())


def demonstration_place(data: Path | None) -> Place:
    """The place of the demonstration. Raises BadInput where something else is there."""
    from grader.launch import demo_folder

    place = _place(data, "demonstration")
    demo_folder.take(place.folder)
    return place


def choose_sandbox(console: Console) -> str:
    """Docker where an engine answers, else bubblewrap. A server never runs code without isolation."""
    lacking = []
    for kind in ("docker", "bubblewrap"):
        problems = sandbox.find(kind).problems("numpy")
        if not problems or (kind == "docker" and "images build" in problems[0]):
            console.print(f"Sandbox: {kind}", highlight=False)
            return kind
        lacking.append(f"{kind}: {problems[0]}")
    raise OurFault(f"No sandbox can be used here. Fix one of these: {'; '.join(lacking)}")


def prepare_sandbox(kind: str, console: Console) -> None:
    """Build the images when Docker is used; what is up to date is left alone."""
    if kind == "docker":
        from grader.cli.images import builder
        from grader.core.assignment import ENVIRONMENTS

        builder()(ENVIRONMENTS, base=None, say=lambda text: console.print(text, style="dim", highlight=False))
    elif problems := sandbox.find(kind).problems("numpy"):
        raise OurFault("; ".join(problems))


@contextmanager
def stopped_at_the_end(services: Services, console: Console) -> Iterator[threading.Event]:
    """Whatever ends the block, the services are stopped after it, and nothing keeps us from that.

    The event is set when a signal has come.
    """
    stop = threading.Event()

    def on_signal(*_: object) -> None:
        _handle(signal.SIG_IGN)  # once is enough: stopping has its own time limits
        stop.set()
        raise KeyboardInterrupt

    _handle(on_signal)
    try:
        yield stop
    except KeyboardInterrupt:
        pass  # the way to stop it
    finally:
        _handle(signal.SIG_IGN)
        _say(console, "Stopping …")
        services.stop()
        _say(console, "Stopped.")


def _handle(action: object) -> None:
    for name in STOPPING:
        signal.signal(getattr(signal, name), action)  # type: ignore[arg-type]


def _say(console: Console, text: str) -> None:
    """The terminal, or the program that read what we said, may be gone; rich then raises SystemExit."""
    with suppress(OSError, SystemExit):
        console.print(text)
