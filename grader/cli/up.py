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
from rich.console import Console

from grader.cli.gradebook_table import print_gradebook
from grader.cli.output import open_console, print_rows
from grader.core.assignment import assignments_folder, load_all
from grader.core.course_file import read_course
from grader.core.errors import BadInput, OurFault
from grader.harness import sandbox

if TYPE_CHECKING:
    from grader.launch.services import Services

STOPPING = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, being told to, and a terminal that was closed


@click.command()
@click.option("--demo", is_flag=True, help="Begin afresh with a demonstration course, people and uploads.")
@click.option(
    "--data",
    envvar="GRADER_DATA",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where everything is kept.",
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
def up(demo: bool, data: Path | None, port: int | None, kind: str | None, once: bool) -> None:
    """Start web server, worker, sweeper and a private Redis; stop them all with Ctrl-C."""
    from grader.launch.services import Place, port_for, services_of, wait_for
    from grader.store.engine import Database
    from grader.store.migrations import upgrade

    console = open_console()
    address = port_for(port)
    folder = assignments_folder()
    place = Place((data or folder.parent / ".grader" / ("demo" if demo else "data")).resolve())
    kind = kind or choose_sandbox(console)
    prepare_sandbox(kind, console)
    place.prepare(afresh=demo)
    database = Database(place.database)
    upgrade(database.engine)
    now = datetime.now(UTC)
    people = []
    if demo:
        from grader.launch import demo as show

        show.write_course(place.course, folder, now)
        people = show.cast()
    if not place.course.exists():
        raise BadInput(f"There is no course file {place.course}. Write one, or try `grader up --demo`.")
    course = read_course(place.course, {a.name: a for a in load_all(folder)})
    if demo:
        show.settle(database, course, people, now)
    services = services_of(place, sandbox=kind, port=address)
    with closing(database), stopped_at_the_end(services, console) as stop:
        services.start()
        url = f"http://127.0.0.1:{address}"
        wait_for(url, services, 60)
        if place.broker is None:
            console.print(
                "No redis-server here: the worker looks into the table instead (apt-get install redis-server)."
            )
        if demo:
            waiting = show.hand_in(url, people, folder, console.print)
            with console.status("") as status:
                show.follow(database, waiting, console.print, status.update, 600)
            print_gradebook(database, course, console)
            print_rows(console, ("log-in", "password", "role"), [(p.login, p.password, p.role) for p in people])
        console.print(
            f"\n[bold]{url}[/bold]  (Ctrl-C stops everything; logs in {place.folder / 'logs'})", highlight=False
        )
        while not once and not stop.wait(0.5):
            pass


def choose_sandbox(console: Console) -> str:
    """Docker where an engine answers, else bubblewrap. A server never runs code without isolation."""
    lacking = []
    for kind in ("docker", "bubblewrap"):
        problems = sandbox.find(kind).problems("numpy")
        if not problems or (kind == "docker" and "images build" in problems[0]):
            console.print(f"Sandbox: {kind}", highlight=False)
            return kind
        lacking.append(f"{kind}: {problems[0]}")
    raise OurFault(f"No sandbox can be used here. Mend one of these: {'; '.join(lacking)}")


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
