"""``grader doctor``: what works on this machine, and what to do about the rest."""

from __future__ import annotations

import platform
import shutil
import sys

import click
from rich.console import Console
from rich.text import Text

from grader.cli.output import print_json, print_rows
from grader.core.assignment import ENVIRONMENTS, assignments_folder, names
from grader.core.errors import GraderError
from grader.harness import sandbox


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(as_json: bool) -> None:
    """Look at Python, the assignments, Redis and every kind of sandbox; exit code 4 when none for a server works."""
    findings = [*_basics(), *_sandboxes()]
    if as_json:
        print_json([{"what": what, "fine": fine, "detail": detail} for what, fine, detail in findings])
    else:
        rows = [(what, Text("fine", "green") if fine else Text("no", "red"), detail) for what, fine, detail in findings]
        print_rows(Console(), ("what", "", ""), rows)
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


def _is_server() -> bool:
    """Whether this is a checkout that could serve a course, and not a student's installation."""
    return (assignments_folder().parent / "reference").is_dir()
