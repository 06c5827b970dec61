"""The roster: people from a table. A plan first, which says what would change and what is wrong, then applied.

Columns are found by their names (`grader.staff.tables.words`); ``login`` must be there. An empty cell changes nothing,
``-`` empties a field. Who is not in the file is left alone, unless that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core import lookalikes
from grader.core.errors import BadInput
from grader.staff import accounts
from grader.staff.accounts import Change
from grader.staff.csv_file import Chosen, Line, Note, Table, in_order, read
from grader.staff.tables import words
from grader.store.models import User

# What other systems call the roles.
_ROLES = {
    **dict.fromkeys(("студент", "studentenrollment", "learner", "обучающийся", "слушатель"), "student"),
    **dict.fromkeys(("ta", "taenrollment", "teaching assistant", "ассистент", "non-editing teacher"), "assistant"),
    **dict.fromkeys(("teacher", "teacherenrollment", "editingteacher", "преподаватель", "лектор"), "instructor"),
}
_SHORTENED = re.compile(r"\d([.,]\d+)?e\+?\d+", re.IGNORECASE)
_EMPTY = "-"


@dataclass
class Plan:
    """What a file would change. With ``problems``, a sentence for each bad line, nothing can be applied.

    ``alike`` are new logins with those that they look like: they are asked about. ``missing`` are active students who
    are not in the file; they are deactivated only with ``deactivates``. ``table`` is what was read.
    """

    table: Table
    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    reactivated: list[User] = field(default_factory=list)
    missing: list[User] = field(default_factory=list)
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)
    alike: list[tuple[str, str]] = field(default_factory=list)
    deactivates: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be done."""
        return not (self.added or self.changed or self.reactivated or (self.deactivates and self.missing))


def plan(
    session: Session,
    text: str,
    *,
    deactivate_missing: bool = False,
    chosen: Chosen | None = None,
    language: str = "en",
) -> Plan:
    """What this file would change. Raises BadInput where it is no table with logins.

    ``chosen`` names columns of the file for what cannot be told by their names.
    """
    table = read(text, words.PEOPLE, ("login",), chosen)
    if not (table.lines or table.problems):
        if deactivate_missing:
            raise BadInput("There is nobody in the file.", ru="В файле никого нет.")
        table.notes.append(Note("there is nobody in the file", "в файле никого нет"))
    everybody = {user.login: user for user in session.scalars(select(User))}
    found, problems = Plan(table, deactivates=deactivate_missing), dict(table.problems)
    seen: dict[str, int] = {}
    for line in table.lines:
        try:
            _one(found, line, everybody, seen)
        except BadInput as error:
            problems[line.number] = Note(str(error), error.told("ru"))
    found.problems.extend(in_order(problems, language))
    found.problems.extend(_clashing_handles(everybody.values(), [*found.added, *found.changed]))
    found.alike.extend(lookalikes.alike([one.login for one in found.added], everybody))
    found.missing.extend(u for u in everybody.values() if u.role == "student" and u.active and u.login not in seen)
    return found


def apply(session: Session, planned: Plan, *, may_look_alike: bool = False, actor: User, now: datetime) -> int:
    """Do what the plan says, all of it; how many people changed. Raises BadInput where it has problems.

    Raises LooksLike for logins that look like others, unless somebody has said that they are other people's.
    """
    if planned.problems:
        raise BadInput("Nothing was changed: " + "; ".join(planned.problems) + ".")
    if planned.alike and not may_look_alike:
        raise accounts.LooksLike(planned.alike)
    how: Any = {"actor": actor, "now": now}
    for one in planned.added:
        accounts.add(session, one.login, one.after, handle_is_free=True, may_look_alike=True, **how)
    for one in planned.changed:
        if one.user is not None:
            accounts.change(session, session.get_one(User, one.user.id), one.after, handle_is_free=True, **how)
    gone = planned.missing if planned.deactivates else []
    for user, active in [*((user, True) for user in planned.reactivated), *((user, False) for user in gone)]:
        accounts.set_active(session, session.get_one(User, user.id), active, **how)
    changes = [*planned.added, *planned.changed]
    return len({*(one.login for one in changes), *(user.login for user in (*planned.reactivated, *gone))})


def _one(found: Plan, line: Line, everybody: dict[str, User], seen: dict[str, int]) -> None:
    """Put one line into the plan. Raises BadInput naming what is wrong in it."""
    login = accounts.login_of(line.cells["login"])
    if login in seen:
        raise BadInput(f"{login} stands in line {seen[login]} before", ru=f"{login} уже есть в строке {seen[login]}")
    if _SHORTENED.fullmatch(login):
        raise BadInput(
            f"{login} is a number that a spreadsheet has shortened: make the column text and save it again",
            ru=f"{login} — число, которое сократил редактор таблиц: сделайте столбец текстовым и сохраните заново",
        )
    seen[login] = line.number
    typed = {name: cell for name, cell in line.cells.items() if name != "login" and cell}
    if "role" in typed:
        typed["role"] = _ROLES.get(typed["role"].lower(), typed["role"].lower())
    after = {name: accounts.checked(name, "" if cell == _EMPTY else cell) for name, cell in typed.items()}
    user = everybody.get(login)
    if user is None:
        if not after.get("name"):
            raise BadInput(f"{login} is new, and has no name", ru=f"{login}: новый человек без имени")
        found.added.append(Change(login, None, {}, after))
        return
    differing = {name: value for name, value in after.items() if getattr(user, name) != value}
    before = {name: str(getattr(user, name)) for name in differing}
    if before.get("role") == "instructor" and user.active and _instructors(everybody.values()) == 1:
        raise BadInput(
            f"{login} is the last instructor: somebody must stay",
            ru=f"{login} — единственный преподаватель: кто-то должен остаться",
        )
    if differing:
        found.changed.append(Change(login, user, before, differing))
    if not user.active:
        found.reactivated.append(user)
    elif not differing:
        found.unchanged += 1


def _instructors(users: Iterable[User]) -> int:
    return sum(user.role == "instructor" and user.active for user in users)


def _clashing_handles(users: Iterable[User], changes: list[Change]) -> Iterable[str]:
    """Handles that two people would have once everything is done: they may be swapped by one file."""
    handles = {user.login: user.codeforces for user in users if user.active}
    handles.update({one.login: one.after["codeforces"] for one in changes if "codeforces" in one.after})
    owners: dict[str, str] = {}
    for login, handle in handles.items():
        if handle and (other := owners.setdefault(handle.lower(), login)) != login:
            yield f"{other} and {login} would both have the handle {handle}"
