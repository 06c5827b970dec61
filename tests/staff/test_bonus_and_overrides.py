"""Bonus entries and points set by staff: what counts, what stays listed, what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grader.core.errors import BadInput
from grader.staff import bonus_file
from grader.staff.bonus import add_bonus, entries, revoke_bonus
from grader.staff.overrides import clear_override, overrides, set_override
from tests.staff.conftest import COURSE, DUE, LAB, NOW, TASK, F


def bonus(term, points=F(5), why="notes of lecture 3", login="anna", **settings):
    with term.database.writing() as session:
        return add_bonus(session, term.users[login], points, why, actor=term.users["boss"], now=NOW, **settings)


def override(term, points, name=LAB, why="graded on paper", login="anna"):
    with term.database.writing() as session:
        item = COURSE.item(name)
        return set_override(session, term.users[login], item, points, why, actor=term.users["boss"], now=NOW)


def test_entries_add_up_and_one_that_was_taken_back_stays_and_does_not_count(term):
    first = bonus(term, kind="notes", link="https://example.org/notes?a=1")
    bonus(term, F(7, 2))
    assert term.record("anna").bonus == F(17, 2)
    with term.database.writing() as session:
        revoke_bonus(session, first.id, why="copied", actor=term.users["boss"], now=NOW + timedelta(days=1))
    assert term.record("anna").bonus == F(7, 2)
    with term.database.reading() as session:
        listed = entries(session, term.users["anna"].id)
        assert entries(session, term.users["boris"].id) == []
    assert {(one.entry.points, one.entry.revoked_at is None, one.by.login) for one in listed} == {
        (F(5), False, "boss"),
        (F(7, 2), True, "boss"),
    }
    last = term.log()[-1]
    assert (last.action, last.reason, last.after) == ("bonus.revoked", "copied", None)
    assert last.before == {"entry": first.id, "points": "5", "kind": "notes"}


def test_an_entry_is_taken_back_once(term):
    entry = bonus(term)
    for told in (None, "before"):
        with term.database.writing() as session:
            if told is None:
                revoke_bonus(session, entry.id, actor=term.users["boss"], now=NOW)
            else:
                with pytest.raises(BadInput, match=told):
                    revoke_bonus(session, entry.id, actor=term.users["boss"], now=NOW)
    with pytest.raises(BadInput, match="no such"), term.database.writing() as session:
        revoke_bonus(session, "nothing", actor=term.users["boss"], now=NOW)
    assert len(term.log()) == 2


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org/x",
        "example.org",
        "https://",
        "https://example.org/a b",
        "https://[broken",
        "https://example.org/" + "x" * 500,
    ],
)
def test_links_lead_into_the_web_and_nowhere_else(term, link):
    with pytest.raises(BadInput, match="https://"):
        bonus(term, link=link)
    assert term.log() == []


@pytest.mark.parametrize(
    ("points", "settings", "told"),
    [
        (F(0), {}, "more than 0"),
        (F(-1), {}, "bonus must be 0 or more"),
        (F(1, 10**60), {}, "too many digits"),
        (F(1), {"kind": "beauty"}, "no kind"),
        (F(1), {"why": " \n "}, "missing"),
        (F(1), {"login": "tutor"}, "no such student"),
    ],
)
def test_what_is_no_bonus(term, points, settings, told):
    with pytest.raises(BadInput, match=told):
        bonus(term, points, **settings)
    assert term.log() == []


def test_points_that_staff_set_stand_above_and_the_computed_ones_beside_them(term):
    term.upload("anna", LAB, 3, DUE + timedelta(days=1))  # 3/4 of 40, a week late: 24, and not defended
    override(term, F(33))
    mark = term.mark("anna", LAB)
    assert (mark.points, mark.computed, mark.override, mark.state) == (33, 24, "graded on paper", "counted")
    with term.database.writing() as session:
        clear_override(session, term.users["anna"], LAB, actor=term.users["boss"], now=NOW)
    mark = term.mark("anna", LAB)
    assert (mark.points, mark.override, mark.state) == (24, None, "waiting")
    assert [(entry.action, entry.before, entry.after) for entry in term.log()] == [
        ("override.set", None, {"points": "33"}),
        ("override.cleared", {"points": "33"}, None),
    ]


def test_a_mark_of_nothing_can_be_set_and_all_of_it_taken(term):
    override(term, F(15), TASK)
    assert (term.mark("anna", TASK).points, term.mark("anna", TASK).computed) == (15, 0)
    override(term, F(0), TASK, "a copy of another's")
    assert (term.mark("anna", TASK).points, term.mark("anna", TASK).override) == (0, "a copy of another's")
    assert not override(term, F(0), TASK, "a copy of another's")
    with term.database.reading() as session:
        (one,) = overrides(session)
        assert (one.user.login, one.by.login, one.mark.points) == ("anna", "boss", 0)
        assert overrides(session, term.users["boris"].id) == []
    assert len(term.log()) == 2


@pytest.mark.parametrize(
    ("points", "settings", "told"),
    [
        (F("40.01"), {}, "from 0 to 40, not 40.01"),
        (F(-1), {}, "from 0 to 40"),
        (F(1), {"why": ""}, "missing"),
        (F(1), {"login": "boss"}, "no such student"),
    ],
)
def test_what_cannot_be_set(term, points, settings, told):
    with pytest.raises(BadInput, match=told):
        override(term, points, **settings)
    assert term.log() == []


def test_what_was_not_set_cannot_be_cleared(term):
    with pytest.raises(BadInput, match="not overridden"), term.database.writing() as session:
        clear_override(session, term.users["anna"], LAB, actor=term.users["boss"], now=NOW)


def planned(term, text, **settings):
    with term.database.reading() as session:
        return bonus_file.plan(session, text, **settings)


def applied(term, text, **settings):
    with term.database.writing() as session:
        plan = bonus_file.plan(session, text, **settings)
        return bonus_file.apply(session, plan, actor=term.users["boss"], now=NOW)


BONUS = "Логин;ФИО;Баллы;За что;Вид\nANNA;А;2,5;notes;notes\nboris;Б;;notes;\nanna;А;1;a;\nanna;А;1;a;\n"


def test_a_table_gives_bonus_points_and_the_same_one_gives_nothing_more(term):
    found = planned(term, BONUS)
    assert [(one.user.login, one.points, one.kind, one.reason) for one in found.entries] == [
        ("anna", F(5, 2), "notes", "notes"),
        ("anna", F(1), "other", "a"),
        ("anna", F(1), "other", "a"),
    ]
    assert ([str(note) for note in found.notes], term.log()) == (['columns left out: "ФИО"'], [])
    assert applied(term, BONUS) == 3
    assert (term.record("anna").bonus, term.record("boris").bonus) == (F(9, 2), F(0))
    again = planned(term, BONUS + "anna;A;1;a;\n")  # once more than before
    assert (len(again.entries), again.given_before) == (1, 3)


def test_a_bonus_that_was_taken_back_can_be_given_again(term):
    applied(term, "login,points,reason\nanna,1,a\n")
    with term.database.writing() as session:
        (given,) = entries(session, term.users["anna"].id)
        revoke_bonus(session, given.entry.id, actor=term.users["boss"], now=NOW)
    assert applied(term, "login,points,reason\nanna,1,a\n") == 1


def test_every_bad_line_of_a_table_of_bonuses_is_told_and_nothing_is_given(term):
    text = (
        "login,points,reason,kind,link\nanna,1,good,,\nnobody,1,a,,\ntutor,1,a,,\nboris,x,a,,\nboris,0,a,,\n"
        "boris,1,,,\nboris,1,a,king,\nboris,1,a,,javascript:x\n"
    )
    found = planned(term, text)
    said = ("no student", "no student", "'x'", "more than 0", "What it is for is missing", "no kind", "must begin with")
    assert len(found.problems) == len(said)
    for number, (problem, what) in enumerate(zip(found.problems, said, strict=True), start=3):
        assert problem.startswith(f"line {number}: "), problem
        assert what in problem
    with pytest.raises(BadInput, match="Nothing was changed"):
        applied(term, text)
    assert term.log() == []
    assert planned(term, "login,points\nanna,1\n").problems != []
    assert planned(term, "login,points\nanna,1\n", why="the olympiad").entries[0].reason == "the olympiad"
