"""What an ill worker checks before it goes back to work: in each of its environments an empty module is graded for
some assignment, in a sandbox that is started for it. The result does not matter, only that there is one.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from grader.core.assignment import load_all
from grader.core.errors import AssignmentFault, SandboxUnavailable
from grader.core.submission import Submission
from grader.harness.judge import Order
from grader.harness.sandbox import Sandbox, Sandboxes
from grader.harness.zygote import Zygote


def check(sandboxes: Sandboxes, environments: Iterable[str], zygote: Zygote, folder: Path) -> str:
    """What is wrong, or nothing. Never raises."""
    try:
        for environment in environments:
            _try(sandboxes, environment, zygote, folder)
    except Exception as error:  # whatever it is, the worker is not well
        return str(error) or type(error).__name__
    return ""


def _try(sandboxes: Sandboxes, environment: str, zygote: Zygote, folder: Path) -> None:
    assignment = next((a for a in load_all(folder) if a.environment == environment), None)
    if assignment is None:
        sandboxes.start(environment).close()
        zygote.start()
        return
    submission = Submission("check.py", {"check.py": b""})
    source = _Fresh(sandboxes, environment)
    with suppress(AssignmentFault):  # then the judge has answered nevertheless; the rest is for the author
        zygote.grade(Order(assignment.name, submission, "hidden", "check"), source)
    if not source.given:
        sandboxes.start(environment).close()


class _Fresh:
    """Sandboxes that are started when they are asked for: spares may be what is broken."""

    def __init__(self, sandboxes: Sandboxes, environment: str) -> None:
        self._sandboxes = sandboxes
        self._environment = environment
        self.given = 0

    def acquire(self) -> Sandbox:
        try:
            sandbox = self._sandboxes.start(self._environment)
        except SandboxUnavailable:
            raise
        except Exception as error:  # an engine's own errors: the judge must hear of them
            raise SandboxUnavailable(str(error) or type(error).__name__) from error
        self.given += 1
        return sandbox
