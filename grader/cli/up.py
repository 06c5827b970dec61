"""``grader up``: the whole system on this machine, until Ctrl-C."""

from __future__ import annotations

import shutil
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from grader.cli.gradebook_table import print_gradebook
from grader.cli.output import print_rows
from grader.core.assignment import assignments_folder, load_all
from grader.core.course_file import read_course
from grader.core.errors import BadInput, OurFault
from grader.harness import sandbox


@click.command()
@click.option("--demo", is_flag=True, help="Begin afresh with a demonstration course, people and uploads.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Where everything is kept.")
@click.option(
    "--port", default=8000, show_default=True, help="The web server's port; a free one is taken if it is not."
)
@click.option(
    "--sandbox", "kind", default=None, help="docker or bubblewrap; by default docker where an engine answers."
)
@click.option("--once", is_flag=True, help="Stop when the demonstration's uploads are graded.")
def up(demo: bool, data: Path | None, port: int, kind: str | None, once: bool) -> None:
    """Start web server, worker, sweeper and a private Redis; stop them all with Ctrl-C."""
    from grader.launch.services import Place, free_port, services_of, wait_for
    from grader.store.engine import Database
    from grader.store.migrations import upgrade

    console = Console()
    folder = assignments_folder()
    place = Place((data or folder.parent / ".grader" / ("demo" if demo else "data")).resolve())
    kind = kind or choose_sandbox(console)
    prepare_sandbox(kind, console)
    if demo:
        shutil.rmtree(place.folder, ignore_errors=True)
    place.prepare()
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
    services = services_of(place, sandbox=kind, port=(port := free_port(port)))
    stop = stop_on_signals()
    try:
        services.start()
        url = f"http://127.0.0.1:{port}"
        wait_for(url, services, 60)
        if place.broker is None:
            console.print(
                "No redis-server here: the worker looks into the table instead (apt-get install redis-server)."
            )
        if demo:
            waiting = show.hand_in(url, people, folder, console.print)
            show.follow(database, waiting, console.print, 300)
            print_gradebook(database, course, console)
            print_rows(console, ("log-in", "password", "role"), [(p.login, p.password, p.role) for p in people])
        console.print(
            f"\n[bold]{url}[/bold]  (Ctrl-C stops everything; logs in {place.folder / 'logs'})", highlight=False
        )
        while not once and not stop.wait(0.5):
            pass
    except KeyboardInterrupt:
        pass  # the way to stop it
    finally:
        console.print("Stopping …")
        services.stop()
        database.close()
    console.print("Stopped.")


def choose_sandbox(console: Console) -> str:
    """Docker where an engine answers, else bubblewrap. A server never runs code without isolation."""
    for kind in ("docker", "bubblewrap"):
        problems = sandbox.find(kind).problems("numpy")
        if not problems or (kind == "docker" and "images build" in problems[0]):
            console.print(f"Sandbox: {kind}", highlight=False)
            return kind
    raise OurFault("No sandbox can be used here: install Docker (docker.io) or bubblewrap.")


def prepare_sandbox(kind: str, console: Console) -> None:
    """Build the images when Docker is used; what is up to date is left alone."""
    if kind == "docker":
        from grader.cli.images import builder
        from grader.core.assignment import ENVIRONMENTS

        builder()(ENVIRONMENTS, base=None, say=lambda text: console.print(text, style="dim", highlight=False))
    elif problems := sandbox.find(kind).problems("numpy"):
        raise OurFault("; ".join(problems))


def stop_on_signals() -> threading.Event:
    """An event that Ctrl-C and SIGTERM set."""
    stop = threading.Event()

    def on_signal(*_: object) -> None:
        stop.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, on_signal)
    return stop
