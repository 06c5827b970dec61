"""What must hold after every attack, whatever its verdict.

I1  no byte of the suite and no expected value went into a sandbox
I2  files of the host are as they were
I3  nothing of it is left: container, process, control group, folder; and each teardown took less than 10 s
I4  the judge's memory and its use of processors stayed within bounds
I5  the next honest submission gets full marks; behind what was rejected nothing is graded, since nothing of it ran
I6  every test of the suite has exactly one verdict
I7  what the student is shown is short, clean and free of hidden data
I8  no more was taken to be lost to others, and so added to its limits, than others had of the processors
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from grader.core.exceptions import TOLD
from grader.core.report import TestResult, student_view, to_json
from tests.hostile.lab import ASSIGNMENTS, Lab, Outcome, Watched
from tests.hostile.reference import target
from worker.sandboxes import cgroups, folders
from worker.sandboxes.docker import PLACE, DockerSandboxes

TEARDOWN_SECONDS = 10.0
LEFT_SECONDS = 15.0
LOST_SECONDS = 0.5  # the kernel counts what others had by ticks
JUDGE_BYTES = 200 << 20
JUDGE_SECONDS = 20.0
SHOWN_CHARACTERS, OF_A_TEST = 64 * 1024, 640  # of a whole report at least, and of each of its tests
TESTS = ["test_nearest", "test_nearest_by_hand", "test_minimum", "test_object"]
HIDDEN_BYTES = {
    "a word of the suite or the reference": target.WORD.encode(),
    "expected distances": target.DISTANCES[:2].tobytes(),
    "an expected distance as text": b"2.42039106",
}
HIDDEN_TEXTS = (target.WORD, "2.4203910", "8271828182", "4142135624")
HOST_FILES = ("/etc/passwd", "/etc/hosts", "/etc/hostname", "/etc/ld.so.cache")


class Canaries:
    """Files of the host that anybody may write to, and some that nobody should."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="grader-canary-"))
        self.folder.chmod(0o777)
        self.own = self.folder / "canary"
        self.own.write_text("as it was\n")
        self.own.chmod(0o666)
        self.before = self.state()

    def state(self) -> dict[str, str]:
        """Every file's hash, and what is in the folder that anybody may write to."""
        suites = (path for path in sorted(ASSIGNMENTS.rglob("*.*")) if "__pycache__" not in path.parts)
        paths = [self.own, *map(Path, HOST_FILES), *suites, Path(target.__file__)]
        hashes = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if path.exists()}
        return hashes | {"in the folder": " ".join(sorted(path.name for path in self.folder.iterdir()))}


def broken(lab: Lab, outcome: Outcome, canaries: Canaries) -> list[str]:
    """The invariants that an attack has broken, each with what was seen."""
    found = [*_entered(outcome), *left(lab, outcome), *shown(outcome), *_stretched(outcome)]
    for sandbox in outcome.sandboxes:
        sandbox.forget()
    if canaries.state() != canaries.before:
        found.append("I2: files of the host have changed")
    if outcome.judge_bytes > JUDGE_BYTES:
        found.append(f"I4: the judge took {outcome.judge_bytes >> 20} MiB over its parent")
    if outcome.judge_seconds > JUDGE_SECONDS:
        found.append(f"I4: the judge used a processor for {outcome.judge_seconds:.0f} s")
    if outcome.report is not None and [test.name for test in outcome.report.tests] != TESTS:
        found.append(f"I6: verdicts of {[test.name for test in outcome.report.tests]}")
    if outcome.report is not None and not _is_honest_graded(lab):
        found.append("I5: the honest submission that followed did not get full marks")
    return found


def _is_honest_graded(lab: Lab) -> bool:
    report = lab.honest().report
    return report is not None and report.all_passed


def _entered(outcome: Outcome) -> list[str]:
    return [
        f"I1: {what} went into the sandbox"
        for sandbox in outcome.sandboxes
        for what, content in HIDDEN_BYTES.items()
        if content in sandbox.sent
    ]


def _stretched(outcome: Outcome) -> list[str]:
    return [
        f"I8: {lost:.1f} s were taken to be lost to others, who had {had:.1f} s of the processors"
        for lost, had in (sandbox.believed() for sandbox in outcome.sandboxes)
        if lost > had + LOST_SECONDS
    ]


def left(lab: Lab, outcome: Outcome) -> list[str]:
    """What there is after its time of the sandboxes that an upload had."""
    slowest = max((sandbox.teardown_seconds for sandbox in outcome.sandboxes), default=0.0)
    late = [f"I3: a teardown took {slowest:.1f} s"] if slowest > TEARDOWN_SECONDS else []
    return late + [
        f"I3: {what} are left: {found}"
        for sandbox in outcome.sandboxes
        for what, look in _looks(lab, sandbox).items()
        if (found := _until_none(look))
    ]


def _looks(lab: Lab, sandbox: Watched) -> dict[str, Callable[[], object]]:
    """Where something of a sandbox could be left."""
    place = f"{folders.house(lab.root)}/{sandbox.folder.name}"
    looks: dict[str, Callable[[], object]] = {
        "folders": lambda: [sandbox.folder] if sandbox.folder.exists() else [],
        "control groups": lambda: [group for group in cgroups.existing() if group == place],
        "processes": lambda: sandbox.namespace.processes() if sandbox.namespace else [],
    }
    if isinstance(lab.sandboxes, DockerSandboxes):
        listed = lab.sandboxes.client.containers.list
        looks["containers"] = lambda: listed(all=True, filters={"label": f"{PLACE}={place}"}, ignore_removed=True)
    return looks


def _until_none(check: Callable[[], object]) -> object:
    end = time.monotonic() + LEFT_SECONDS
    while (found := check()) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def shown(outcome: Outcome) -> list[str]:
    """What a student is told, of a report or of a rejection."""
    found = []
    if outcome.report is None:
        text = outcome.rejected
    else:
        view = student_view(outcome.report, after_due=True)
        text = json.dumps(to_json(view), ensure_ascii=False)
        found += [f"I7: of {test.name} too much is told: {test}" for test in view.tests if not _is_brief(test)]
    found += [f"I7: the student is shown {hidden!r}" for hidden in HIDDEN_TEXTS if hidden in text]
    tests = outcome.report.tests if outcome.report is not None else ()
    if len(text) > max(SHOWN_CHARACTERS, OF_A_TEST * len(tests)):
        found.append(f"I7: the student is shown {len(text)} characters")
    if bad := {c for c in text if unicodedata.category(c)[0] == "C" and c != "\n"}:
        found.append(f"I7: the student is shown {sorted(map(ascii, bad))}")
    return found


def _is_brief(test: TestResult) -> bool:
    """Whether of an exception one of a few types is told, and a time, in tenths, only where the test passed."""
    few = test.raised is None or test.raised.type in TOLD
    return few and test.seconds == (round(test.seconds, 1) if test.passed else 0)
