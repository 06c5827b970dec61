"""What workers and the sweeper count for Prometheus. No label names a person, a submission or a job."""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client import Counter, Gauge, Histogram

from grader.core.report import Report
from grader.harness.sandbox import Death, Sandbox
from grader.harness.usage import Usage

STAGES = Histogram(
    "grader_job_stage_duration_seconds",
    "A job's time by stage: waiting in line, waiting for a sandbox, with the judge (sandboxes included), being stored.",
    ["stage"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900),
)
JOBS = Counter("grader_jobs_finished", "Jobs that this worker is done with, by what came of it.", ["outcome"])
VERDICTS = Counter("grader_verdicts", "Tests in stored results, by verdict.", ["verdict"])
DEATHS = Counter("grader_sandbox_deaths", "Sandboxes that ended, by cause.", ["cause"])
FAULTS = Counter("grader_own_faults", "Attempts that failed without the student's doing, by kind.", ["kind"])
SPARES = Gauge("grader_spares_ready", "Warm sandboxes that wait, by environment.", ["environment"])
ILL = Gauge("grader_worker_ill", "1 while this worker takes no jobs because it is ill.")
LEASES = Counter("grader_leases_expired", "Jobs that were taken back from workers that were lost.")
MAILS = Counter("grader_mails", "Mails that were given to the mail server, by what came of it.", ["state"])
SWEEPS = Counter("grader_sweep_failures", "Parts of a sweep that failed.", ["part"])

_USUAL = (None, 0, 137, -9)  # it saw its streams close, or our hand; unless the kernel's memory counters tell otherwise


def count(report: Report, *, stored: bool) -> None:
    """A grading has ended well; its result was stored, or somebody else's was."""
    JOBS.labels("graded" if stored else "discarded").inc()
    if stored:
        for test in report.tests:
            VERDICTS.labels(str(test.verdict)).inc()


def cause(death: Death) -> str:
    """``memory``, or ``shortage`` where the machine's ran out; ``trouble`` where its engine could not tell.

    Else ``ended`` as all do, or ``exited`` with another code.
    """
    if death.memory:
        return "memory"
    if death.oom == "machine":
        return "shortage"
    if death.detail:
        return "trouble"
    return "ended" if death.exit_code in _USUAL else "exited"


@dataclass
class _Watched:
    """A sandbox whose death is counted, once."""

    inner: Sandbox
    counted: bool = False

    def __post_init__(self) -> None:
        self.kind, self.image, self.hello = self.inner.kind, self.inner.image, self.inner.hello
        self.wire, self.output = self.inner.wire, self.inner.output

    def usage(self) -> Usage:
        return self.inner.usage()

    def close(self) -> Death:
        death = self.inner.close()
        if not self.counted:
            self.counted = True
            DEATHS.labels(cause(death)).inc()
        return death


def watched(sandbox: Sandbox) -> Sandbox:
    """The same sandbox; its death will be counted."""
    return _Watched(sandbox)
