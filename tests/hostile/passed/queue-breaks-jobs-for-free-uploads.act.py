"""A student whose every upload ends as our fault after its tests began, to see verdicts that cost nothing."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from grader.core.assignment import load
from grader.core.submission import Submission
from grader.store import jobs, models, people, submissions
from tests.hostile.lab import ASSIGNMENTS, TARGET

UPLOADS = 4


def act(system):
    at = datetime(2001, 1, 1, tzinfo=UTC)
    with system.database.writing() as session:  # in one transaction: no worker of the system takes these jobs
        user = people.add_user(session, "breaks", "breaks", password=None, now=at)
        for number in range(UPLOADS):
            text = b"x = %d\n" % number
            content = Submission("s.py", {"s.py": text})
            _, job = submissions.record(session, user, load(TARGET, ASSIGNMENTS), content, text, now=at)
            for attempt in range(1, jobs.ATTEMPTS + 1):
                held = jobs.claim(session, job.id, "breaks", at + attempt * timedelta(hours=1))
                jobs.add_events(session, held, [{"event": "tests", "count": 1}])
                jobs.fail(session, held, "the judge ended", at + attempt * timedelta(hours=1))
    with system.database.reading() as session:
        costs = session.scalars(select(models.Submission.costs).where(models.Submission.user_id == user.id)).all()
    assert sorted(costs) == [False] + [True] * (UPLOADS - 1), f"what broken uploads cost: {costs}"
