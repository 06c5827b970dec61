"""``grader doctor``: what works on this machine, and what to do about the rest."""

from __future__ import annotations

import platform
import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from grader.cli.installation import FOLDER, database_url, now
from grader.cli.output import open_console, print_json, print_rows
from grader.core.assignment import ENVIRONMENTS, assignments_folder, is_whole, names
from grader.core.errors import GraderError
from grader.harness import sandbox

if TYPE_CHECKING:
    from grader.store.models import Worker


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--data", envvar="GRADER_DATA", type=FOLDER, help="The folder of `grader up`.")
def doctor(as_json: bool, data: Path | None) -> None:
    """Look at Python, the assignments, Redis and every kind of sandbox; exit code 4 when none for a server works.

    Where a course runs, look at its database and its workers too.
    """
    findings = [*_basics(), *_sandboxes(), *(_course(data) if _is_server() else [])]
    if as_json:
        print_json([{"what": what, "fine": fine, "detail": detail} for what, fine, detail in findings])
    else:
        rows = [(what, Text("fine", "green") if fine else Text("no", "red"), detail) for what, fine, detail in findings]
        print_rows(open_console(), ("what", "", ""), rows)
    served = any(fine for what, fine, _ in findings if what.startswith(("docker", "bubblewrap")))
    raise click.exceptions.Exit(0 if served or not _is_server() else 4)


def _basics() -> list[tuple[str, bool, str]]:
    found = names(assignments_folder())
    redis = shutil.which("redis-server")
    return [
        ("Python", sys.version_info >= (3, 11), platform.python_version()),
        ("assignments", bool(found), f"{len(found)} in {assignments_folder()}"),
        (
            "redis-server",
            bool(redis),
            redis or "the worker would look into the table instead: apt-get install redis-server",
        ),
    ]


def _sandboxes() -> list[tuple[str, bool, str]]:
    findings = []
    for kind in sandbox.kinds():
        for environment in ENVIRONMENTS:
            try:
                problems = sandbox.find(kind).problems(environment)
            except GraderError as error:
                problems = [str(error)]
            findings.append((f"{kind}, {environment}", not problems, "; ".join(problems)))
    return findings


def _course(data: Path | None) -> list[tuple[str, bool, str]]:
    """The database of the course that runs here, if there is one, and the workers that have noted themselves in it."""
    from grader.store import workers
    from grader.store.engine import Database
    from grader.store.migrations import is_current

    url = database_url(data)
    if url is None:
        return []
    database = Database(url)
    try:
        if not is_current(database.engine):
            return [("database", False, "its tables are not today's: run `grader migrate`")]
        with database.reading() as session:
            found = [_worker(worker, workers.state_of(worker, now()), now()) for worker in workers.table(session)]
    except Exception as error:  # whatever the driver says, this is what doctors are for
        return [("database", False, f"does not answer ({type(error).__name__})")]
    finally:
        database.close()
    nobody = [("workers", False, "none has noted itself: uploads are accepted, and wait")]
    return [("database", True, "answers, with today's tables"), *(found or nobody)]


def _worker(worker: Worker, state: str, at: datetime) -> tuple[str, bool, str]:
    spares = ", ".join(f"{environment}: {count}" for environment, count in sorted(worker.spares.items()))
    seen = f"seen {max(0, int((at - worker.seen_at).total_seconds()))} s ago"
    detail = f"{state}; {worker.sandbox}; {worker.queues}; spares ready: {spares}; {seen}"
    return f"worker {worker.id}", state == "ready", f"{detail}; {worker.reason}" if worker.reason else detail


def _is_server() -> bool:
    """Whether this is a checkout that could serve a course, and not a student's installation."""
    return is_whole()
