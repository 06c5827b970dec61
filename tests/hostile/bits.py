"""How much a result can tell of the hidden inputs, whatever the student's code does: bits a test, an upload, a course.

A student sees of each hidden test one of the verdicts; where it passed a time in tenths of a second; where an exception
ended it one of a few types, at one of the statements of their files or at none. The logarithm of how many such results
there are bounds what they tell. All of a submission's time is bounded, so many tests cannot each be slow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from grader.core.assignment import load_all
from grader.core.exceptions import TOLD
from grader.core.verdicts import Verdict
from grader.harness import statements

ASSIGNMENTS = Path(__file__).resolve().parents[2] / "assignments"
STATEMENTS = 150  # of an honest solution
# `skipped` and `refused` follow from others; an exception and a pass are counted with what they tell besides.
PLAIN = set(Verdict) - {Verdict.PASSED, Verdict.ERROR, Verdict.SKIPPED, Verdict.REFUSED}


@dataclass(frozen=True)
class Told:
    """The most that results of this form can tell, in bits: of one test that does not pass, and of a whole upload."""

    test: float
    upload: float


def told(tests: int, total_seconds: float, lines: int) -> Told:
    """For a suite of this many hidden tests, of a submission with so many ``lines`` on which statements begin."""
    missed = len(PLAIN) + len(TOLD) * (lines + 1)
    tenths = round(total_seconds * 10)
    # k tests pass and share the tenths in any way that does not exceed them, each rounded up by half a tenth at most;
    # the others end in any of the other ways
    shares = [math.comb(tenths + k // 2 + k, k) for k in range(tests + 1)]
    ways = sum(math.comb(tests, k) * shares[k] * missed ** (tests - k) for k in range(tests + 1))
    return Told(math.log2(missed), math.log2(ways))


def hidden_tests() -> dict[str, tuple[int, float]]:
    """Of each assignment the number of hidden test functions, and the seconds that a submission has."""
    found = {}
    for assignment in load_all(ASSIGNMENTS):
        texts = [path.read_text(encoding="utf-8") for path in assignment.suite("hidden").glob("test_*.py")]
        count = sum(line.startswith("def test_") for text in texts for line in text.splitlines())
        found[assignment.name] = count, assignment.limits.total_seconds
    return found


def section() -> str:
    """Markdown: the numbers for the smallest, a usual and the largest suite of this checkout."""
    suites = sorted(hidden_tests().items(), key=lambda one: (one[1][0], one[0]))
    chosen = (suites[0], suites[len(suites) // 2], suites[-1])
    lines = [
        "| suite | hidden tests | seconds | bits a missed test | bits an upload | bits an upload, at most |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, (tests, seconds) in chosen:
        usual, most = told(tests, seconds, STATEMENTS), told(tests, seconds, statements.MOST)
        row = (name, tests, f"{seconds:.0f}", f"{usual.test:.1f}", f"{usual.upload:.0f}", f"{most.upload:.0f}")
        lines.append("| " + " | ".join(map(str, row)) + " |")
    return "\n".join(lines) + "\n"
