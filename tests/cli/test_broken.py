"""What we have failed to grade, on the command line: listed, tried again, given back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from grader.core.assignment import assignments_folder, load
from grader.core.submission import Submission as Content
from grader.store import jobs, people, submissions
from grader.store.models import AuditEntry, Job, Submission


def broken(place, login: str, source: bytes) -> str:
    """An upload whose tests began, and that we failed to grade three times."""
    now = datetime.now(UTC)
    with place.database.writing() as session:
        user, assignment = people.by_login(session, login), load("clustering/kmeans", assignments_folder())
        content = Content("a.py", {"a.py": source})
        submission, job = submissions.record(session, user, assignment, content, source, now=now)
        for hours in range(jobs.ATTEMPTS):
            held = jobs.claim(session, job.id, "w", now + timedelta(hours=hours))
            assert held is not None
            assert jobs.add_events(session, held, [{"event": "tests", "count": 2}])
            assert jobs.fail(session, held, "the judge ended", now + timedelta(hours=hours))
        return submission.id


def test_what_is_spent_is_listed_and_given_back_with_a_reason(place):
    first, second = (broken(place, "anna", b"x = %d" % number) for number in range(2))
    listed = {one["submission"]: one for one in place("broken", "list", "--json").json}
    assert {name: one["spent"] for name, one in listed.items()} == {first: False, second: True}
    assert (listed[second]["login"], listed[second]["error"]) == ("anna", "the judge ended")
    assert place("broken", "list").out.count("spent") == 1
    assert place("broken", "give-back", second[:8]).code == 2, "a reason is asked for"
    assert place("broken", "give-back", second[:8], "--reason", "x", actor="anna").code == 2
    assert place("broken", "give-back", second[:8], "--reason", "our engine").code == 0
    assert "given back already" in place("broken", "give-back", first, "--reason", "x").err
    assert "could not be graded" in place("broken", "give-back", "nothing", "--reason", "x").err
    with place.database.reading() as session:
        assert not session.get_one(Submission, second).costs
        (entry,) = session.query(AuditEntry).filter_by(action="upload.given-back").all()
        assert (entry.subject, entry.reason) == (second, "our engine")
        assert entry.actor == people.by_login(session, "boss").id


def test_one_is_tried_again(place):
    submission = broken(place, "anna", b"x = 1")
    assert place("broken", "retry", submission[:8]).code == 0
    with place.database.reading() as session:
        assert session.query(Job).one().state == "queued"
    assert place("broken", "list", "--json").json == []
    assert place("broken", "retry", submission).code == 2
