"""Codeforces: what its interface answers, as accepted solutions; and how a request to it is signed. Pure.

Two methods tell who has solved what. `user.status` lists a person's submissions with their absolute times. In
`contest.standings` a time counts from the start of the contest, or of a virtual participation; a solution in practice
has no time there, so that its owner's `user.status` must be asked. Facts: https://codeforces.com/apiHelp (2025).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from grader.core.course import Contest
from grader.core.errors import BadInput

_PENDING = (None, "TESTING")
_NO_TIME = 2**31 - 1  # what a practice solution has as its time from the start


@dataclass(frozen=True)
class Accepted:
    """An accepted solution: its number there (or where it stands in the standings), by whom, when, and its share."""

    remote_id: str
    handle: str
    problem: str
    at: datetime
    share: Fraction


@dataclass(frozen=True)
class Found:
    """What an answer tells of one contest.

    ``refused`` are numbers of submissions that are not accepted, perhaps any more. ``untimed`` are handles whose
    solutions have no time in the standings.
    """

    accepted: tuple[Accepted, ...] = ()
    refused: frozenset[str] = frozenset()
    untimed: frozenset[str] = frozenset()

    def __or__(self, other: Found) -> Found:
        return Found(self.accepted + other.accepted, self.refused | other.refused, self.untimed | other.untimed)


def signature(method: str, parameters: Mapping[str, str], secret: str, salt: str) -> str:
    """``apiSig`` of a request: six characters of salt, then the SHA-512 of salt, method, sorted parameters, secret."""
    query = "&".join(f"{name}={value}" for name, value in sorted(parameters.items()))
    return salt + hashlib.sha512(f"{salt}/{method}?{query}#{secret}".encode()).hexdigest()


def result_of(answer: Any) -> Any:
    """What an envelope holds; an answer that was saved without one is taken as it is. Raises BadInput for FAILED."""
    if isinstance(answer, dict) and "status" in answer:
        if answer["status"] != "OK":
            comment = str(answer.get("comment", "no comment"))[:300]
            raise BadInput(f"Codeforces answered: {comment}", ru=f"Codeforces ответил: {comment}")
        return answer.get("result")
    return answer


def read(answer: Any, contest: Contest) -> Found:
    """The accepted solutions of a contest in an answer of `user.status` (or `contest.status`) or `contest.standings`.

    Raises BadInput for what is neither, or is of another contest.
    """
    result = result_of(answer)
    try:
        if isinstance(result, list):
            return _from_status(result, contest)
        if isinstance(result, dict) and "rows" in result:
            return _from_standings(result, contest)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError, OSError) as error:
        raise BadInput(
            f"This is not what Codeforces answers ({type(error).__name__}: {str(error)[:80]}).",
            ru=f"Codeforces отвечает не так ({type(error).__name__}: {str(error)[:80]}).",
        ) from error
    raise BadInput(
        "The file must hold the answer of user.status, contest.status or contest.standings.",
        ru="В файле должен быть ответ user.status, contest.status или contest.standings.",
    )


def _from_status(submissions: Sequence[Mapping[str, Any]], contest: Contest) -> Found:
    accepted: list[Accepted] = []
    refused: set[str] = set()
    for one in submissions:
        problem = one["problem"]
        ours = one.get("contestId", problem.get("contestId")) == contest.number and problem["index"] in contest.problems
        if not ours or one.get("verdict") in _PENDING:
            continue
        share = _share_of_submission(one, problem)
        if not share:
            refused.add(str(int(one["id"])))
            continue
        at = _moment(one["creationTimeSeconds"])
        accepted += [Accepted(str(int(one["id"])), h, problem["index"], at, share) for h in _handles(one["author"])]
    return Found(tuple(accepted), frozenset(refused))


def _share_of_submission(one: Mapping[str, Any], problem: Mapping[str, Any]) -> Fraction:
    """All of the problem, or the part of its points that an IOI contest gives; 0 where it is not accepted."""
    if one["verdict"] == "OK":
        return Fraction(1)
    if one["verdict"] == "PARTIAL":
        return _part(one.get("points"), problem.get("points"))
    return Fraction(0)


def _from_standings(result: Mapping[str, Any], contest: Contest) -> Found:
    held = result["contest"]
    if held["id"] != contest.number:
        raise BadInput(
            f"These are the standings of contest {held['id']}, not of {contest.number}.",
            ru=f"Это положение в соревновании {held['id']}, а не {contest.number}.",
        )
    problems = [problem["index"] for problem in result["problems"]]
    missing = [index for index in contest.problems if index not in problems]
    if missing:
        raise BadInput(
            f"Contest {contest.number} has no problem {missing[0]}.",
            ru=f"В соревновании {contest.number} нет задачи {missing[0]}.",
        )
    found = Found()
    for row in result["rows"]:
        found |= _from_row(row, held, result["problems"], contest)
    return found


def _from_row(
    row: Mapping[str, Any], held: Mapping[str, Any], problems: Sequence[Mapping[str, Any]], contest: Contest
) -> Found:
    party = row["party"]
    start = party.get("startTimeSeconds", held.get("startTimeSeconds"))
    accepted: list[Accepted] = []
    untimed: set[str] = set()
    for problem, told in zip(problems, row["problemResults"], strict=True):
        share = _share_of_result(told, problem, held)
        if problem["index"] not in contest.problems or not share:
            continue
        for handle in _handles(party):
            after = told.get("bestSubmissionTimeSeconds", _NO_TIME)
            if start is None or after >= _NO_TIME or party.get("participantType") == "PRACTICE":
                untimed.add(handle)
                continue
            remote = f"standings/{contest.number}/{problem['index']}/{handle.lower()}/{start}"
            accepted.append(Accepted(remote, handle, problem["index"], _moment(start + after), share))
    return Found(tuple(accepted), untimed=frozenset(untimed))


def _share_of_result(told: Mapping[str, Any], problem: Mapping[str, Any], held: Mapping[str, Any]) -> Fraction:
    """Points are partial in IOI contests alone; elsewhere any points at all mean accepted."""
    points = told.get("points", 0)
    if held.get("type") == "IOI":
        return _part(points, problem.get("points"))
    return Fraction(int(points > 0))


def _part(points: Any, most: Any) -> Fraction:
    """The share of a problem's points, where both are known."""
    if not points or not most or points < 0:
        return Fraction(0)
    return min(Fraction(str(points)) / Fraction(str(most)), Fraction(1))


def _handles(party: Mapping[str, Any]) -> Iterator[str]:
    """Everybody of a party: what a team solves counts for each of its members."""
    return (str(member["handle"]) for member in party["members"])


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
