"""The verdict of a test, and what each one means to the person who reads it."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """How a test ended. Every one of them is the submission's doing; faults of ours are never verdicts."""

    PASSED = "passed"
    FAILED = "failed"  # it ran, and what came back was wrong
    ERROR = "error"  # the student's code raised an exception that the test did not ask for
    TIMEOUT = "timeout"  # our clock ran out
    MEMORY = "memory"  # the kernel stopped it at its memory limit
    OUTPUT = "output"  # it printed or returned more bytes than the budget
    PROTOCOL = "protocol"  # what it sent broke the wire's grammar
    DIED = "died"  # the process ended in the middle of a call
    SKIPPED = "skipped"  # a test that this one depends on gave no value
    REFUSED = "refused"  # the submission uses what the assignment forbids

    @property
    def has_value(self) -> bool:
        """Whether the submission gave a value, right or wrong: then the tests that depend on this one can run."""
        return self in (Verdict.PASSED, Verdict.FAILED)
