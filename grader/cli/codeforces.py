"""``grader codeforces``: results of contests that Codeforces judges."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli.installation import Installation, now, on_server
from grader.cli.language import say
from grader.cli.output import open_console, print_json, print_rows
from grader.core.errors import BadInput
from grader.core.report import number
from grader.core.scoring import rounded

if TYPE_CHECKING:
    from grader.core.codeforces_found import Found
    from grader.core.course import Contest
    from grader.staff.codeforces import Change, Plan

_DEFAULT_API = "https://codeforces.com/api"


@click.group(
    help=say(
        "Results from Codeforces: look at them, then import them.",
        "Результаты с Codeforces: посмотреть, потом загрузить.",
    )
)
def codeforces() -> None:
    pass


@codeforces.command(
    "import",
    help=say(
        "Accepted solutions for ITEM, from saved answers of contest.standings and user.status, or from Codeforces "
        "itself. Shows who gets what, and what is withdrawn because it is not accepted any more, is gone, or came by a "
        "handle that is another's now. Handles are those of `grader people set LOGIN --codeforces HANDLE`.",
        "Принятые решения по ITEM: из сохранённых ответов contest.standings и user.status или с самого Codeforces. "
        "Показывает, кто что получает и что отзывается: больше не принято, больше не значится или пришло по чужому "
        "имени. Имена задаёт `grader people set LOGIN --codeforces HANDLE`.",
    ),
)
@click.argument("item")
@click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help=say(
        "A saved answer (JSON); of two that differ the later one holds.",
        "Сохранённый ответ (JSON); из двух разных верен последний.",
    ),
)
@click.option(
    "--api",
    default=_DEFAULT_API,
    show_default=True,
    help=say("Where to ask without --from.", "Куда обращаться без --from."),
)
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    envvar="GRADER_CODEFORCES_KEY_FILE",
    help=say("Key and secret.", "Ключ и секрет."),
)
@click.option(
    "--apply",
    "apply_",
    is_flag=True,
    help=say(
        "Change it; without this results are only looked at.", "Применить; без этого результаты только показываются."
    ),
)
@click.option("--json", "as_json", is_flag=True, help=say("Print the plan as JSON.", "Вывести план в JSON."))
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
    from grader.staff import codeforces as rules

    thing, contest = rules.contest_item(found.course, item)
    if files:
        solved = _from_files(files, contest)
    else:
        with found.database.reading() as session:
            handles = sorted(user.codeforces for user in rules.handles(session).values())
            one_by_one = rules.asked_one_by_one(session, thing)
        solved = _from_api(api, key, contest, handles, one_by_one)
    with found.database.writing() if apply_ else found.database.reading() as session:
        plan = rules.plan(session, thing, solved)
        if apply_:
            rules.apply(session, plan, actor=found.actor(session), now=now())
    if as_json:
        print_json(_json(plan, contest, apply_))
    else:
        _print(plan, contest, apply_)


def _from_files(files: tuple[Path, ...], contest: Contest) -> Found:
    from grader.core.codeforces import read
    from grader.core.codeforces_found import Found

    found = Found()
    for file in files:
        try:
            found |= read(json.loads(file.read_bytes()), contest)
        except OSError as error:
            raise BadInput(
                f"{file} cannot be read: {error.strerror}.", ru=f"{file} не читается: {error.strerror}."
            ) from error
        except ValueError as error:
            raise BadInput(f"{file} is no JSON: {error}.", ru=f"{file}: это не JSON: {error}.") from error
    return found


def _from_api(url: str, key: Path | None, contest: Contest, handles: list[str], one_by_one: Collection[str]) -> Found:
    import httpx

    from grader.cli.codeforces_api import Api, fetch, read_key

    if not handles:
        raise BadInput(
            "No student has a handle yet: grader people set LOGIN --codeforces HANDLE",
            ru="Ни у кого из студентов не указано имя: grader people set LOGIN --codeforces HANDLE",
        )
    with httpx.Client(timeout=30) as client:
        return fetch(Api(client, url, read_key(key) if key else None), contest, handles, one_by_one)


def _print(plan: Plan, contest: Contest, applied: bool) -> None:
    points = say("{} of {}", "{} из {}")
    rows = [
        (
            change.user.login,
            change.user.codeforces,
            " ".join(sorted({one.problem for one in change.solved})),
            f"+{len(change.new)}" + (f" -{len(change.withdrawn)}" if change.withdrawn else ""),
            points.format(rounded(change.in_time(plan.item, contest) * plan.item.points), plan.item.points),
        )
        for change in plan.changes
    ]
    headings = say("login|handle|solved|solutions|points in time", "логин|имя там|решено|решения|баллы в срок").split(
        "|"
    )
    print_rows(open_console(), headings, rows)
    changed = say("changed", "изменено") if applied else say("would change", "изменилось бы")
    click.echo(
        say(
            f"{len(rows)} {changed}, {plan.unchanged} stay as they are.",
            f"{changed}: {len(rows)}, без изменений: {plan.unchanged}.",
        )
    )
    for change in plan.changes:
        if change.withdrawn:
            click.echo(say("withdrawn from", "отозвано у") + f" {change.user.login}: {_withdrawn(change)}")
    for warning in plan.warnings:
        click.echo(
            say("provisional", "предварительно")
            + f": {say(*warning)}; "
            + say("import again later", "загрузите потом ещё раз")
        )
    for what, names in _lists(plan):
        if names:
            click.echo(f"{what}: {', '.join(names)}")
    if not applied:
        click.echo(
            say("Nothing was changed yet: --apply does it.", "Пока ничего не изменено: для этого нужен --apply.")
        )


def _lists(plan: Plan) -> list[tuple[str, list[str]]]:
    """Whoever stands out, below the table."""
    return [
        (
            say(
                "unknown to Codeforces (renamed or mistyped)", "Codeforces таких не знает (переименованы или опечатка)"
            ),
            plan.unknown,
        ),
        (say("nobody's handles", "ничьи имена"), plan.strangers),
        (say("without a handle", "без имени"), [user.login for user in plan.without]),
        (
            say(
                "no time in the standings, so not counted (add their user.status)",
                "в положении нет времени, поэтому не засчитано (добавьте их user.status)",
            ),
            plan.untimed,
        ),
        (
            say("provisional, before the final tests", "предварительно, до финальных тестов"),
            [user.login for user in plan.provisional],
        ),
        (say("still being judged, so as before", "ещё проверяется, поэтому без изменений"), plan.pending),
    ]


def _withdrawn(change: Change) -> str:
    from grader.staff.codeforces_withdrawals import WHY

    return "; ".join(f"{one.problem} ({say(*WHY[one.why])})" for one in change.withdrawn)


def _json(plan: Plan, contest: Contest, applied: bool) -> dict[str, Any]:
    return {
        "applied": applied,
        "changes": [
            {
                "login": change.user.login,
                "handle": change.user.codeforces,
                "new": [
                    {
                        "id": one.remote_id,
                        "problem": one.problem,
                        "at": one.at.isoformat(),
                        "share": number(one.share),
                        "provisional": one.provisional,
                    }
                    for one in change.new
                ],
                "withdrawn": [one.remote_id for one in change.withdrawn],
                "reasons": {one.remote_id: one.why for one in change.withdrawn},
                "points": number(change.in_time(plan.item, contest) * plan.item.points),
            }
            for change in plan.changes
        ],
        "unchanged": plan.unchanged,
        "strangers": plan.strangers,
        "without_handle": [user.login for user in plan.without],
        "untimed": plan.untimed,
        "unknown": plan.unknown,
        "phases": plan.phases,
        "provisional": [user.login for user in plan.provisional],
        "pending": plan.pending,
    }
