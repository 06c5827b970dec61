"""The same file is uploaded until it meets inputs that it gets right."""

from datetime import UTC, datetime, timedelta

from grader.core.assignment import load
from grader.core.submission import Submission
from grader.store import jobs, people, submissions
from tests.hostile.lab import ASSIGNMENTS, TARGET


def act(system):
    at, content = datetime(2001, 1, 1, tzinfo=UTC), Submission("s.py", {"s.py": b"x = 1\n"})
    seeds = {}
    with system.database.writing() as session:  # in one transaction: no worker of the system takes these jobs
        for login in ("luck", "copy"):
            user = people.add_user(session, login, login, password=None, now=at)
            for turn in range(5):
                later = at + timedelta(days=turn)
                made, job = submissions.record(session, user, load(TARGET, ASSIGNMENTS), content, b"x = 1\n", now=later)
                seeds.setdefault(login, set()).add(jobs.seed_of(session, job, made))
                job.state = "withdrawn"
    assert [len(drawn) for drawn in seeds.values()] == [1, 1], f"inputs that one student met: {seeds}"
    assert seeds["luck"] != seeds["copy"], "two students met the same inputs"
