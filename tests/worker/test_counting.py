"""The sweeper keeps the gradebook counted in the background, and a fault of it stops nothing else."""

from __future__ import annotations

from grader.store.courses import AppliedCourse
from grader.store.models import StandingRow, User
from grader.store.records import touch
from grader.store.standings import rules
from tests.crowd import Size, fill, write_course
from tests.in_force import put_in_force
from worker import sweeper
from worker.sweeper import Sweeper

NAMES = ["lecture-00/topic-00", "lecture-01/topic-01"]


def old(database) -> int:
    """How many students have no standing of today's record and course."""
    with database.reading() as session:
        versions = {user.id: user.record_version for user in session.query(User)}
        kept = {row.user_id: row.record_version for row in session.query(StandingRow)}
    return sum(kept.get(user) != version for user, version in versions.items())


def test_rounds_count_what_is_old_a_part_at_a_time(sqlite, tmp_path, monkeypatch):
    folder, course = write_course(tmp_path, Size(5, 2, 1))
    fill(sqlite, NAMES, Size(5, 2, 1))
    monkeypatch.setattr(sweeper, "COUNT_AT_ONCE", 2)
    put_in_force(sqlite, course, folder)
    sweeping = Sweeper(sqlite, None, AppliedCourse(sqlite, folder))
    seen = []
    for _ in range(4):
        sweeping.round()
        seen.append(old(sqlite))
    assert seen == [3, 1, 0, 0]
    with sqlite.writing() as session:
        touch(session, [session.query(User).first().id])
    assert old(sqlite) == 1
    sweeping.round()
    assert old(sqlite) == 0
    put_in_force(sqlite, course.read_text() + "\n# another text\n", folder)
    for _ in range(3):
        sweeping.round()
    with sqlite.reading() as session:
        kept = {row.fingerprint for row in session.query(StandingRow)}
    assert kept == {rules(sweeping.course.current())}


def test_without_a_course_it_sweeps_and_counts_nothing(sqlite, tmp_path):
    folder, _ = write_course(tmp_path, Size(1, 2, 1))
    fill(sqlite, NAMES, Size(1, 2, 1))
    sweeping = Sweeper(sqlite, None, AppliedCourse(sqlite, folder))
    sweeping.round()
    assert sweeping.health()[0]
    assert old(sqlite) == 1
