"""``grader codeforces``: results of contests that Codeforces judges."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli.installation import Installation, now, on_server
from grader.cli.output import open_console, print_json, print_rows
from grader.core.errors import BadInput
from grader.core.report import number
from grader.core.scoring import rounded

if TYPE_CHECKING:
    from grader.core.codeforces import Found
    from grader.core.course import Contest
    from grader.staff.codeforces import Plan

_DEFAULT_API = "https://codeforces.com/api"


@click.group()
def codeforces() -> None:
    """Results from Codeforces: look at them, then import them."""


@codeforces.command("import")
@click.argument("item")
@click.option("--from", "files", multiple=True, type=click.Path(path_type=Path), help="A saved answer (JSON).")
@click.option("--api", default=_DEFAULT_API, show_default=True, help="Where to ask without --from.")
@click.option("--key", type=click.Path(path_type=Path), envvar="GRADER_CODEFORCES_KEY_FILE", help="Key and secret.")
@click.option("--apply", "apply_", is_flag=True, help="Change it; without this results are only looked at.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@on_server
def import_(
    found: Installation,
    item: str,
    files: tuple[Path, ...],
    api: str,
    key: Path | None,
    apply_: bool,
    as_json: bool,
) -> None:
    """Accepted solutions for ITEM, from saved answers of contest.standings and user.status, or from Codeforces itself.

    Shows who gets what. Handles are those of `grader people set LOGIN --codeforces HANDLE`.
    """
    from grader.staff import codeforces as rules

    thing, contest = rules.contest_item(found.course, item)
    if files:
        solved = _from_files(files, contest)
    else:
        with found.database.reading() as session:
            handles = sorted(user.codeforces for user in rules.handles(session).values())
        solved = _from_api(api, key, contest, handles)
    with found.database.writing() if apply_ else found.database.reading() as session:
        plan = rules.plan(session, thing, solved)
        if apply_:
            rules.apply(session, plan, actor=found.actor(session), now=now())
    if as_json:
        print_json(_json(plan, contest, apply_))
    else:
        _print(plan, contest, apply_)


def _from_files(files: tuple[Path, ...], contest: Contest) -> Found:
    from grader.core.codeforces import Found, read

    found = Found()
    for file in files:
        try:
            found |= read(json.loads(file.read_bytes()), contest)
        except OSError as error:
            raise BadInput(f"{file} cannot be read: {error.strerror}.") from error
        except ValueError as error:
            raise BadInput(f"{file} is no JSON: {error}.") from error
    return found


def _from_api(url: str, key: Path | None, contest: Contest, handles: list[str]) -> Found:
    import httpx

    from grader.cli.codeforces_api import Api, fetch, read_key

    if not handles:
        raise BadInput("No student has a handle yet: grader people set LOGIN --codeforces HANDLE")
    with httpx.Client(timeout=30) as client:
        return fetch(Api(client, url, read_key(key) if key else None), contest, handles)


def _print(plan: Plan, contest: Contest, applied: bool) -> None:
    rows = [
        (
            change.user.login,
            change.user.codeforces,
            " ".join(sorted({one.problem for one in change.solved})),
            f"+{len(change.new)}" + (f" -{len(change.withdrawn)}" if change.withdrawn else ""),
            f"{rounded(change.in_time(plan.item, contest) * plan.item.points)} of {plan.item.points}",
        )
        for change in plan.changes
    ]
    print_rows(open_console(), ("login", "handle", "solved", "solutions", "points in time"), rows)
    click.echo(f"{len(rows)} {'changed' if applied else 'would change'}, {plan.unchanged} stay as they are.")
    for what, names in (
        ("nobody's handles", plan.strangers),
        ("without a handle", [user.login for user in plan.without]),
        ("no time in the standings, so not counted (add their user.status)", plan.untimed),
    ):
        if names:
            click.echo(f"{what}: {', '.join(names)}")
    if not applied:
        click.echo("Nothing was changed yet: --apply does it.")


def _json(plan: Plan, contest: Contest, applied: bool) -> dict[str, Any]:
    return {
        "applied": applied,
        "changes": [
            {
                "login": change.user.login,
                "handle": change.user.codeforces,
                "new": [
                    {"id": one.remote_id, "problem": one.problem, "at": one.at.isoformat(), "share": number(one.share)}
                    for one in change.new
                ],
                "withdrawn": change.withdrawn,
                "points": number(change.in_time(plan.item, contest) * plan.item.points),
            }
            for change in plan.changes
        ],
        "unchanged": plan.unchanged,
        "strangers": plan.strangers,
        "without_handle": [user.login for user in plan.without],
        "untimed": plan.untimed,
    }
