"""``grader regrade``: what is out of date is graded again, compared, applied, rolled back, or withdrawn before."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console

from grader.cli import completion
from grader.cli.installation import Installation, now, on_server
from grader.cli.output import open_console, print_json, print_rows
from grader.core.report import number
from grader.core.scoring import rounded

if TYPE_CHECKING:
    from grader.staff.regrade_moves import Moved
    from grader.staff.regrade_preview import Change, Overview, Preview

Decided = TypeVar("Decided")


@click.group()
def regrade() -> None:
    """Grade again what is out of date; see what would change; apply it, or roll it back."""


@regrade.command("out-of-date")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@on_server
def out_of_date(found: Installation, as_json: bool) -> None:
    """Per assignment, how many results were made with another suite or reference than today's."""
    from grader.staff import regrades

    listed = regrades.out_of_date(found.database, found.course)
    rows = [{"assignment": one.item.name, "results": one.results, "out_of_date": one.old} for one in listed]
    if as_json:
        print_json(rows)
    else:
        print_rows(open_console(), ("assignment", "results", "out of date"), (row.values() for row in rows))


@regrade.command()
@click.argument("assignment", shell_complete=completion.assignments)
@click.option(
    "--which",
    type=click.Choice(["counting", "latest", "all"]),
    default="counting",
    show_default=True,
    help="Of each student the submission that counts, the latest one, or all.",
)
@click.option("--submission", "only", default="", metavar="ID", help="This one alone; its first letters are enough.")
@click.option("--everything", is_flag=True, help="Also what is not out of date.")
@click.option("--other-inputs", is_flag=True, help="With other inputs than before, and also what is not out of date.")
@click.option("--reason", required=True, help="It is kept in the audit log.")
@on_server
def start(
    found: Installation, assignment: str, which: str, only: str, everything: bool, other_inputs: bool, reason: str
) -> None:
    """Grade submissions to ASSIGNMENT again, behind all new ones. Nothing changes until it is applied."""
    from grader.staff import regrades

    with found.database.reading() as session:
        actor = found.actor(session)
    started = regrades.start(
        found.database,
        found.course,
        assignment,
        which=which,
        only=only,
        everything=everything,
        other_inputs=other_inputs,
        why=reason,
        actor=actor,
        now=now(),
    )
    click.echo(f"Started. See what it would change: grader regrade show {started[:8]}")


@regrade.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@on_server
def list_(found: Installation, as_json: bool) -> None:
    """All regrades, newest first."""
    from grader.staff.regrade_preview import overviews

    with found.database.reading() as session:
        listed = [_overview_json(one) for one in overviews(session)]
    if as_json:
        print_json(listed)
        return
    headings = ("id", "assignment", "which", "state", "graded", "broken", "of", "by", "reason")
    rows = [
        (
            one["id"][:8],
            *(one[name] for name in ("assignment", "which", "state", "graded", "broken", "total", "by", "reason")),
        )
        for one in listed
    ]
    print_rows(open_console(), headings, rows)


@regrade.command()
@click.argument("identity", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print what would change as JSON.")
@on_server
def show(found: Installation, identity: str, as_json: bool) -> None:
    """How far a regrade is, and what it changes: for whom, by how much. The first letters of ID are enough."""
    from grader.staff.regrade_preview import preview

    made = preview(found.database, found.course, identity)
    if as_json:
        print_json(to_json(made))
    else:
        _print(made, open_console())


@regrade.command()
@click.argument("identity", metavar="ID")
@on_server
def apply(found: Installation, identity: str) -> None:
    """Let the new results count."""
    from grader.staff import regrade_moves

    click.echo(_moved(_decide(found, identity, regrade_moves.apply)))


@regrade.command()
@click.argument("identity", metavar="ID")
@on_server
def withdraw(found: Installation, identity: str) -> None:
    """Grade no more of what still waits, and never apply it."""
    from grader.staff import regrade_moves

    stopped = _decide(found, identity, regrade_moves.withdraw)
    click.echo(f"Withdrawn. {stopped} submissions were still to be graded.")


@regrade.command("roll-back")
@click.argument("identity", metavar="ID")
@on_server
def roll_back(found: Installation, identity: str) -> None:
    """Let the results count again that did before."""
    from grader.staff import regrade_moves

    click.echo(_moved(_decide(found, identity, regrade_moves.roll_back)))


def to_json(made: Preview) -> dict[str, Any]:
    """The preview as data."""
    return {
        **_overview_json(made.overview),
        "changes": [_change_json(change) for change in made.changes],
        "same": made.same,
        "could_not_be_graded": [
            {"login": user.login, "submission": one.submission, "error": one.error} for user, one in made.broken
        ],
        "left_alone": [{"login": user.login, "submission": one.submission} for user, one in made.left],
    }


def _overview_json(one: Overview) -> dict[str, Any]:
    regrade = one.regrade
    return {
        "id": regrade.id,
        "assignment": regrade.assignment,
        "which": regrade.which,
        "other_inputs": regrade.other_inputs,
        "state": regrade.state,
        "reason": regrade.reason,
        "by": one.by.login,
        "created_at": regrade.created_at.isoformat(),
        "total": one.total,
        "graded": one.states.get("graded", 0),
        "broken": one.states.get("broken", 0),
    }


def _change_json(change: Change) -> dict[str, Any]:
    effect = change.effect
    return {
        "login": change.user.login,
        "submissions": [
            {"id": one.submission, "old": _score(one.old_score), "new": _score(one.new_score)}
            for one in change.submissions
        ],
        "old_points": number(effect.before.points),
        "new_points": number(effect.after.points),
        "old_final": float(rounded(effect.final_before)),
        "new_final": float(rounded(effect.final_after)),
    }


def _print(made: Preview, console: Console) -> None:
    one = made.overview
    states = ", ".join(f"{count} {state}" for state, count in sorted(one.states.items()))
    which = f"{one.regrade.which}, other inputs" if one.regrade.other_inputs else one.regrade.which
    console.print(f"{one.regrade.assignment}, {which}: {one.regrade.state}; {states}", highlight=False)
    rows = [
        (
            change.user.login,
            ", ".join(f"{_score(s.old_score)} -> {_score(s.new_score)}" for s in change.submissions),
            f"{rounded(change.effect.before.points)} -> {rounded(change.effect.after.points)}",
            f"{rounded(change.effect.final_before)} -> {rounded(change.effect.final_after)}",
            f"{rounded(change.difference):+}",
        )
        for change in made.changes
    ]
    if rows:
        print_rows(console, ("student", "score", "points", "final", "difference"), rows)
    console.print(f"{len(rows)} students have another score; {made.same} submissions have the same.", highlight=False)
    for user, outcome in made.broken:
        console.print(f"not graded: {user.login} {outcome.submission}: {outcome.error}", highlight=False, markup=False)
    for user, outcome in made.left:
        console.print(f"left alone, has another result by now: {user.login} {outcome.submission}", highlight=False)


def _score(score: tuple[Fraction, Fraction] | None) -> str:
    return "-" if score is None else f"{number(score[0]):g}/{number(score[1]):g}"


def _decide(found: Installation, identity: str, how: Callable[..., Decided]) -> Decided:
    """Apply a regrade, roll it back or withdraw it, in the name of who is acting."""
    with found.database.writing() as session:
        return how(session, identity, actor=found.actor(session), now=now())


def _moved(moved: Moved) -> str:
    left = f" {moved.left} were left alone: something else counts for them by now." if moved.left else ""
    return f"{moved.moved} submissions have another result, {moved.changed} of them another score.{left}"
