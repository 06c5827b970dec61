"""Kept standings: the same as counted afresh, counted again when anything that they stand on has changed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from grader.core.course import Contest, Course, CourseItem
from grader.core.fingerprint import of_code
from grader.core.gradebook import standing
from grader.core.scoring import LECTURE, Formula
from grader.staff.bonus import add_bonus
from grader.staff.defences import mark_defended
from grader.staff.theory import Theory, set_theory
from grader.store import jobs, listing, people, standings
from grader.store.models import (
    CodeforcesSolution,
    Extension,
    GroupExtension,
    KeptMark,
    OverrideMark,
    StandingRow,
)
from grader.store.records import records, touch
from tests.core.courses import item
from tests.store.test_jobs import ASSIGNMENT, NOW, claim, report, upload

F = Fraction
ROOT = Path(__file__).resolve().parents[2]
DUE = NOW + timedelta(days=1)
TITLE = {"en": "ML", "ru": "МО"}
COURSE = Course(
    TITLE,
    ZoneInfo("UTC"),
    (
        CourseItem("clustering/kmeans", "task", TITLE, F(40), DUE, assignment=ASSIGNMENT),
        CourseItem("codeforces/warm-up", "task", TITLE, F(10), DUE, contest=Contest(1, ("A", "B", "C"))),
    ),
    sha256="one",
)


@pytest.fixture
def anna(database):
    """A student with a graded upload, theory, bonus, a solved problem and a mark that staff have set."""
    _, job_id = upload(database)
    held = claim(database, job_id)
    with database.writing() as session:
        jobs.finish(session, held, report(3), NOW)
        user = people.by_login(session, "anna")
        user.group = "M1"
        staff = people.add_user(session, "boss", "Boss", role="instructor", password=None, now=NOW)
        set_theory(session, user, Theory(F(50), F(1, 3), F(60)), LECTURE, actor=staff, now=NOW)
        add_bonus(session, user, F(7, 3), "notes", actor=staff, now=NOW)
        session.add(
            CodeforcesSolution(
                remote_id="5",
                user_id=user.id,
                item="codeforces/warm-up",
                problem="B",
                at=NOW,
                share=F(1),
                imported_at=NOW,
            )
        )
    return user


def fresh(database, user, course=COURSE):
    with database.reading() as session:
        return standing(course, records(session, [user])[user.id])


def test_what_is_kept_is_what_would_be_counted(database, anna):
    for _ in range(2):  # counted, then read
        assert standings.standings(database, COURSE, [anna])[anna.id] == fresh(database, anna)
    found = standings.standings(database, COURSE, [anna])[anna.id]
    assert [(mark.points, mark.state) for mark in found.marks] == [(30, "counted"), (F(10, 3), "counted")]
    assert found.score.theory == F(181, 3)


def test_it_is_counted_once(database, anna):
    assert standings.refresh(database, COURSE, [anna]) == 1
    assert standings.refresh(database, COURSE, [anna]) == 0
    assert standings.refresh(database, replace(COURSE, sha256="two"), [anna]) == 1


def test_another_course_file_counts_anew(database, anna):
    standings.standings(database, COURSE, [anna])
    halved = replace(COURSE, formula=Formula(bonus_scale=F(1)), sha256="two")
    assert standings.standings(database, halved, [anna])[anna.id].score.bonus == F(7, 3) / (1 + F(7, 3))


KMEANS, WARM_UP = COURSE.items
RULES = {
    "kind": replace(COURSE, items=(replace(KMEANS, kind="lab"), WARM_UP)),
    "points": replace(COURSE, items=(replace(KMEANS, points=F(20)), WARM_UP)),
    "deadline": replace(COURSE, items=(replace(KMEANS, deadline=NOW - timedelta(days=1)), WARM_UP)),
    "problems": replace(COURSE, items=(KMEANS, replace(WARM_UP, contest=Contest(1, ("A", "B"))))),
    "items": replace(COURSE, items=(WARM_UP,)),
    "formula": replace(COURSE, formula=Formula(test=F(10), ticket=F(10))),
}


@pytest.mark.parametrize("changed", RULES)
def test_other_rules_in_the_same_file_count_anew(database, anna, changed):
    """As where an assignment's own file has changed, and not the course's."""
    before = standings.standings(database, COURSE, [anna])[anna.id]
    found = standings.standings(database, RULES[changed], [anna])[anna.id]
    assert found == fresh(database, anna, RULES[changed]) != before
    with database.reading() as session:
        kept = {mark.assignment: (mark.state, mark.points) for mark in session.query(KeptMark)}
    assert kept == {mark.assignment: (mark.state, pytest.approx(float(mark.points))) for mark in found.marks}


def test_other_code_that_counts_marks_counts_anew(database, anna, tmp_path, monkeypatch):
    standings.standings(database, COURSE, [anna])
    for part in ("core", "store"):
        shutil.copytree(ROOT / "grader" / part, tmp_path / "grader" / part)
    monkeypatch.setattr(standings, "_ROOT", tmp_path)
    assert standings.refresh(database, COURSE, [anna]) == 1  # the package's own file is not there
    assert standings.refresh(database, COURSE, [anna]) == 0
    for number, (name, was, becomes) in enumerate((
        ("core/lateness.py", "full + 1", "full + 2"),
        ("core/scoring.py", "60", "61"),
        ("core/gradebook.py", 'state == "counted"', 'state != "none"'),
        ("store/records.py", "revoked_at.is_(None)", "revoked_at.is_not(None)"),
    )):  # fmt: skip
        other = shutil.copytree(tmp_path / "grader", tmp_path / str(number) / "grader")
        text = (other / name).read_text(encoding="utf-8")
        assert was in text
        (other / name).write_text(text.replace(was, becomes), encoding="utf-8")
        monkeypatch.setattr(standings, "_ROOT", other.parent)
        assert standings.refresh(database, COURSE, [anna]) == 1, name
    (other / name).write_text("# a comment\n" + text.replace(was, becomes), encoding="utf-8")
    of_code.cache_clear()
    assert standings.refresh(database, COURSE, [anna]) == 0


def other_result(session, user, staff):
    _, job = upload_again(session, user)
    held = jobs.claim(session, job.id, "w", NOW)
    jobs.finish(session, held, report(4), NOW)


def upload_again(session, user):
    from grader.core.submission import Submission as Content
    from grader.store import submissions

    content = Content("k.py", {"k.py": b"x = 1"})
    return submissions.record(session, user, ASSIGNMENT, content, b"x = 1", now=NOW)


CHANGES = {
    "theory": lambda session, user, staff: set_theory(session, user, Theory(F(1)), LECTURE, actor=staff, now=NOW),
    "bonus": lambda session, user, staff: add_bonus(session, user, F(1), "x", actor=staff, now=NOW),
    "defence": lambda session, user, staff: mark_defended(
        session, user, item("a/lab", F(10)), share=F(1, 2), actor=staff, now=NOW
    ),
    "result": other_result,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(database, anna, change):
    standings.standings(database, COURSE, [anna])
    with database.writing() as session:
        CHANGES[change](session, anna, people.by_login(session, "boss"))
    assert standings.refresh(database, COURSE, [anna]) == 1
    assert standings.standings(database, COURSE, [anna])[anna.id] == fresh(database, anna)


def test_a_touched_record_is_counted_with_extensions_and_overrides(database, anna):
    early = replace(COURSE, items=(replace(COURSE.items[0], deadline=NOW - timedelta(days=3)), COURSE.items[1]))
    assert standings.standings(database, early, [anna])[anna.id].marks[0].points == 0
    common = {"assignment": "clustering/kmeans", "reason": "ill", "given_by": anna.id}
    with database.writing() as session:
        session.add(GroupExtension(group="M1", deadline=NOW, created_at=NOW, **common))
        touch(session, [anna.id])
    assert standings.standings(database, early, [anna])[anna.id].marks[0].points == 30
    with database.writing() as session:  # the student's own makes the group's no earlier
        session.add(Extension(user_id=anna.id, deadline=NOW - timedelta(days=1), created_at=NOW, **common))
        touch(session, [anna.id])
    assert standings.standings(database, early, [anna])[anna.id].marks[0].points == 30
    with database.writing() as session:
        session.delete(session.get_one(GroupExtension, ("M1", "clustering/kmeans")))
        touch(session, [anna.id])
    assert standings.standings(database, early, [anna])[anna.id].marks[0].points == 0
    with database.writing() as session:
        session.add(OverrideMark(user_id=anna.id, points=F(71, 2), at=NOW, **common))
        touch(session, [anna.id])
    mark = standings.standings(database, early, [anna])[anna.id].marks[0]
    assert (mark.points, mark.override, mark.computed) == (F(71, 2), "ill", 0)


def test_what_was_counted_from_an_older_record_never_replaces_a_newer(database, anna):
    with database.writing() as session:
        session.add(
            StandingRow(
                user_id=anna.id, record_version=99, fingerprint="one", theory=0, practice=0, bonus=0, final=0,
                standing={},
            )
        )  # fmt: skip
    standings.refresh(database, COURSE, [anna])
    with database.reading() as session:
        assert session.get(StandingRow, anna.id).record_version == 99


def test_sorting_and_paging_take_a_constant_number_of_queries(database):
    counts = []
    for batch in range(2):
        for number in range(4):
            upload(database, f"student{batch}{number}")
        with database.reading() as session:
            users = people.students(session)
        standings.refresh(database, COURSE, users)
        statements: list[str] = []
        event.listen(database.engine, "before_cursor_execute", lambda *a, s=statements: s.append(a[2]))
        assert len(standings.standings(database, COURSE, users)) == len(users)
        standings.refresh_all(database, COURSE)
        counts.append(sum(text.lstrip().startswith("SELECT") for text in statements))
    assert counts[0] == counts[1] > 0


def test_what_is_kept_puts_people_in_order_by_any_column(database, anna):
    with database.writing() as session:
        for login in ("boris", "clara", "aaron"):
            people.add_user(session, login, login.title(), password=None, now=NOW)
        people.by_login(session, "aaron").active = False
    standings.refresh_all(database, COURSE)
    for column in ("T", "P", "B", "final", "clustering/kmeans", "codeforces/warm-up"):
        with database.reading() as session:
            up, down = (listing.page(session, 1, 10, sort=sign + column) for sign in ("", "-"))
        assert [user.login for user in up.users] == ["boris", "clara", "anna"], column
        assert [user.login for user in down.users] == ["anna", "boris", "clara"], column  # equals stand by their names
        assert (up.total, up.pages) == (3, 1)


def test_the_background_counts_a_part_at_a_time_and_only_what_is_old(database, anna):
    with database.writing() as session:
        for login in ("boris", "clara", "left"):
            people.add_user(session, login, login.title(), password=None, now=NOW)
        people.by_login(session, "left").active = False
    assert [standings.refresh_some(database, COURSE, 2) for _ in range(3)] == [2, 1, 0]
    with database.reading() as session:
        counted = {row.user_id: row.final for row in session.query(StandingRow)}
    assert len(counted) == 3
    assert counted[anna.id] == pytest.approx(float(fresh(database, anna).score.final))
    with database.writing() as session:
        touch(session, [anna.id])
    assert standings.refresh_some(database, COURSE, 5) == 1
    assert standings.refresh_some(database, replace(COURSE, sha256="two"), 5) == 3
