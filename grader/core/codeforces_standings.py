"""Standings of a contest on Codeforces: what each row tells of each problem, accepted or not. Pure.

A time counts from the start of the contest, or of a virtual participation; in practice there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from grader.core.codeforces_found import CONTESTANT, EVER, PRACTICE, VIRTUAL, Accepted, Denied, Found, Party
from grader.core.course import Contest
from grader.core.errors import BadInput

_NO_TIME = 2**31 - 1  # what a practice solution has as its time from the start


def place(contest: Contest, problem: str, handle: str, start: int) -> str:
    """What a solution that only standings tell of is known by."""
    return f"standings/{contest.number}/{problem}/{handle.lower()}/{start}"


def start_of(remote_id: str) -> int | None:
    """The start in such a place; None for a submission's number."""
    return int(remote_id.rpartition("/")[2]) if remote_id.startswith("standings/") else None


def from_standings(result: Mapping[str, Any], contest: Contest) -> Found:
    held, rows = result["contest"], result["rows"]
    if held["id"] != contest.number:
        raise BadInput(
            f"These are the standings of contest {held['id']}, not of {contest.number}.",
            ru=f"Это положение в соревновании {held['id']}, а не {contest.number}.",
        )
    phase = str(held.get("phase", "FINISHED"))
    phases = frozenset() if phase == "FINISHED" else frozenset([phase])
    if phase == "BEFORE" and not rows:  # its problems are not shown yet
        return Found(phases=phases)
    problems = [problem["index"] for problem in result["problems"]]
    missing = [index for index in contest.problems if index not in problems]
    if missing:
        raise BadInput(
            f"Contest {contest.number} has no problem {missing[0]}.",
            ru=f"В соревновании {contest.number} нет задачи {missing[0]}.",
        )
    accepted: list[Accepted] = []
    denied: list[Denied] = []
    untimed: set[str] = set()
    for row in rows:
        for one in _from_row(row, held, result["problems"], contest):
            if isinstance(one, Accepted):
                accepted.append(one)
            elif isinstance(one, Denied):
                denied.append(one)
            else:
                untimed.add(one)
    if held.get("frozen"):
        phases |= {"FROZEN"}
    return Found(
        tuple(accepted),
        untimed=frozenset(untimed),
        denied=tuple(denied),
        parties=frozenset(party for row in rows for party in _parties(row["party"], held)),
        phases=phases,
        whole=_shows_everybody(rows),
    )


def _from_row(
    row: Mapping[str, Any], held: Mapping[str, Any], problems: Sequence[Mapping[str, Any]], contest: Contest
) -> Iterator[Accepted | Denied | str]:
    """What one party's row tells of each member and problem; a handle alone where a solution has no time."""
    party = row["party"]
    kind, start = str(party.get("participantType", "")), party.get("startTimeSeconds", held.get("startTimeSeconds"))
    early = held.get("phase", "FINISHED") != "FINISHED"
    for problem, told in zip(problems, row["problemResults"], strict=True):
        index = problem["index"]
        if index not in contest.problems:
            continue
        share, after = _share_of_result(told, problem, held), told.get("bestSubmissionTimeSeconds", _NO_TIME)
        timed = start is not None and after < _NO_TIME and kind != PRACTICE
        for handle in members(party):
            if share and not timed:
                yield handle
            elif share:
                at = instant(start + after)
                unsure = early or told.get("type") == "PRELIMINARY"
                yield Accepted(place(contest, index, handle, start), handle, index, at, share, kind, unsure)
                if held.get("type") != "IOI":  # elsewhere one solution of a problem counts, at its time
                    since, until = _span(kind, start, held)
                    yield Denied(handle.lower(), index, since, min(until, at - timedelta(seconds=1)), kind)
            else:
                since, until = _span(kind, start, held)
                hides = held.get("frozen") or start is None
                remote_id = "" if hides else place(contest, index, handle, start)
                yield Denied(handle.lower(), index, since, until, kind, remote_id)


def _span(kind: str, start: int | None, held: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """From when to when a row tells of what was sent: all that a person sends as a contestant, or in practice.

    Of virtual participations there may be several. What is sent while standings are frozen they do not show.
    """
    since, until = EVER
    if kind == VIRTUAL and start is not None:
        since, until = instant(start), instant(start + held.get("durationSeconds", 0))
    if held.get("frozen") and start is not None:
        shown = held.get("durationSeconds", 0) - held.get("freezeDurationSeconds", held.get("durationSeconds", 0))
        until = instant(start + shown - 1)
    return since, until


def _parties(party: Mapping[str, Any], held: Mapping[str, Any]) -> Iterator[Party]:
    start = party.get("startTimeSeconds", held.get("startTimeSeconds"))
    for handle in members(party):
        yield Party(handle.lower(), int(start or 0), str(party.get("participantType", "")))


def _shows_everybody(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether these rows are the standings from their head on: their ranks leave nobody out.

    Standings of some people only, or a later page, skip ranks where others stand.
    """
    ranks = sorted(int(row.get("rank", 0)) for row in rows if row["party"].get("participantType") == CONTESTANT)
    return bool(ranks) and ranks[0] == 1 and all(rank <= number for number, rank in enumerate(ranks, 1))


def _share_of_result(told: Mapping[str, Any], problem: Mapping[str, Any], held: Mapping[str, Any]) -> Fraction:
    """Points are partial in IOI contests alone; elsewhere any points at all mean accepted."""
    points = told.get("points", 0)
    if held.get("type") == "IOI":
        return part(points, problem.get("points"))
    return Fraction(int(points > 0))


def part(points: Any, most: Any) -> Fraction:
    """The share of a problem's points, where both are known."""
    if not points or not most or points < 0:
        return Fraction(0)
    return min(Fraction(str(points)) / Fraction(str(most)), Fraction(1))


def members(party: Mapping[str, Any]) -> Iterator[str]:
    """Everybody of a party: what a team solves counts for each of its members."""
    return (str(member["handle"]) for member in party["members"])


def instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
