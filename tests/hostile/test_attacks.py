"""Every attack gets the verdict that its folder is called by, in every kind of sandbox, and breaks no invariant."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.hostile.__main__ import PAGE, page
from tests.hostile.attacks import CLASSES, Attack, attacks
from tests.hostile.invariants import Canaries, broken
from tests.hostile.lab import Lab, has_gvisor, lab

REPEATS = int(os.environ.get("GRADER_HOSTILE_REPEATS", "1"))
UPLOADS = [attack for attack in attacks() if not attack.acts]
KINDS = [
    pytest.param("docker", marks=pytest.mark.docker),
    pytest.param("bubblewrap", marks=pytest.mark.bubblewrap),
    *([pytest.param("gvisor", marks=pytest.mark.docker)] if has_gvisor() else []),
]

# Under gVisor its own kernel answers these, and nothing of the machine's is reached: it has a device and a priority of
# its own to give, and ends a sandbox that forks too much.
BY_ITS_OWN_KERNEL = {
    "passed/kernel-devices": "error",
    "passed/kernel-setuid-programs": "error",
    "passed/kernel-writes-its-settings": "error",
    "passed/resources-priority": "error",
    "passed/resources-fork-until-it-fails": "died",
    "timeout/resources-fork-bomb": "died",
}

# Eight answers at once are woven into each other: what is read of them may look like an answer, and is a wrong one.
OR_ELSE = {"protocol/wire-answers-from-many-processes": "failed and protocol"}


@pytest.fixture(scope="module", params=KINDS)
def arena(request: pytest.FixtureRequest) -> Iterator[Lab]:
    with lab(request.param) as opened:
        yield opened


@pytest.fixture(scope="module")
def canaries() -> Canaries:
    return Canaries()


def test_the_honest_solution_gets_full_marks(arena):
    report = arena.honest().report
    assert report is not None
    assert report.all_passed


@pytest.mark.parametrize("repeat", range(REPEATS))
@pytest.mark.parametrize("attack", UPLOADS, ids=lambda attack: attack.name)
def test_an_attack_gets_its_verdict_and_breaks_nothing(arena: Lab, canaries: Canaries, attack: Attack, repeat: int):
    outcome = arena.run(attack)
    own = BY_ITS_OWN_KERNEL if arena.kind == "gvisor" else {}
    expected = own.get(attack.name, attack.verdict)
    assert outcome.verdict in (expected, OR_ELSE.get(attack.name)), outcome.told()
    assert broken(arena, outcome, canaries) == []


def test_every_attack_says_what_it_tries():
    nameless = [attack.name for attack in attacks() if len(attack.title) < 12 or attack.kind not in CLASSES]
    assert nameless == []


def test_there_are_attacks_of_every_class_and_enough_of_them():
    assert {attack.kind for attack in attacks()} == set(CLASSES)
    assert len(attacks()) >= 150


def test_the_tables_of_the_page_are_todays():
    """`python -m tests.hostile` writes them."""
    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text
