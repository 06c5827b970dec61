"""Importing from Codeforces: who gets what, again and again, with deadlines applied when marks are counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from grader.core.codeforces_found import Accepted, Found
from grader.core.course import Contest, CourseItem
from grader.core.errors import BadInput
from grader.staff import accounts, codeforces, extensions
from grader.store.standings import standings
from tests.staff.conftest import COURSE, DUE, NOW, TITLE

ITEM = CourseItem("codeforces/warm-up", "task", TITLE, Fraction(9), DUE, contest=Contest(566, ("A", "B", "C")))
WITH_CONTEST = replace(COURSE, items=(*COURSE.items, ITEM), sha256="contest")


def accepted(number, problem="A", handle="ANNA_cf", at=NOW, share=Fraction(1)):
    return Accepted(str(number), handle, problem, at, share)


@pytest.fixture
def course(term):
    with term.database.writing() as session:
        for login in ("anna", "boris"):
            accounts.change(
                session,
                accounts.found(session, login),
                {"codeforces": f"{login}_CF"},
                actor=term.users["boss"],
                now=NOW,
            )
    return term


def look(term, *solutions, refused=()):
    with term.database.reading() as session:
        return codeforces.plan(session, ITEM, Found(solutions, frozenset(refused)))


def bring(term, *solutions, refused=()):
    with term.database.writing() as session:
        planned = codeforces.plan(session, ITEM, Found(solutions, frozenset(refused)))
        return codeforces.apply(session, planned, actor=term.users["boss"], now=NOW)


def points(term, login="anna"):
    with term.database.reading() as session:
        user = accounts.found(session, login)
    return standings(term.database, WITH_CONTEST, [user])[user.id].marks[-1].points


def test_handles_find_their_students_in_any_spelling(course):
    plan = look(course, accepted(1), accepted(2, "B", "stranger"))
    assert [(c.user.login, [one.remote_id for one in c.new]) for c in plan.changes] == [("anna", ["1"])]
    assert (plan.strangers, [user.login for user in plan.without]) == (["stranger"], ["clara"])
    assert plan.changes[0].in_time(ITEM, ITEM.contest) == Fraction(1, 3)


def test_importing_twice_is_once(course):
    assert bring(course, accepted(1), accepted(2, "B")) == 1
    assert bring(course, accepted(1), accepted(2, "B")) == 0
    assert points(course) == 6
    imports = [entry for entry in course.log() if entry.action == "codeforces.imported"]
    assert [(e.before, e.after) for e in imports] == [({"solutions": 0}, {"solutions": 2, "problems": ["A", "B"]})]


def test_the_best_of_a_problem_counts(course):
    bring(
        course, accepted(1, share=Fraction(1, 4)), accepted(2, share=Fraction(3, 4)), accepted(3, share=Fraction(1, 2))
    )
    assert points(course) == Fraction(9, 4)


def test_what_is_late_is_kept_and_counts_after_an_extension(course):
    bring(course, accepted(1, at=DUE), accepted(2, "B", at=DUE + timedelta(minutes=1)))
    assert points(course) == 3
    with course.database.writing() as session:
        whom = extensions.Whom(accounts.found(session, "anna"))
        extensions.extend(session, whom, ITEM, DUE + timedelta(days=1), "ill", actor=course.users["boss"], now=NOW)
    assert points(course) == 6


def test_what_is_not_accepted_any_more_is_withdrawn(course):
    bring(course, accepted(1), accepted(2, "B"))
    assert [(one.remote_id, one.why) for one in look(course, refused=["1"]).changes[0].withdrawn] == [("1", "refused")]
    bring(course, refused=["1", "77"])
    assert points(course) == 3


def test_a_changed_share_or_time_is_taken_over(course):
    bring(course, accepted(1, share=Fraction(1, 2)))
    assert bring(course, accepted(1)) == 1
    assert points(course) == 3
    assert bring(course, accepted(1, at=DUE + timedelta(days=1))) == 1
    assert points(course) == 0


def test_a_team_counts_for_each_member(course):
    bring(course, accepted(1), accepted(1, handle="boris_cf"))
    assert (points(course), points(course, "boris")) == (3, 3)


def test_a_deactivated_student_is_a_stranger(course):
    with course.database.writing() as session:
        accounts.set_active(session, accounts.found(session, "anna"), False, actor=course.users["boss"], now=NOW)
    assert look(course, accepted(1)).strangers == ["ANNA_cf"]


def test_only_contests_can_be_imported():
    item, contest = codeforces.contest_item(WITH_CONTEST, ITEM.name)
    assert (item.name, contest) == (ITEM.name, ITEM.contest)
    with pytest.raises(BadInput, match=r"not judged on Codeforces; what is: codeforces/warm-up"):
        codeforces.contest_item(WITH_CONTEST, COURSE.items[0].name)
