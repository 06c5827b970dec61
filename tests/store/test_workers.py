"""The table of workers, and what monitoring is told of queue and workers; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from grader.core.assignment import load
from grader.core.errors import BadInput
from grader.core.submission import Submission as Content
from grader.store import audit, jobs, people, submissions, workers
from grader.store.engine import Database
from grader.store.figures import Figures
from grader.store.migrations import is_current, upgrade
from grader.store.workers import ILL, LOST, READY, Note

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
ASSIGNMENT = load("clustering/kmeans", Path(__file__).resolve().parents[2] / "assignments")
NOTE = Note("h:1", "h", ("numpy", "torch"), "docker", NOW, READY, "", {"numpy": 1})


def note(database: Database, said: Note, now: datetime = NOW) -> datetime | None:
    with database.writing() as session:
        return workers.note(session, said, now)


def states(database: Database, now: datetime) -> dict[str, str]:
    with database.reading() as session:
        return {worker.id: workers.state_of(worker, now) for worker in workers.table(session)}


def test_who_does_not_note_itself_is_lost_and_after_a_day_forgotten(database):
    note(database, NOTE)
    note(database, replace(NOTE, id="h:2", state=ILL, reason="no engine"), LATER)
    assert states(database, LATER) == {"h:1": LOST, "h:2": ILL}
    with database.writing() as session:
        workers.forget(session, NOW + timedelta(days=1, seconds=1))
    assert states(database, LATER) == {"h:2": ILL}


def test_noting_again_changes_the_row_and_leaving_removes_it(database):
    note(database, NOTE)
    note(database, replace(NOTE, spares={"numpy": 0}), LATER)
    with database.reading() as session:
        (row,) = workers.table(session)
        assert (row.spares, row.seen_at, row.queues) == ({"numpy": 0}, LATER, "numpy torch")
    with database.writing() as session:
        workers.leave(session, "h:1")
    assert states(database, NOW) == {}


def test_an_ill_worker_hears_that_it_is_sent_back_and_its_successor_does_not(database):
    with database.writing() as session:
        boss = people.add_user(session, "boss", "Boss", role="instructor", password=None, now=NOW)
    note(database, replace(NOTE, state=ILL))
    with database.writing() as session:
        workers.send_back(session, "h:1", actor=boss, now=NOW)
        entry = audit.last(session)
        assert (entry.action, entry.subject, entry.actor) == ("worker.sent_back", "h:1", boss.id)
    assert note(database, replace(NOTE, state=ILL)) == NOW
    assert note(database, replace(NOTE, since=LATER)) is None  # another process of the same name


@pytest.mark.parametrize("worker_id", ["h:1", "h:2"])
def test_only_an_ill_worker_is_sent_back(database, worker_id):
    with database.writing() as session:
        boss = people.add_user(session, "boss", "Boss", role="instructor", password=None, now=NOW)
    note(database, NOTE)
    with pytest.raises(BadInput), database.writing() as session:
        workers.send_back(session, worker_id, actor=boss, now=NOW)


def told(database: Database, now: datetime) -> list[str]:
    registry = CollectorRegistry()
    registry.register(Figures(database, lambda: now))
    return generate_latest(registry).decode().splitlines()


def test_monitoring_is_told_of_queue_age_broken_jobs_and_workers(database):
    with database.writing() as session:
        anna = people.add_user(session, "anna", "Anna", password=None, now=NOW)
        made = [
            submissions.record(session, anna, ASSIGNMENT, Content("k.py", {"k.py": text}), text, now=NOW)[1]
            for text in (b"1", b"2", b"3", b"4")
        ]
        jobs.claim(session, made[0].id, "w", NOW + timedelta(seconds=20))
        made[1].state = "broken"
    note(database, NOTE, LATER)
    lines = told(database, LATER)
    for line in (
        "grader_database_up 1.0",
        'grader_queue_jobs{queue="numpy",state="queued"} 2.0',
        'grader_queue_jobs{queue="numpy",state="running"} 1.0',
        'grader_queue_oldest_seconds{queue="numpy",state="queued"} 60.0',
        'grader_queue_oldest_seconds{queue="numpy",state="running"} 40.0',
        "grader_jobs_broken 1.0",
        'grader_workers{state="ready"} 1.0',
        'grader_workers{state="ill"} 0.0',
    ):
        assert line in lines


def test_a_database_that_does_not_answer_is_told_and_ends_no_scrape(tmp_path):
    away = Database(f"sqlite:///{tmp_path / 'none' / 'grader.db'}")
    assert [line for line in told(away, NOW) if not line.startswith("#")] == ["grader_database_up 0.0"]


def test_older_tables_are_not_current(database_url):
    opened = Database(database_url)
    upgrade(opened.engine, "0002")
    assert not is_current(opened.engine)
    upgrade(opened.engine)
    assert is_current(opened.engine)
    opened.close()
