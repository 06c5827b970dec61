"""How long others wait behind an attack: not much longer than behind a plain endless loop.

Whoever comes next in line waits until the worker is free again. So each attack on a real assignment is timed, and so is
an endless loop in every function of the same assignment, once for all its attacks, on the same machine, in the same
run; limits are the same, and small, so that this does not take an hour. Only the ratio counts; of three tries, each
with both anew, the best.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from grader.core.assignment import load
from grader.core.submission import Submission
from grader.harness.judge import Order
from grader.harness.zygote import Zygote
from tests.hostile.bank import Program, programs
from worker.sandboxes.bubblewrap import BubblewrapSandboxes
from worker.spares import Spares

pytestmark = pytest.mark.bubblewrap

ROOT = Path(__file__).resolve().parents[2]
LIMITS = "\n[limits]\ncall_seconds = 1\ntotal_seconds = 5\n"
MOST = 1.5
TRIES = 3
HOLDING = [program for program in programs() if program.kind in ("resources", "wire")]

Hold = Callable[[str, bytes], float]


@pytest.fixture(scope="module")
def hold(tmp_path_factory) -> Iterator[Hold]:
    """Grade a file as a worker does; for how many seconds it kept the worker."""
    root = tmp_path_factory.mktemp("waiting")
    names = sorted({program.assignment for program in HOLDING})
    for name in names:
        shutil.copytree(ROOT / "assignments" / name, root / "assignments" / name)
        settings = root / "assignments" / name / "assignment.toml"
        text, _, rest = settings.read_text().partition("\n[limits]")
        _, heading, others = rest.partition("\n[")
        settings.write_text(text + LIMITS + heading + others)
    (root / "reference").symlink_to(ROOT / "reference")
    folder = root / "assignments"
    environments = sorted({load(name, folder).environment for name in names})
    sandboxes = BubblewrapSandboxes(Path(tmp_path_factory.mktemp("s")))
    with closing(Zygote(folder, names)) as zygote, closing(Spares(sandboxes, environments, 1)) as spares:
        spares.start()
        zygote.start()

        def graded(name: str, content: bytes) -> float:
            environment = load(name, folder).environment
            source = _Source(lambda: spares.acquire(environment))
            began = time.monotonic()
            zygote.grade(Order(name, Submission("solution.py", {"solution.py": content}), "hidden", "waiting"), source)
            return time.monotonic() - began

        yield graded


@pytest.fixture(scope="module")
def usual(hold: Hold) -> Callable[[str, int], float]:
    """For how many seconds an endless loop kept the worker in the try of this number."""
    return cache(lambda assignment, _attempt: hold(assignment, endless(assignment)))


class _Source:
    def __init__(self, acquire: Callable[[], object]) -> None:
        self.acquire = acquire


@pytest.mark.parametrize("program", HOLDING, ids=lambda program: program.name)
def test_others_wait_behind_an_attack_hardly_longer_than_behind_an_endless_loop(
    hold: Hold, usual: Callable[[str, int], float], program: Program
):
    ratios: list[float] = []
    while len(ratios) < TRIES and min(ratios, default=MOST) >= MOST:
        attack = hold(program.assignment, program.path.read_bytes())
        ratios.append(attack / usual(program.assignment, len(ratios)))
    assert min(ratios) < MOST, ratios


def endless(name: str) -> bytes:
    """A solution each of whose functions never returns."""
    required = load(name, ROOT / "assignments").required
    lines = ["def never(*args, **kwargs):", "    while True: pass", *(f"{name} = never" for name in required)]
    return "\n".join(lines).encode()
