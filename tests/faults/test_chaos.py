"""A thousand uploads while something breaks every few seconds: none is lost, graded twice, or blamed on a student."""

from __future__ import annotations

import os

import pytest

from tests.faults.chaos import Chaos
from tests.services import fresh_postgres

JOBS = int(os.environ.get("GRADER_CHAOS_JOBS", "1000"))

pytestmark = [pytest.mark.bubblewrap, pytest.mark.postgres]


@pytest.mark.timeout(2700)
def test_whatever_breaks_each_upload_is_graded_once_or_shown_as_broken(make, postgres_server, redis, seed, capsys):
    system = make(fresh_postgres(postgres_server), redis.url, workers=2).start()
    report = Chaos(system, redis, postgres_server, seed).run(JOBS)
    told = "\n".join(report.lines())
    with capsys.disabled():
        print(f"\nGRADER_FAULTS_SEED={seed}\n{told}")
    assert report.violations == [], told
    assert report.acknowledged == JOBS
    assert report.broken <= JOBS // 50, told
