"""How often an attack runs, and in which kinds of sandbox.

Ordinary runs try most of them once, in one kind: their verdicts are decided by what is the same in every kind. What
attacks the sandbox itself runs in each. With ``GRADER_HOSTILE_REPEATS`` everything runs so often in each kind.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Protocol, TypeVar

import pytest

from tests.hostile.lab import Lab, has_gvisor

REPEATS = int(os.environ.get("GRADER_HOSTILE_REPEATS", "1"))
KINDS = ("bubblewrap", "docker", *(["gvisor"] if has_gvisor() else []))
OF_THE_SANDBOX = {"kernel", "channels", "queue"}  # classes of attacks that a kind of sandbox answers


class Named(Protocol):
    """An attack: its name, and its class."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str: ...


Tried = TypeVar("Tried", bound=Named)


def kinds_of(attack: Named) -> tuple[str, ...]:
    """The kinds of sandbox in which it runs: of most attacks one, always the same for the same name."""
    if REPEATS > 1 or attack.kind in OF_THE_SANDBOX:
        return KINDS
    return (KINDS[hashlib.sha256(attack.name.encode()).digest()[0] % len(KINDS)],)


def runs(attacks: Iterable[Tried]) -> list[tuple[str, Tried, int]]:
    """Each run as a kind of sandbox, an attack and a number; those in one kind follow each other."""
    listed = list(attacks)
    return [(kind, each, n) for kind in KINDS for each in listed if kind in kinds_of(each) for n in range(REPEATS)]


def of_kind(kind: str, *values: object, name: str) -> Any:
    """A case of a parametrised test that needs this kind of sandbox."""
    mark = pytest.mark.bubblewrap if kind == "bubblewrap" else pytest.mark.docker
    return pytest.param(kind, *values, id=f"{kind}-{name}", marks=mark)


@contextmanager
def laboratories(make: Callable[[str], Any]) -> Iterator[Callable[[str], Lab]]:
    """One laboratory for each kind of sandbox, opened when it is first asked for."""
    opened: dict[str, Lab] = {}
    with ExitStack() as stack:

        def of(kind: str) -> Lab:
            if kind not in opened:
                opened[kind] = stack.enter_context(make(kind))
            return opened[kind]

        yield of
