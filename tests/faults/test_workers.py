"""Workers, judges and sandboxes that are killed or stopped, and what comes twice. Moments are drawn at random."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from grader.core.tasks import RING
from grader.store.jobs import ATTEMPTS
from tests.faults.system import ROOT, kill
from worker.app import make_app, ring

pytestmark = [pytest.mark.bubblewrap, pytest.mark.postgres]


def test_a_killed_worker_loses_nothing(system, moment):
    first, second = system.upload("slow"), system.upload("wrong")
    system.until_state(first, "running")
    moment(2.5)
    system.parts["worker-1"].kill()
    system.start("worker-1")
    system.expect(first)
    system.expect(second, kind="wrong")
    assert system.job(first).attempt == 2


def test_a_killed_sandbox_is_no_failure_of_the_student(system, moment, chance):
    submission = system.upload("slow")
    system.until(lambda: system.judges(), "a judge runs")
    moment(2.5)
    for pids in system.sandboxes().values():
        kill([chance.choice(pids)])
    system.expect(submission)


def test_a_solution_that_kills_its_own_sandbox_has_died_and_costs_the_next_one_nothing(system):
    ends, right = system.upload("kills itself"), system.upload("right", "boris")
    system.expect(ends, kind="kills itself")
    system.expect(right)
    assert system.job(ends).attempt == 1


@pytest.mark.parametrize("who", ["judges", "parents_of_judges"])
def test_a_killed_judge_is_no_failure_of_the_student(system, moment, who):
    submission = system.upload("slow")
    system.until(lambda: system.judges(), "a judge runs")
    moment(2.5)
    kill(getattr(system, who)())
    system.expect(submission, system.upload())
    assert system.job(submission).attempt == 1  # another judge goes on


def test_a_killed_sweeper_is_missed_by_nobody_once_it_is_back(system, moment):
    submission = system.upload("slow")
    system.until_state(submission, "running")
    system.parts["worker-1"].kill()
    moment(4)
    system.parts["sweeper"].kill()
    system.start("sweeper", "worker-1")
    system.expect(submission)


def test_a_worker_that_was_stopped_past_its_lease_changes_nothing(system, moment):
    submission = system.upload("slow")
    system.until_state(submission, "running")
    moment(2)
    stopped = system.parts["worker-1"]
    stopped.stop()
    system.parts["worker-2"] = system.part("worker-2")
    system.start("worker-2")
    system.until_state(submission, "running", attempt=2)
    moment(2)
    stopped.go_on()
    system.expect(submission)
    another = [system.upload(login=f"later{n}") for n in range(3)]
    system.expect(*another)
    assert len(system.results(submission)) == 1


def test_a_job_that_is_delivered_three_times_at_once_to_two_workers_is_graded_once(system):
    system.parts["worker-2"] = system.part("worker-2")
    system.start("worker-2")
    submission = system.upload("slow")
    job = system.job(submission)
    together = threading.Barrier(3)

    def deliver() -> None:
        app = make_app(system.broker)
        together.wait()
        ring(app, job.id, "numpy")

    threads = [threading.Thread(target=deliver) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    system.expect(submission)
    ring(make_app(system.broker), job.id, "numpy")
    system.expect(system.upload())
    assert len(system.results(submission)) == 1
    assert system.job(submission).attempt == 1


def test_what_takes_its_worker_down_each_time_is_broken_shown_to_staff_and_others_go_on(system):
    """A watcher kills the worker whenever it has this job: no real submission can."""
    poison = system.upload("slow")
    others = [system.upload("right", login=f"other{n}") for n in range(3)]
    for attempt in range(1, ATTEMPTS + 1):
        system.until_state(poison, "running", attempt)
        system.parts["worker-1"].kill()
        system.start("worker-1")
    system.until_state(poison, "broken")
    system.expect(*others)
    assert system.broken() == [poison]
    assert system.results(poison) == []


def test_a_pickled_message_is_refused_and_the_next_job_is_graded(system):
    make_app(system.broker).send_task(RING, args=["x"], queue="numpy", serializer="pickle")
    system.expect(system.upload())


def test_a_server_does_not_run_without_isolation():
    variables = {**os.environ, "GRADER_DATABASE": "sqlite://", "GRADER_SANDBOX": "process"}
    command = [sys.executable, "-m", "worker"]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)
    assert done.returncode == 2
    assert "without isolation" in done.stderr
