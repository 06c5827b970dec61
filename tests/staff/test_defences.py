"""Defences: who waits, what a mark does to the points, and that it can be taken away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from grader.core.errors import BadInput
from grader.staff.defences import defences, mark_defended, waiting, withdraw
from grader.store import people
from tests.staff.conftest import COURSE, LAB, NOW, TASK, F


def marked(term, login="anna", name=LAB, actor="tutor", **settings):
    with term.database.writing() as session:
        item = COURSE.item(name)
        return mark_defended(session, term.users[login], item, actor=term.users[actor], now=NOW, **settings)


def listed(term, lab=None):
    return [(one.user.login, one.item.name, one.mark.points) for one in waiting(term.database, COURSE, lab=lab)]


def test_labs_wait_from_the_upload_to_the_defence_and_tasks_never(term):
    assert listed(term) == []
    term.upload("clara", LAB, 4)
    term.upload("anna", LAB, 3)
    term.upload("anna", TASK)
    assert listed(term) == [("anna", LAB, 30), ("clara", LAB, 40)]
    assert listed(term, "another/lab") == []
    marked(term)
    assert listed(term, LAB) == [("clara", LAB, 40)]


def test_a_share_of_the_points_is_left_and_all_of_them_wait_again_after_a_withdrawal(term):
    term.upload("anna", LAB, 3)
    marked(term, share=F(1, 2), note=" slow ")
    assert (term.mark("anna", LAB).state, term.mark("anna", LAB).points) == ("counted", 15)
    with term.database.reading() as session:
        (one,) = defences(session, user_id=term.users["anna"].id)
        assert (one.mark.note, one.by.login, one.mark.at) == ("slow", "tutor", NOW)
    with term.database.writing() as session:
        withdraw(session, term.users["anna"], LAB, actor=term.users["tutor"], now=NOW)
    assert (term.mark("anna", LAB).state, term.mark("anna", LAB).points) == ("waiting", 30)
    assert [entry.action for entry in term.log()] == ["defence.marked", "defence.withdrawn"]


def test_a_change_keeps_the_time_of_the_defence(term):
    """Where lateness counts from the defence, correcting a share must not cost weeks."""
    marked(term)
    with term.database.writing() as session:
        later = NOW + timedelta(days=30)
        mark_defended(session, term.users["anna"], COURSE.item(LAB), share=F(1, 2), actor=term.users["boss"], now=later)
    assert term.record("anna").defences[LAB].at == NOW
    assert term.log()[1].before["share"] == "1"
    assert term.log()[1].after["share"] == "1/2"


def test_a_defence_of_yesterday_can_be_entered_today_and_none_of_tomorrow(term):
    yesterday = NOW - timedelta(days=1)
    marked(term, at=yesterday)
    assert term.record("anna").defences[LAB].at == yesterday
    with pytest.raises(BadInput, match="future"):
        marked(term, "boris", at=NOW + timedelta(seconds=1))


def test_the_same_again_is_no_change_and_an_old_list_overwrites_nothing(term):
    assert marked(term, share=F(1, 2))
    assert not marked(term, share=F(1, 2))
    with pytest.raises(BadInput, match="before"):
        marked(term, share=F(1), again=False)
    assert term.record("anna").defences[LAB].share == F(1, 2)
    assert len(term.log()) == 1


@pytest.mark.parametrize(
    ("login", "name", "share", "told"),
    [
        ("anna", TASK, F(1), "no lab"),
        ("anna", LAB, F(3, 2), "share"),
        ("anna", LAB, F(-1, 2), "share"),
        ("boss", LAB, F(1), "no such student"),
    ],
)
def test_what_cannot_be_marked(term, login, name, share, told):
    with pytest.raises(BadInput, match=told):
        marked(term, login, name, share=share)
    assert term.log() == []


def test_what_was_not_marked_cannot_be_withdrawn(term):
    with pytest.raises(BadInput, match="not marked"), term.database.writing() as session:
        withdraw(session, term.users["anna"], LAB, actor=term.users["tutor"], now=NOW)


def test_the_list_of_those_who_wait_takes_a_constant_number_of_queries(term):
    counts = []
    for batch in range(2):
        for number in range(4):
            login = f"more{batch}{number}"
            with term.database.writing() as session:
                term.users[login] = people.add_user(session, login, login, password=None, now=NOW)
            term.upload(login, LAB)
        assert len(listed(term)) == 4 * (batch + 1)
        statements: list[str] = []
        event.listen(term.database.engine, "before_cursor_execute", lambda *a, s=statements: s.append(a[2]))
        listed(term)
        counts.append(len(statements))
    assert counts[0] == counts[1] > 0
