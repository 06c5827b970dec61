"""Extensions: what holds for whom, before and after they are given, changed and withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from grader.core.errors import BadInput
from grader.staff import entering
from grader.staff.extensions import UNTIL, Whom, extend, extensions, groups, withdraw
from tests.staff.conftest import COURSE, DUE, LAB, NOW, TASK, F

LATE = DUE + timedelta(days=3)


def given(term, whom, until=LATE, name=TASK, why="ill"):
    with term.database.writing() as session:
        return extend(session, whom, COURSE.item(name), until, why, actor=term.users["boss"], now=NOW)


def taken(term, whom, name=TASK):
    with term.database.writing() as session:
        withdraw(session, whom, name, actor=term.users["boss"], now=NOW)


def test_a_student_s_own_deadline_makes_a_late_task_count_and_only_theirs(term):
    for login in ("anna", "boris"):
        term.upload(login, TASK, 4, DUE + timedelta(days=1))
    assert given(term, Whom(term.users["anna"]))
    assert [term.mark(login, TASK).points for login in ("anna", "boris")] == [15, 0]
    taken(term, Whom(term.users["anna"]))
    assert term.mark("anna", TASK).points == 0


def test_a_group_s_deadline_is_for_all_of_the_group_and_for_nobody_else(term):
    for login in ("anna", "boris", "clara"):
        term.upload(login, TASK, 4, DUE + timedelta(days=1))
    given(term, Whom(group="M1"))
    assert [term.mark(login, TASK).points for login in ("anna", "boris", "clara")] == [15, 15, 0]
    taken(term, Whom(group="M1"))
    assert term.mark("boris", TASK).points == 0


@pytest.mark.parametrize("own_first", [True, False])
def test_of_a_student_s_own_deadline_and_the_group_s_the_later_holds(term, own_first):
    own, group, sooner = Whom(term.users["anna"]), Whom(group="M1"), DUE + timedelta(days=1)
    for whom in (own, group) if own_first else (group, own):
        given(term, whom, sooner if whom is own else LATE)
    assert term.record("anna").deadlines == term.record("boris").deadlines == {TASK: LATE}
    given(term, own, LATE + timedelta(days=1))
    assert term.record("anna").deadlines == {TASK: LATE + timedelta(days=1)}
    taken(term, own)
    assert term.record("anna").deadlines == {TASK: LATE}


def test_a_change_is_told_with_what_was_before_and_the_same_again_is_none(term):
    whom = Whom(term.users["anna"])
    assert given(term, whom)
    assert not given(term, whom)
    assert given(term, whom, LATE + timedelta(days=1), why="still ill")
    first, second = term.log()
    assert (first.action, first.before, first.reason) == ("extension.given", None, "ill")
    assert (second.action, second.reason) == ("extension.changed", "still ill")
    assert second.before == first.after == {"deadline": LATE.isoformat()}
    assert second.subject == f"{term.users['anna'].id}/{TASK}"


def test_the_list_tells_all_and_those_that_concern_a_student(term):
    given(term, Whom(group="M1"))
    given(term, Whom(group="M2"), name=LAB)
    given(term, Whom(term.users["anna"]), name=LAB)
    with term.database.reading() as session:
        everything = {(one.whom.group or one.whom.user.login, one.assignment) for one in extensions(session)}
        annas = {
            (one.whom.group or one.whom.user.login, one.by.login) for one in extensions(session, term.users["anna"])
        }
        assert groups(session) == ["M1", "M2"]
    assert everything == {("M1", TASK), ("M2", LAB), ("anna", LAB)}
    assert annas == {("M1", "boss"), ("anna", "boss")}


@pytest.mark.parametrize(
    ("whom", "until", "why", "told"),
    [
        ("anna", DUE, "ill", "not later"),
        ("anna", DUE - timedelta(days=1), "ill", "not later"),
        ("anna", LATE, "  ", "reason is missing"),
        ("anna", LATE, "x" * 301, "longer than 300"),
        ("tutor", LATE, "ill", "no such student"),
        ("", LATE, "ill", "no group"),
    ],
)
def test_what_cannot_be_given_changes_nothing(term, whom, until, why, told):
    target = Whom(term.users[whom]) if whom else Whom(group="M9")
    with pytest.raises(BadInput, match=told):
        given(term, target, until, why=why)
    assert term.log() == []


def test_what_was_not_given_cannot_be_withdrawn(term):
    given(term, Whom(group="M1"))
    for whom in (Whom(term.users["anna"]), Whom(group="M2"), Whom(group="")):
        with pytest.raises(BadInput, match="no such extension"):
            taken(term, whom)


def test_times_are_those_of_the_course_s_zone():
    assert entering.time(UNTIL, "2027-02-14T23:59", COURSE.zone) == datetime(2027, 2, 14, 20, 59, tzinfo=UTC)
    assert entering.time(UNTIL, "2027-02-14T23:59+01:00", COURSE.zone) == datetime(2027, 2, 14, 22, 59, tzinfo=UTC)
    for text in ("", "tomorrow", "2027-02-14", "2027-02-30T10:00", "0001-01-01T00:00"):
        with pytest.raises(BadInput):
            entering.time(UNTIL, text, COURSE.zone)


def test_a_lab_late_by_the_common_deadline_is_in_time_by_the_own_one(term):
    """Two days late is one started week: 0.6 + 0.4 / 2 = 0.8 of 30 of 40 points; in time all 30."""
    term.upload("anna", LAB, 3, DUE + timedelta(days=2))
    assert term.mark("anna", LAB).points == F(24)
    given(term, Whom(term.users["anna"]), name=LAB)
    assert term.mark("anna", LAB).points == F(30)
