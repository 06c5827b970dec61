"""What staff do: the gradebook, people, and what is entered about a student. The work is done in `grader.staff`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, abort, g
from sqlalchemy.orm import Session

from grader.core.course import CourseItem
from grader.staff import bonus, defences, entering, extensions, overrides, theory
from grader.staff.extensions import Whom
from grader.staff.gradebook import FORMATS, export
from grader.staff.sheet import sheet_of
from grader.store import people
from grader.store.models import User
from web.api import staff_answers as answers
from web.api import staff_shapes as shapes
from web.api.blueprint import api
from web.api.contract import File, contract
from web.api.problems import problem
from web.gradebook import service as gradebook
from web.rendering import language
from web.state import now, state


@api.get("/gradebook")
@contract(shapes.Gradebook, query=shapes.GradebookQuery)
def get_gradebook(query: shapes.GradebookQuery) -> Any:
    """A page of the gradebook: 100 students with every mark."""
    wish = gradebook.Wish(sort=query.sort, group=query.group, search=query.search, number=query.page)
    page = gradebook.page(state().database, state().course, wish)
    students = [answers.line(line.user, line.standing) for line in page.lines]
    return shapes.Gradebook(page=page.wish.number, pages=page.pages, total=page.total, students=students)


@api.get("/gradebook/export")
@contract(File(*sorted({content_type for _, content_type in FORMATS.values()})), query=shapes.ExportQuery)
def export_gradebook(query: shapes.ExportQuery) -> Any:
    """The whole gradebook as a file."""
    content = export(state().database, state().course, query.format, language=language())
    return Response(content, content_type=FORMATS[query.format][1])


@api.get("/people")
@contract(list[shapes.Listed], query=shapes.PeopleQuery)
def list_people(query: shapes.PeopleQuery) -> Any:
    """The people of the course, by group and name."""
    with state().database.reading() as database:
        found = people.listed(database, role=query.role, group=query.group, inactive=query.inactive)
    return [answers.listed(user) for user in found]


@api.get("/people/<login>")
@contract(shapes.Sheet)
def get_sheet(login: str) -> Any:
    """Everything of one student."""
    with state().database.reading() as database:
        user = _student(database, login)
    sheet = sheet_of(state().database, state().course, user.id)
    assert sheet is not None
    return answers.sheet(sheet)


@api.put("/people/<login>/theory")
@contract(None, status=204, body=shapes.Theory)
def set_theory(login: str, body: shapes.Theory) -> Any:
    """Enter theory points; null takes one away."""
    formula = state().course.formula
    typed = {name: "" if value is None else str(value) for name, value in body.model_dump().items()}
    read, wrong = theory.read(typed, formula)
    if wrong:
        errors = [(field, error.told(language())) for field, error in wrong.items()]
        return problem(400, "; ".join(text for _, text in errors), errors)

    def enter(database: Session, user: User) -> None:
        theory.set_theory(database, user, read, formula, actor=g.user, now=now())

    return _change(login, enter)


@api.post("/people/<login>/bonus")
@contract(shapes.BonusEntry, status=201, body=shapes.NewBonus)
def add_bonus(login: str, body: shapes.NewBonus) -> Any:
    """Give bonus points, before softening."""
    worth = entering.points(bonus.POINTS, str(body.points), None)
    with state().database.writing() as database:
        user = _student(database, login)
        entry = bonus.add_bonus(
            database, user, worth, body.reason, kind=body.kind, link=body.link, actor=g.user, now=now()
        )
        return answers.bonus(entry, g.user)


@api.delete("/bonus/<entry_id>")
@contract(None, status=204, query=shapes.WithdrawQuery)
def revoke_bonus(entry_id: str, query: shapes.WithdrawQuery) -> None:
    """Take a bonus entry back; it stays listed and does not count."""
    with state().database.writing() as database:
        bonus.revoke_bonus(database, entry_id, why=query.reason, actor=g.user, now=now())


@api.put("/people/<login>/defences/<lecture>/<name>")
@contract(None, status=204, body=shapes.Defence)
def mark_defended(login: str, lecture: str, name: str, body: shapes.Defence) -> None:
    """A lab was defended; marking it again changes what was marked."""
    lab, share = _item(lecture, name), entering.points(defences.SHARE, str(body.share), None)

    def mark(database: Session, user: User) -> None:
        defences.mark_defended(database, user, lab, share=share, note=body.note, actor=g.user, now=now())

    _change(login, mark)


@api.delete("/people/<login>/defences/<lecture>/<name>")
@contract(None, status=204)
def withdraw_defence(login: str, lecture: str, name: str) -> None:
    """The lab waits for its defence again."""
    item = _item(lecture, name)

    def withdraw(database: Session, user: User) -> None:
        defences.withdraw(database, user, item.name, actor=g.user, now=now())

    _change(login, withdraw)


@api.put("/people/<login>/extensions/<lecture>/<name>")
@contract(None, status=204, body=shapes.Extension)
def extend(login: str, lecture: str, name: str, body: shapes.Extension) -> None:
    """Give a student a deadline of their own, or change it."""
    item = _item(lecture, name)

    def give(database: Session, user: User) -> None:
        extensions.extend(database, Whom(user=user), item, body.until, body.reason, actor=g.user, now=now())

    _change(login, give)


@api.delete("/people/<login>/extensions/<lecture>/<name>")
@contract(None, status=204, query=shapes.WithdrawQuery)
def withdraw_extension(login: str, lecture: str, name: str, query: shapes.WithdrawQuery) -> None:
    """Take a student's own deadline away."""
    item = _item(lecture, name)

    def withdraw(database: Session, user: User) -> None:
        extensions.withdraw(database, Whom(user=user), item.name, why=query.reason, actor=g.user, now=now())

    _change(login, withdraw)


@api.put("/groups/<group>/extensions/<lecture>/<name>")
@contract(None, status=204, body=shapes.Extension)
def extend_group(group: str, lecture: str, name: str, body: shapes.Extension) -> None:
    """Give a study group a deadline of its own; of all that a student has the latest holds."""
    item = _item(lecture, name)
    with state().database.writing() as database:
        extensions.extend(database, Whom(group=group), item, body.until, body.reason, actor=g.user, now=now())


@api.put("/people/<login>/overrides/<lecture>/<name>")
@contract(None, status=204, body=shapes.Override)
def set_override(login: str, lecture: str, name: str, body: shapes.Override) -> None:
    """Set the points of an item, above what was counted."""
    item, worth = _item(lecture, name), entering.points(overrides.POINTS, str(body.points), None)

    def put(database: Session, user: User) -> None:
        overrides.set_override(database, user, item, worth, body.reason, actor=g.user, now=now())

    _change(login, put)


@api.delete("/people/<login>/overrides/<lecture>/<name>")
@contract(None, status=204, query=shapes.WithdrawQuery)
def clear_override(login: str, lecture: str, name: str, query: shapes.WithdrawQuery) -> None:
    """Let what was counted hold again."""
    item = _item(lecture, name)

    def clear(database: Session, user: User) -> None:
        overrides.clear_override(database, user, item.name, why=query.reason, actor=g.user, now=now())

    _change(login, clear)


def _change(login: str, change: Callable[[Session, User], None]) -> None:
    with state().database.writing() as database:
        change(database, _student(database, login))


def _student(database: Session, login: str) -> User:
    user = people.by_login(database, login)
    if user is None or user.role != "student":
        abort(404)
    return user


def _item(lecture: str, name: str) -> CourseItem:
    item = state().course.item(f"{lecture}/{name}")
    if item is None:
        abort(404)
    return item
