"""``make rush``: the last five minutes before a deadline on one machine, in figures."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from grader.cli.up import choose_sandbox
from tests.rush.replay import Outcome, machine, replay


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.rush")
    parser.add_argument("--students", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--sandbox", default=None)
    told = parser.parse_args()
    sandbox = told.sandbox or choose_sandbox(Console())
    with tempfile.TemporaryDirectory(prefix="grader-rush-") as folder:
        outcome = replay(Path(folder), students=told.students, seconds=told.seconds, sandbox=sandbox)
    print(f"{told.students} students in {told.seconds:.0f} s, {sandbox}; {machine()}")
    print("\n".join(lines(outcome, told.students)))
    return 0 if good(outcome, told.students) else 1


def good(outcome: Outcome, students: int) -> bool:
    """Everything acknowledged, nothing lost, nothing twice, nothing of ours counted against a student."""
    faults = (outcome.lost, outcome.twice, outcome.broken, outcome.wrong, outcome.seen.refused.total())
    return len(outcome.seen.acknowledged) == students and not any(faults)


def lines(outcome: Outcome, students: int) -> list[str]:
    seen = outcome.seen
    return [
        f"acknowledged        {len(seen.acknowledged)} of {students}",
        f"lost, graded twice  {outcome.lost}, {outcome.twice}",
        f"broken, wrong       {outcome.broken}, {outcome.wrong}",
        f"acknowledgement     {quantiles(seen.uploads)}",
        f"pages, {len(seen.pages):>6}       {quantiles(seen.pages)}",
        f"streams             {seen.streams_opened} opened, {seen.streams_refused} refused, {seen.polls} polls",
        f"refused             {dict(seen.refused) or 'nothing'}",
        f"memory of the web   {outcome.memory_before:.0f} MiB before, {outcome.memory_after:.0f} after, "
        f"{outcome.memory_most:.0f} at most",
        f"last one graded     {outcome.grading_seconds:.0f} s after the deadline",
    ]


def quantiles(times: Sequence[float]) -> str:
    """p50, p95, p99 and the longest, in milliseconds."""
    ordered = sorted(times) or [0.0]
    found = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99, 1.0)]
    names = zip(("p50", "p95", "p99", "max"), found, strict=True)
    return ", ".join(f"{name} {1000 * seconds:.0f} ms" for name, seconds in names)


if __name__ == "__main__":
    sys.exit(main())
