"""Whose marks change is told before; what a student has used of a deadline stays theirs; extensions of many at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from grader.core.course import Course
from grader.core.errors import BadInput
from grader.staff import accounts, extension_plan, extensions, mark_changes, roster, used_extensions
from grader.staff.extensions import Whom
from grader.staff.mark_changes import Situation
from grader.store.models import Extension, GroupExtension
from grader.store.records import records
from tests.staff.conftest import COURSE, DUE, LAB, NOW, TASK, course_item

LATE, LATER = DUE + timedelta(days=3), DUE + timedelta(days=5)


def extended(term, whom, until=LATE, name=TASK, keep_used=False):
    """Give an extension; whose marks it changed."""
    with term.database.writing() as session:
        item, how = COURSE.item(name), {"actor": term.users["boss"], "now": NOW}
        return told(
            extensions.changing(
                session,
                COURSE,
                [whom],
                lambda: extensions.extend(session, whom, item, until, "the lecture was moved", **how),
                keep_used=keep_used,
                **how,
            )[1]
        )


def withdrawn(term, whom, keep_used=False):
    with term.database.writing() as session:
        how = {"actor": term.users["boss"], "now": NOW}
        return told(
            extensions.changing(
                session,
                COURSE,
                [whom],
                lambda: extensions.withdraw(session, whom, TASK, **how),
                keep_used=keep_used,
                **how,
            )[1]
        )


def told(changes):
    return [(one.user.login, one.assignment, one.before.points, one.after.points) for one in changes]


def moves(term, groups, now=NOW):
    with term.database.reading() as session:
        return used_extensions.of_moves(session, COURSE, {term.users[k].id: v for k, v in groups.items()}, now)


def moved(term, login, group):
    with term.database.writing() as session:
        user, how = accounts.found(session, login), {"actor": term.users["boss"], "now": NOW}
        return used_extensions.moving(
            session,
            COURSE,
            {user.id: group},
            lambda: accounts.change(session, user, {"group": group}, **how),
            **how,
        )[1]


def test_an_extension_tells_whose_marks_change_and_by_how_much(term):
    for login in ("anna", "boris", "clara"):
        term.upload(login, TASK, 4, DUE + timedelta(days=1))
    assert extended(term, Whom(group="M1")) == [("anna", TASK, 0, 15), ("boris", TASK, 0, 15)]
    assert extended(term, Whom(term.users["anna"])) == []  # the group's holds already
    assert withdrawn(term, Whom(group="M1")) == [("boris", TASK, 15, 0)]


def test_a_group_s_students_can_keep_what_they_have_used(term):
    term.upload("anna", TASK, 4, DUE + timedelta(days=1))
    term.upload("boris", TASK, 4, DUE)
    extended(term, Whom(group="M1"))
    assert withdrawn(term, Whom(group="M1"), keep_used=True) == []
    with term.database.reading() as session:
        (kept,) = session.query(Extension)
    assert (kept.user_id, kept.assignment, kept.deadline) == (term.users["anna"].id, TASK, LATE)
    assert term.mark("anna", TASK).points == 15


def test_nothing_is_changed_that_was_not_agreed_to(term):
    term.upload("anna", TASK, 4, DUE + timedelta(days=1))
    anna, how = Whom(term.users["anna"]), {"actor": term.users["boss"], "now": NOW}
    extended(term, anna)

    def take(session):
        change = lambda: extensions.withdraw(session, anna, TASK, **how)  # noqa: E731
        return extensions.changing(session, COURSE, [anna], change, **how)

    log = len(term.log())
    _, changes, done = mark_changes.attempt(term.database, take, lambda changes: not any(c.lower for c in changes))
    assert not done
    assert [(one.user.name, one.lower, one.after.deadline) for one in changes] == [("Anna", True, DUE)]
    assert (term.mark("anna", TASK).points, len(term.log())) == (15, log)
    shown = mark_changes.digest(changes)
    _, _, done = mark_changes.attempt(term.database, take, lambda changes: mark_changes.digest(changes) == shown)
    assert done
    assert term.mark("anna", TASK).points == 0


@pytest.mark.parametrize("group", ["M2", ""])
def test_an_extension_that_was_used_stays_with_who_changes_group(term, group):
    term.upload("anna", TASK, 4, DUE + timedelta(days=1))
    extended(term, Whom(group="M1"))
    planned = moves(term, {"anna": group})
    assert [one.deadline for one in planned.used] == [one.deadline for one in moved(term, "anna", group).used] == [LATE]
    assert planned.changes == []
    assert term.mark("anna", TASK).points == 15
    with term.database.reading() as session:
        (kept,) = session.query(Extension)
    assert (kept.deadline, kept.reason) == (LATE, "the lecture was moved")
    assert [entry.action for entry in term.log()] == ["extension.given", "user.changed", "extension.given"]
    assert term.log()[-1].subject == f"{term.users['anna'].id}/{TASK}"


@pytest.mark.parametrize("days", [-1, 0, 4])
def test_what_was_handed_in_without_its_help_keeps_no_extension(term, days):
    """In time for everybody, or too late for the group too."""
    term.upload("anna", TASK, 4, DUE + timedelta(days=days))
    extended(term, Whom(group="M1"))
    assert moved(term, "anna", "M2").used == []
    with term.database.reading() as session:
        assert session.query(Extension).count() == 0


def test_an_upload_that_is_not_graded_yet_has_used_it(term):
    extended(term, Whom(group="M1"))
    term.upload("anna", LAB, 0, DUE + timedelta(days=1))  # another assignment
    assert moves(term, {"anna": "M2"}).used == []
    term.upload("anna", TASK, 0, LATE)
    (kept,) = moves(term, {"anna": "M2"}).used
    assert (kept.assignment, kept.deadline) == (TASK, LATE)


def test_a_new_group_s_extension_raises_marks_and_is_told(term):
    term.upload("clara", TASK, 4, DUE + timedelta(days=1))
    extended(term, Whom(group="M1"))
    assert told(moves(term, {"clara": "M1"}).changes) == [("clara", TASK, 0, 15)]
    assert moves(term, {"anna": "M1", "tutor": "M1"}).changes == []  # no change; no student


def test_a_shorter_extension_of_the_new_group_does_not_take_what_was_used(term):
    term.upload("anna", TASK, 4, DUE + timedelta(days=4))
    extended(term, Whom(group="M1"), LATER)
    extended(term, Whom(group="M2"), LATE)
    moved(term, "anna", "M2")
    assert term.record("anna").deadlines == {TASK: LATER}
    moved(term, "anna", "M1")
    assert term.record("anna").deadlines == {TASK: LATER}


def test_a_deadline_that_is_still_to_come_and_gets_earlier_is_told(term):
    """Nobody has handed in, so no mark changes; the day in the calendar does."""
    extended(term, Whom(group="M1"))
    (change,) = moves(term, {"anna": "M9"}).changes
    assert (change.earlier, change.lower, change.before.deadline, change.after.deadline) == (True, False, LATE, DUE)
    assert moves(term, {"anna": "M9"}, now=LATE + timedelta(minutes=2)).changes == []  # it was over


def test_a_renamed_group_keeps_what_its_students_have_used(term):
    """The extension stays with the old name: who has used it has it as their own after the import."""
    term.upload("anna", TASK, 4, DUE + timedelta(days=1))
    extended(term, Whom(group="M1"))
    with term.database.writing() as session:
        plan = roster.plan(session, "login,group\nanna,M1-27\nboris,M1-27\nclara,M2\n")
        groups = used_extensions.groups_after(plan.changed)
        found = used_extensions.of_moves(session, COURSE, groups, NOW)
        roster.apply(session, plan, actor=term.users["boss"], now=NOW)
        used_extensions.keep(session, found.used, actor=term.users["boss"], now=NOW)
    assert [(one.user.login, one.assignment) for one in found.used] == [("anna", TASK)]
    assert [(one.user.login, one.earlier) for one in found.changes] == [("boris", True)]
    assert term.mark("anna", TASK).points == 15


def test_another_course_tells_whose_marks_change_and_what_was_used_can_be_kept(term):
    term.upload("anna", TASK, 4, DUE - timedelta(hours=1))
    sooner = Course(COURSE.title, COURSE.zone, (course_item(TASK, 15, DUE - timedelta(days=1)),), sha256="two")
    with term.database.reading() as session:
        users = [term.users["anna"], term.users["boris"]]
        found = records(session, users)
        before, after = Situation(COURSE, found), Situation(sooner, found)
        assert told(mark_changes.compare(users, before, after, None)) == [("anna", TASK, 15, 0)]
        (kept,) = used_extensions.used(session, users, before, after)
        assert (kept.user.login, kept.deadline) == ("anna", DUE)
        double = replace(COURSE, items=(replace(COURSE.item(TASK), points=30),))
        assert told(mark_changes.compare(users, before, Situation(double, found), None)) == [("anna", TASK, 15, 30)]


def plan(term, text, why=""):
    with term.database.reading() as session:
        made = extension_plan.plan(session, text, COURSE, why=why)
        return made, [] if made.problems else told(extension_plan.whose(session, COURSE, made.wishes))


def given(term, text, why=""):
    with term.database.writing() as session:
        made = extension_plan.plan(session, text, COURSE, why=why)
        return extension_plan.give(session, made.wishes, actor=term.users["boss"], now=NOW)


def test_a_file_gives_extensions_to_students_and_groups_and_tells_whose_marks_change(term):
    for login in ("anna", "boris", "clara"):
        term.upload(login, TASK, 4, DUE + timedelta(days=1))
    text = f"задание;логин;группа;срок;дней;причина\n{TASK};anna;;14.02.2027 23:59;;больна\n{TASK};;M2;;2;\n"
    made, changes = plan(term, text, why="sport")
    assert made.problems == []
    assert changes == [("anna", TASK, 0, 15), ("clara", TASK, 0, 15)]
    assert [one.reason for one in made.wishes] == ["больна", "sport"]
    assert given(term, text, why="sport") == 2
    with term.database.reading() as session:
        assert session.query(Extension).one().deadline.isoformat() == "2027-02-14T20:59:00+00:00"
        assert session.query(GroupExtension).one().deadline == DUE + timedelta(days=2)
    made, changes = plan(term, text, why="sport")
    assert (made.wishes, made.unchanged, changes) == ([], 2, [])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"{TASK},nobody,,,3,ill", "no student"),
        (f"{TASK},anna,M1,,3,ill", "one of the two"),
        (f"{TASK},,,,3,ill", "one of the two"),
        (f"{TASK},anna,,2027-02-14T23:59,3,ill", "how many days"),
        (f"{TASK},anna,,,,ill", "how many days"),
        (f"{TASK},anna,,,0,ill", "from 1 to 366"),
        (f"{TASK},anna,,,-3,ill", "from 1 to 366"),
        (f"{TASK},anna,,14.02.2027,,ill", "not a time"),
        (f"{TASK},anna,,02/14/2027 23:59,,ill", "not a time"),
        (f"{TASK},anna,,2027-02-01T10:00,,ill", "not later"),
        (f"{TASK},anna,,,3,", "reason is missing"),
        ("no/such,anna,,,3,ill", "not set in this course"),
        (f"{TASK},,M9,,3,ill", "no group"),
        (f"all,clara,,,3,ill\n{TASK},clara,,,3,ill", "line 4: .*stands in line 3 before"),
    ],
)
def test_a_file_with_one_bad_line_gives_nothing_and_tells_which(term, line, problem):
    made, _ = plan(term, f"assignment,login,group,until,days,reason\n{LAB},boris,,,3,ill\n{line}\n")
    (said,) = made.problems
    assert re.search(problem, said)
    assert not said.startswith("line 2")


def test_an_extension_over_all_assignments_takes_none_away(term):
    """The longer one that Anna has stays; days are those of the calendar after the deadline for all."""
    anna = Whom(term.users["anna"])
    extended(term, anna, LATER)
    with term.database.writing() as session:
        wanted = extension_plan.wishes(session, COURSE, anna, "all", extension_plan.Later(days=3), "ill")
        assert [(one.item.name, one.until) for one in wanted] == [(LAB, LATE)]
        assert extension_plan.give(session, wanted, actor=term.users["boss"], now=NOW) == 1
    assert term.record("anna").deadlines == {TASK: LATER, LAB: LATE}
    for by in (extension_plan.Later(until=DUE), extension_plan.Later(days=3, since=DUE + timedelta(minutes=1))):
        with term.database.reading() as session, pytest.raises(BadInput, match="No deadline would get later"):
            extension_plan.wishes(session, COURSE, anna, "all", by, "ill")


def test_days_are_those_of_the_calendar_over_a_change_of_clocks():
    later = extension_plan.later("", "7", COURSE.zone)
    assert later.days == 7
    berlin = ZoneInfo("Europe/Berlin")
    due = datetime(2027, 10, 30, 23, 59, tzinfo=berlin)
    item = replace(COURSE.item(TASK), deadline=due)
    until = extension_plan._until(item, later, berlin)
    assert until.astimezone(berlin).isoformat() == "2027-11-06T23:59:00+01:00"
