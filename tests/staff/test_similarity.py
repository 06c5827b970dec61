"""Which submissions are compared: one a student, each once, never two of a team; and two beside each other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from grader.core.errors import BadInput
from grader.core.submission import Submission as Content
from grader.staff import accounts
from grader.staff.similarity import alike, beside
from grader.store import submissions
from tests.core.test_similarity import LONG, ORIGINAL, renamed
from tests.staff.conftest import COURSE, NOW, TASK


def hand_in(term, login, source, *, at=NOW, team=False):
    content, assignment = Content("a.py", {"a.py": source.encode()}), COURSE.item(TASK).assignment
    with term.database.writing() as session:
        user = accounts.found(session, login)
        submission, _ = submissions.record(session, user, assignment, content, source.encode(), team=team, now=at)
        return submission.id


def team(term, *logins):
    with term.database.writing() as session:
        for login in logins:
            accounts.change(session, accounts.found(session, login), {"team": "T"}, actor=term.users["boss"], now=NOW)


def test_a_copy_is_found_and_marked(term):
    one, other = hand_in(term, "anna", LONG), hand_in(term, "boris", renamed(LONG))
    hand_in(term, "clara", ORIGINAL)
    compared, (first, *rest) = alike(term.database, COURSE, TASK)
    assert compared == 3
    assert [first.first.logins, first.second.logins] in ([["anna"], ["boris"]], [["boris"], ["anna"]])
    assert all(pair.pair.score < first.pair.score / 2 for pair in rest)
    left, right = beside(term.database, COURSE, TASK, one, other)
    assert left.compared.logins == ["anna"]
    lines = left.files["a.py"]
    assert [line.text for line in lines] == LONG.splitlines()
    assert sum(line.shared == "unusual" for line in lines) > len(lines) / 2
    assert {line.shared for line in right.files["a.py"]} >= {"", "unusual"}


def test_the_latest_is_compared_until_one_counts(term):
    hand_in(term, "anna", LONG)
    hand_in(term, "anna", "x = 1\n", at=NOW + timedelta(hours=1))
    hand_in(term, "boris", LONG)
    assert alike(term.database, COURSE, TASK) == (2, [])


def test_two_of_a_team_are_never_a_pair_and_a_shared_upload_is_one(term):
    team(term, "anna", "boris")
    hand_in(term, "anna", LONG, team=True)
    assert alike(term.database, COURSE, TASK)[0] == 1
    hand_in(term, "boris", renamed(LONG), at=NOW + timedelta(hours=1))
    compared, pairs = alike(term.database, COURSE, TASK)
    assert (compared, pairs) == (2, [])


def test_only_what_counts_can_be_put_beside(term):
    one = hand_in(term, "anna", LONG)
    for other in (one, "nothing"):
        with pytest.raises(BadInput, match="not two submissions"):
            beside(term.database, COURSE, TASK, one, other)
    with pytest.raises(BadInput, match="not judged here"):
        alike(term.database, COURSE, "no/such")


def test_the_number_of_queries_does_not_grow(term):
    counts = []
    for login in ("anna", "boris", "clara"):
        hand_in(term, login, LONG)
        alike(term.database, COURSE, TASK)
        statements: list[str] = []
        event.listen(term.database.engine, "before_cursor_execute", lambda *a, s=statements: s.append(a[2]))
        alike(term.database, COURSE, TASK)
        counts.append(len(statements))
    assert len(set(counts)) == 1
