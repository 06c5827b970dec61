"""What answers of Codeforces tell of one contest: who solved what, and what is not accepted, perhaps any more. Pure.

`codeforces` reads the answers; `grader.staff.codeforces` compares this with what was imported before. It can be written
as text and read again, so that a page can carry it to the button that applies it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from grader.core.errors import BadInput

EVER = (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))
EVERY_NUMBER = (0, 2**62)
CONTESTANT, VIRTUAL, PRACTICE = "CONTESTANT", "VIRTUAL", "PRACTICE"


@dataclass(frozen=True)
class Accepted:
    """An accepted solution: its number there (or where it stands in the standings), by whom, when, and its share.

    ``party`` is how its owner took part, where that is known. It is ``provisional`` before the tests of the contest.
    """

    remote_id: str
    handle: str
    problem: str
    at: datetime
    share: Fraction
    party: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class Pending:
    """A solution that is being judged, perhaps again: what was known of it stays so."""

    remote_id: str
    handle: str
    problem: str
    at: datetime


@dataclass(frozen=True)
class Denied:
    """That nothing which a person sent for a problem from ``since`` to ``until``, taking part so, is accepted.

    ``remote_id`` is its place in the standings. It is ``exact`` where a submission itself was listed.
    """

    handle: str
    problem: str
    since: datetime
    until: datetime
    party: str = ""
    remote_id: str = ""
    exact: bool = False

    def covers(self, remote_id: str, at: datetime, party: str) -> bool:
        """Whether a solution of this person and problem is meant."""
        if self.remote_id and self.remote_id == remote_id:
            return True
        alike = self.party == party or (not party and self.party != PRACTICE)
        return alike and self.since <= at <= self.until


@dataclass(frozen=True)
class Listed:
    """All submissions of a person (without a ``handle``: of everybody) between two numbers and times were listed."""

    handle: str
    first: int
    last: int
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Party:
    """Somebody's row in standings: since when, in seconds, and how this person took part."""

    handle: str
    start: int
    party: str


@dataclass(frozen=True)
class Found:
    """What answers tell of one contest; of two that differ the later one holds.

    ``refused`` are numbers of submissions that are not accepted, perhaps any more. ``untimed`` are handles whose
    solutions have no time in the standings. ``asked`` are those whose rows would all be there, and ``whole`` tells it
    of all contestants. ``unknown`` are handles that Codeforces does not know, ``phases`` those of a contest that is
    not over. Handles of ``denied``, ``listed``, ``parties`` and ``asked`` are in small letters.
    """

    accepted: tuple[Accepted, ...] = ()
    refused: frozenset[str] = frozenset()
    untimed: frozenset[str] = frozenset()
    pending: tuple[Pending, ...] = ()
    denied: tuple[Denied, ...] = ()
    listed: tuple[Listed, ...] = ()
    parties: frozenset[Party] = frozenset()
    asked: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    whole: bool = False

    def __or__(self, other: Found) -> Found:
        again = {one.remote_id for one in other.accepted}
        denied = by_problem(other.denied)
        kept = [
            one
            for one in self.accepted
            if one.remote_id not in other.refused
            and not any(
                no.remote_id == one.remote_id
                for no in denied.get((one.handle.lower(), one.problem), ())
                if no.remote_id
            )
        ]
        return Found(
            accepted=(*kept, *other.accepted),
            refused=(self.refused - again) | other.refused,
            untimed=self.untimed | other.untimed,
            pending=self.pending + other.pending,
            denied=self.denied + other.denied,
            listed=self.listed + other.listed,
            parties=self.parties | other.parties,
            asked=self.asked | other.asked,
            unknown=self.unknown | other.unknown,
            phases=self.phases | other.phases,
            whole=self.whole or other.whole,
        )

    def of(self, handles: Collection[str]) -> Found:
        """Only what concerns these people; their handles are in small letters."""
        return replace(
            self,
            accepted=tuple(one for one in self.accepted if one.handle.lower() in handles),
            pending=tuple(one for one in self.pending if one.handle.lower() in handles),
            denied=tuple(one for one in self.denied if one.handle in handles),
            listed=tuple(one for one in self.listed if not one.handle or one.handle in handles),
            parties=frozenset(one for one in self.parties if one.handle in handles),
        )


def by_problem(denied: Iterable[Denied]) -> Mapping[tuple[str, str], Sequence[Denied]]:
    """What is denied, by handle and problem."""
    found: dict[tuple[str, str], list[Denied]] = {}
    for one in denied:
        found.setdefault((one.handle, one.problem), []).append(one)
    return found


_RECORDS = {"accepted": Accepted, "pending": Pending, "denied": Denied, "listed": Listed, "parties": Party}
_WORDS = ("refused", "untimed", "asked", "unknown", "phases")


def packed(found: Found) -> str:
    """What was found, as text."""
    told: dict[str, Any] = {name: [_row(one) for one in getattr(found, name)] for name in _RECORDS}
    told |= {name: sorted(getattr(found, name)) for name in _WORDS}
    return json.dumps({**told, "whole": found.whole}, separators=(",", ":"))


def unpacked(text: str) -> Found:
    """What was found, from its text. Raises BadInput where that is damaged."""
    try:
        told = json.loads(text)
        read: dict[str, Any] = {
            name: tuple(_record(kind, row) for row in told[name]) for name, kind in _RECORDS.items()
        }
        read |= {name: frozenset(map(str, told[name])) for name in _WORDS}
        found = Found(**{**read, "parties": frozenset(read["parties"])}, whole=told["whole"] is True)
        if any(not 0 < one.share <= 1 for one in found.accepted):
            raise ValueError("a share that is none")
    except (ValueError, KeyError, TypeError, ZeroDivisionError) as error:
        raise BadInput(
            "The form is damaged. Bring the file again.", ru="Форма повреждена. Загрузите файл ещё раз."
        ) from error
    return found


def _row(one: Any) -> list[Any]:
    values = [getattr(one, field.name) for field in fields(one)]
    return [
        value.isoformat() if isinstance(value, datetime) else str(value) if isinstance(value, Fraction) else value
        for value in values
    ]


def _record(kind: Any, row: Sequence[Any]) -> Any:
    """One record from its row. Raises ValueError or TypeError."""
    return kind(*(_value(str(field.type), value) for field, value in zip(fields(kind), row, strict=True)))


def _value(kind: str, value: Any) -> Any:
    if kind == "datetime":
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise ValueError("a time without an offset")
        return at
    if kind == "Fraction" and isinstance(value, str):
        return Fraction(value)
    if type(value).__name__ != kind:
        raise TypeError(f"{kind} is expected")
    return value
