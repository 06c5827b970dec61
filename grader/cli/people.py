"""``grader people``: the roster, accounts, invitations, and one person's data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli.columns import COLUMN, asking, chosen, print_notes
from grader.cli.installation import Installation, now, on_server
from grader.cli.language import language, say
from grader.cli.mark_changes import MAY_LOWER, PREVIEW, refuse, settle, show, to_json
from grader.cli.output import open_console, print_json, print_rows
from grader.core.errors import BadInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from grader.staff.accounts import Change
    from grader.staff.mark_changes import MarkChange
    from grader.staff.roster import Plan
    from grader.staff.used_extensions import Moves
    from grader.store.models import User

_COLUMNS = ("login", "name", "group", "role", "email", "team", "codeforces")
_IF_MEANT = "If it is another person, say so by --look-alike."
_LOOK_ALIKE = click.option(
    "--look-alike", is_flag=True, help="Add a login that looks like another one: it is another person's."
)


@click.group()
def people() -> None:
    """People of the course: import, add, change, invite, deactivate, export, delete."""


def _fields(command: Any) -> Any:
    """The options that set a person's fields."""
    for name in reversed(_COLUMNS[2:]):
        command = click.option(f"--{name}", default=None, metavar="TEXT")(command)
    return command


@people.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--apply", "apply_", is_flag=True, help="Change it; without this the file is only looked at.")
@click.option("--deactivate-missing", is_flag=True, help="Deactivate students who are not in the file.")
@_LOOK_ALIKE
@COLUMN
@MAY_LOWER
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@on_server
def import_(
    found: Installation,
    file: Path,
    apply_: bool,
    deactivate_missing: bool,
    look_alike: bool,
    columns: tuple[str, ...],
    may_lower: bool,
    as_json: bool,
) -> None:
    """People from FILE, CSV or XLSX, with the columns login, name, group, role, email, team, codeforces (those there
    are), also as Canvas, Moodle and Russian student offices call them.

    Shows what would change. An empty cell changes nothing, - empties a field. If one line is wrong, nothing is changed.
    """
    from grader.staff import accounts, csv_file, roster, used_extensions

    text, said = csv_file.read_text(file), chosen(columns, _COLUMNS)
    with found.database.writing() if apply_ else found.database.reading() as session:
        with asking():
            plan = roster.plan(session, text, deactivate_missing=deactivate_missing, chosen=said, language=language())
        moves = used_extensions.of_moves(session, found.course, used_extensions.groups_after(plan.changed), now())
        lowers = not may_lower and any(one.lower for one in moves.changes)
        applied = apply_ and not plan.problems and (look_alike or not plan.alike) and not lowers
        if applied:
            actor = found.actor(session)
            roster.apply(session, plan, may_look_alike=look_alike, actor=actor, now=now())
            used_extensions.keep(session, moves.used, actor=actor, now=now())
    if as_json:
        kept = [{"login": one.user.login, "assignment": one.assignment} for one in moves.used]
        print_json({**_plan_json(plan, applied), "marks": to_json(moves.changes), "kept": kept})
    else:
        print_notes(plan.table.notes)
        _print_plan(plan)
        show(found, moves.changes, moves.used)
    if plan.problems:
        raise BadInput("Nothing was changed.\n  " + "\n  ".join(plan.problems))
    if plan.alike and apply_ and not applied:
        raise BadInput(f"Nothing was changed. {accounts.LooksLike(plan.alike)} {_IF_MEANT}")
    if apply_:
        refuse(moves.changes, may_lower)
    if not as_json:
        click.echo("Done." if applied else "Nothing was changed yet: --apply does it.")


@people.command("list")
@click.option("--group", help="Only this study group.")
@click.option("--all", "everybody", is_flag=True, help="Deactivated people too.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@on_server
def list_(found: Installation, group: str | None, everybody: bool, as_json: bool) -> None:
    """Everybody, by group and name."""
    from grader.store import people as accounts

    with found.database.reading() as session:
        users = accounts.listed(session, group=group, inactive=everybody)
    rows = [{**_shown(user), "state": _state(user)} for user in users]
    if as_json:
        print_json(rows)
    else:
        print_rows(open_console(), rows[0] if rows else (), [row.values() for row in rows])


@people.command()
@click.argument("login")
@click.argument("name")
@_fields
@_LOOK_ALIKE
@on_server
def add(found: Installation, login: str, name: str, look_alike: bool, **fields: str | None) -> None:
    """Add a person. The first one of a new installation is an instructor, and needs no --as."""
    from grader.staff import accounts

    with found.database.writing() as session:
        first = not accounts.instructors(session)
        given = {"name": name, **_given(fields), **({"role": "instructor"} if first else {})}
        how: Any = {"actor": None if first else found.actor(session), "now": now()}
        try:
            user = accounts.add(session, login, given, may_look_alike=look_alike, **how)
        except accounts.LooksLike as error:
            if not sys.stdin.isatty():
                raise BadInput(f"{error} {_IF_MEANT}") from None
            click.confirm(f"{error} Add another person all the same?", abort=True)
            user = accounts.add(session, login, given, may_look_alike=True, **how)
    click.echo(f"{user.login} is {user.role}. An invitation lets them in: grader people invite {user.login}")


@people.command("set")
@click.argument("login")
@click.option("--name", default=None, metavar="TEXT")
@_fields
@PREVIEW
@MAY_LOWER
@on_server
def set_(found: Installation, login: str, preview: bool, may_lower: bool, **fields: str | None) -> None:
    """Change what is known of the person LOGIN. What is not named stays as it is.

    With another group other deadlines can hold: whose marks change is told before. A deadline that was used is kept.
    """
    from grader.staff import accounts, used_extensions

    given = _given(fields)
    if not given:
        raise BadInput("Say what to change: --name, --group, --role, --email, --team or --codeforces.")

    def change(session: Session) -> tuple[tuple[Change | None, Moves], list[MarkChange]]:
        user, actor = accounts.found(session, login), found.actor(session)
        groups = {user.id: accounts.checked("group", given["group"])} if "group" in given else {}
        made = used_extensions.moving(
            session,
            found.course,
            groups,
            lambda: accounts.change(session, user, given, actor=actor, now=now()),
            actor=actor,
            now=now(),
        )
        return made, made[1].changes

    (changed, moves), done = settle(found, change, preview=preview, may_lower=may_lower)
    show(found, (), moves.used)
    click.echo(_shown_change(changed) if changed is not None else "Nothing changed.")
    if changed is not None and not done:
        click.echo("Nothing was changed yet.")


@people.command()
@click.argument("login")
@on_server
def deactivate(found: Installation, login: str) -> None:
    """Do not let LOGIN in any more, and leave them out of the gradebook. Nothing of theirs is lost."""
    _set_active(found, login, False)


@people.command()
@click.argument("login")
@on_server
def reactivate(found: Installation, login: str) -> None:
    """Let LOGIN in again."""
    _set_active(found, login, True)


@people.command()
@click.argument("logins", nargs=-1)
@click.option("--group", help="Everybody of this study group who has no password yet.")
@click.option("--all-without-password", "everybody", is_flag=True, help="Everybody who has no password yet.")
@click.option("--url", envvar="GRADER_URL", help="The web's address, where it is another than that of `grader up`.")
@click.option("--mail", "by_mail", is_flag=True, help="Send the links by e-mail; those without an address are listed.")
@click.option("--json", "as_json", is_flag=True, help="Print the links as JSON.")
@on_server
def invite(
    found: Installation,
    logins: tuple[str, ...],
    group: str | None,
    everybody: bool,
    url: str | None,
    by_mail: bool,
    as_json: bool,
) -> None:
    """One-time links with which people set their password. For LOGINS it may be a new one instead of a lost one."""
    from grader.staff import accounts, invitations
    from grader.store import people as listed

    if not (logins or group or everybody):
        raise BadInput("Say whom to invite: logins, --group or --all-without-password.")
    with found.database.writing() as session:
        users = [accounts.found(session, login) for login in logins]
        if group or everybody:
            users += invitations.without_password(session, listed.listed(session, group=group))
        if by_mail:
            _by_mail(found, session, users, as_json)
            return
        actor, place = None if found.login is None and _is_first(users) else found.actor(session), found.link(url)
        links = {
            user.login: f"{place}/invitation/{invitations.invite(session, user, actor=actor, now=now())}"
            for user in users
        }
    if as_json:
        print_json(links)
    else:
        for login, link in links.items():
            click.echo(f"{login}  {link}")
        click.echo(f"Each link is good once, for {invitations.LASTS.days} days.", err=True)


@people.command()
@click.argument("login")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@on_server
def export(found: Installation, login: str, file: Path) -> None:
    """Everything that is known of LOGIN, and all their uploads, as the archive FILE.zip."""
    from grader.staff import accounts, personal_data

    with found.database.reading() as session:
        content = personal_data.export(session, found.course, accounts.found(session, login), now())
    file.write_bytes(content)
    click.echo(f"{file}: {len(content)} bytes")


@people.command()
@click.argument("login")
@click.option("--apply", "apply_", is_flag=True, help="Do it; without this nothing is removed.")
@on_server
def delete(found: Installation, login: str, apply_: bool) -> None:
    """Remove LOGIN with all that is personal: uploads, results, marks. It cannot be undone."""
    from grader.staff import accounts, personal_data

    with found.database.writing() if apply_ else found.database.reading() as session:
        user = accounts.found(session, login)
        taken = (
            personal_data.remove(session, user, actor=found.actor(session), now=now())
            if apply_
            else personal_data.removal(session, user)
        )
    click.echo(f"submissions {taken.submissions}, marks and other entries {taken.entries}")
    if taken.shared:
        click.echo(f"{taken.shared} submissions of a team stay for the others")
    if taken.row_stays:
        click.echo("an empty row stays, for the marks given to others")
    click.echo("Removed." if apply_ else "Nothing was removed yet: --apply does it.")


def _by_mail(found: Installation, session: Any, users: list[User], as_json: bool) -> None:
    """Queue invitations, which the sweeper sends, and tell who has no address."""
    from grader.staff import mailing

    without = mailing.invite(session, users, actor=found.actor(session), now=now())
    told = {
        "queued": [user.login for user in users if user not in without],
        "without_address": [user.login for user in without],
    }
    if as_json:
        print_json(told)
        return
    click.echo(
        say(
            f"{len(told['queued'])} will be sent in a minute.",
            f"Будет отправлено в течение минуты: {len(told['queued'])}.",
        )
    )
    if without:
        click.echo(say("without an address: ", "без адреса: ") + ", ".join(told["without_address"]))


def _set_active(found: Installation, login: str, active: bool) -> None:
    from grader.staff import accounts

    with found.database.writing() as session:
        user = accounts.found(session, login)
        changed = accounts.set_active(session, user, active, actor=found.actor(session), now=now())
    click.echo(f"{user.login}: {_state(user)}" if changed else "Nothing changed.")


def _is_first(users: list[User]) -> bool:
    """Whether it is the first instructor of a new installation who invites themselves."""
    return len(users) == 1 and users[0].role == "instructor" and not users[0].password_hash


def _given(fields: dict[str, str | None]) -> dict[str, str]:
    return {name: text for name, text in fields.items() if text is not None}


def _shown(user: User) -> dict[str, str]:
    return {name: getattr(user, name) for name in _COLUMNS}


def _state(user: User) -> str:
    return "deactivated" if not user.active else "active" if user.password_hash else "no password yet"


def _shown_change(change: Change) -> str:
    parts = (f"{name} {change.before.get(name, '') or '-'} -> {value or '-'}" for name, value in change.after.items())
    return f"{change.login}: {', '.join(parts)}"


def _print_plan(plan: Plan) -> None:
    from grader.staff.accounts import looks_like

    for change in plan.added:
        click.echo(f"new      {change.login}: {', '.join(f'{k} {v}' for k, v in change.after.items() if v)}")
    for change in plan.changed:
        click.echo(f"changed  {_shown_change(change)}")
    for user in plan.reactivated:
        click.echo(f"back     {user.login}")
    for user in plan.missing:
        click.echo(f"{'gone' if plan.deactivates else 'missing'}     {user.login}: not in the file")
    for pair in plan.alike:
        click.echo(f"ASKS     {looks_like(*pair)[0]}. {_IF_MEANT}")
    click.echo(f"{plan.unchanged} stay as they are.")


def _plan_json(plan: Plan, applied: bool) -> dict[str, Any]:
    def changes(listed: list[Change]) -> list[dict[str, Any]]:
        return [{"login": one.login, "before": one.before, "after": one.after} for one in listed]

    return {
        "applied": applied,
        "added": changes(plan.added),
        "changed": changes(plan.changed),
        "reactivated": [user.login for user in plan.reactivated],
        "missing": [user.login for user in plan.missing],
        "unchanged": plan.unchanged,
        "problems": plan.problems,
        "notes": [str(note) for note in plan.table.notes],
        "alike": [list(pair) for pair in plan.alike],
    }
