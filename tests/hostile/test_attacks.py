"""Every attack gets the verdict that its folder is called by, and breaks no invariant."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.hostile.__main__ import PAGE, page
from tests.hostile.attacks import CLASSES, Attack, attacks
from tests.hostile.invariants import Canaries, broken
from tests.hostile.lab import Lab, lab
from tests.hostile.runs import KINDS, laboratories, of_kind, runs

RUNS = runs(attack for attack in attacks() if not attack.acts)

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

# Verdicts that some of the tests may get too. Eight answers at once are woven into each other: what is read of them may
# look like an answer, and is a wrong one. A machine may take seconds to hand out memory that it has not used lately:
# then the time of the call is up first. That the limit of memory holds is for tests/worker/sandboxes/test_limits.py.
ALSO = {
    "protocol/wire-answers-from-many-processes": {"failed"},
    **{attack.name: {"timeout"} for attack in attacks() if attack.verdict == "memory"},
}


@pytest.fixture(scope="module")
def labs() -> Iterator[Callable[[str], Lab]]:
    with laboratories(lab) as of:
        yield of


@pytest.fixture(scope="module")
def canaries() -> Canaries:
    return Canaries()


@pytest.mark.parametrize("kind", [of_kind(kind, name="honest") for kind in KINDS])
def test_the_honest_solution_gets_full_marks(labs: Callable[[str], Lab], kind: str):
    report = labs(kind).honest().report
    assert report is not None
    assert report.all_passed


@pytest.mark.parametrize(
    ("kind", "attack"), [of_kind(kind, attack, name=f"{attack.name}-{repeat}") for kind, attack, repeat in RUNS]
)
def test_an_attack_gets_its_verdict_and_breaks_nothing(
    labs: Callable[[str], Lab], canaries: Canaries, kind: str, attack: Attack
):
    arena = labs(kind)
    outcome = arena.run(attack)
    own = BY_ITS_OWN_KERNEL if arena.kind == "gvisor" else {}
    expected = own.get(attack.name, attack.verdict)
    assert set(outcome.verdict.split(" and ")) <= {expected, *ALSO.get(attack.name, ())}, outcome.told()
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
