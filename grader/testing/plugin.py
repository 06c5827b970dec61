"""The pytest plugin of a suite: its fixtures, its marks, the order of dependencies.

It runs inside a judge (or a student's own check), which puts a `Bench` into the configuration; what a test's
outcome is worth is the judge's business.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import numpy as np
import pytest
from _pytest.outcomes import Skipped

from grader.core.errors import AssignmentFault
from grader.core.report import Bilingual
from grader.testing import marks


class Bench(Protocol):
    """What a judge offers to the fixtures."""

    seed: str

    def submission(self) -> Any:
        """The student's module, in a living sandbox."""

    def probe(self) -> Any:
        """The assignment's probe, beside it."""

    def begin(self, plan: marks.Plan) -> None:
        """A test begins."""

    def has_value(self, name: str) -> bool:
        """Whether a value came, right or wrong, in this test or in every case of this parametrised test."""


BENCH = pytest.StashKey[Bench]()
PLAN = pytest.StashKey[marks.Plan]()
IN_PART = pytest.StashKey[bool]()  # whether files of the suite may have been left out
PLANS = pytest.StashKey[Iterable[marks.Plan]]()


class Waiting(Skipped):
    """A test does not run, since one that it depends on gave no value; ``told`` says so in both languages."""

    def __init__(self, told: Bilingual) -> None:
        super().__init__(told["en"])
        self.told = told


def pytest_configure(config: pytest.Config) -> None:
    for description in marks.DESCRIPTIONS:
        config.addinivalue_line("markers", description)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    plans: list[marks.Plan] = [marks.read(item) for item in items]
    for item, plan in zip(items, plans, strict=True):
        item.stash[PLAN] = plan
    if not config.stash.get(IN_PART, False):
        marks.check(plans)
    config.stash[PLANS] = plans


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    bench, plan = item.config.stash[BENCH], item.stash[PLAN]
    bench.begin(plan)
    lacking = [name for name in plan.depends if not bench.has_value(name)]
    if lacking:
        raise Waiting(marks.waits_for(plan, lacking, item.config.stash[PLANS]))


@pytest.fixture
def submission(request: pytest.FixtureRequest) -> Any:
    """The student's module: call its functions, make its classes, as if it were imported here."""
    return request.config.stash[BENCH].submission()


@pytest.fixture
def probe(request: pytest.FixtureRequest) -> Any:
    """The assignment's `probe.py`, running beside the student's code. What it returns is the student's word: compare it
    with what the suite computes.
    """
    module = request.config.stash[BENCH].probe()
    if module is None:
        raise AssignmentFault("the suite uses the probe fixture, and the assignment has no probe.py")
    return module


def _entropy(request: pytest.FixtureRequest) -> int:
    """Other inputs for every student and every test or case of it, and the same again in every upload."""
    text = f"{request.config.stash[BENCH].seed}/{request.node.name}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """Randomness for this test's inputs."""
    return np.random.default_rng(_entropy(request))


@pytest.fixture
def torch_rng(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The same as a torch generator; the global one is seeded as well while the test runs."""
    import torch

    seed = _entropy(request) % 2**63
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        yield torch.Generator().manual_seed(seed)
