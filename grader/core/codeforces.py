"""Codeforces: what its interface answers, and how a request to it is signed. Pure.

Two methods tell who has solved what. `user.status` lists a person's submissions with their absolute times. In
`contest.standings` a time counts from the start of the contest, or of a virtual participation; a solution in practice
has no time there, so that its owner's `user.status` must be asked. Both tell as well what is not accepted, perhaps any
more. Facts: https://codeforces.com/apiHelp (2025).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from grader.core.codeforces_found import EVER, Accepted, Denied, Found, Listed, Pending
from grader.core.codeforces_standings import from_standings, instant, members, part
from grader.core.course import Contest
from grader.core.errors import BadInput

_PENDING = (None, "TESTING")
_UNTESTED = ("SAMPLES", "PRETESTS")
_PAGES = 5  # whoever asks for a part of a list asks for a multiple of this


class FailedRequest(BadInput):
    """Codeforces answered that a request FAILED, with this comment."""

    def __init__(self, comment: str) -> None:
        super().__init__(f"Codeforces answered: {comment}", ru=f"Codeforces ответил: {comment}")
        self.comment = comment


def signature(method: str, parameters: Mapping[str, str], secret: str, salt: str) -> str:
    """``apiSig`` of a request: six characters of salt, then the SHA-512 of salt, method, sorted parameters, secret."""
    query = "&".join(f"{name}={value}" for name, value in sorted(parameters.items()))
    return salt + hashlib.sha512(f"{salt}/{method}?{query}#{secret}".encode()).hexdigest()


def result_of(answer: Any) -> Any:
    """What an envelope holds; an answer that was saved without one is taken as it is. Raises FailedRequest."""
    if isinstance(answer, dict) and "status" in answer:
        if answer["status"] != "OK":
            raise FailedRequest(str(answer.get("comment", "no comment"))[:300])
        return answer.get("result")
    return answer


def read(answer: Any, contest: Contest) -> Found:
    """What an answer of `user.status` (or `contest.status`) or `contest.standings` tells of a contest.

    Raises BadInput for what is neither, or is of another contest.
    """
    result = result_of(answer)
    try:
        if isinstance(result, list):
            return _from_status(result, contest)
        if isinstance(result, dict) and "rows" in result:
            return from_standings(result, contest)
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
    pending: list[Pending] = []
    denied: list[Denied] = []
    refused: set[str] = set()
    for one in submissions:
        problem = one["problem"]
        ours = one.get("contestId", problem.get("contestId")) == contest.number and problem["index"] in contest.problems
        if not ours:
            continue
        number, index, at = str(int(one["id"])), problem["index"], instant(one["creationTimeSeconds"])
        party, share = str(one["author"].get("participantType", "")), _share_of_submission(one, problem)
        handles = list(members(one["author"]))
        if share is None:
            pending += [Pending(number, handle, index, at) for handle in handles]
        elif share:
            early = one.get("testset") in _UNTESTED
            accepted += [Accepted(number, handle, index, at, share, party, early) for handle in handles]
        else:
            refused.add(number)
            denied += [Denied(handle.lower(), index, at, at, party, exact=True) for handle in handles]
    return Found(
        tuple(accepted),
        frozenset(refused),
        pending=tuple(pending),
        denied=tuple(denied),
        listed=_whole_of(submissions, contest),
    )


def _share_of_submission(one: Mapping[str, Any], problem: Mapping[str, Any]) -> Fraction | None:
    """All of the problem, or the part of its points that an IOI contest gives; 0 where it is not accepted.

    None where that is not known: it is being judged, or the points are missing.
    """
    verdict = one.get("verdict")
    if verdict in _PENDING:
        return None
    if verdict == "OK":
        return Fraction(1)
    if verdict != "PARTIAL":
        return Fraction(0)
    known = one.get("points") is not None and problem.get("points")
    return part(one["points"], problem["points"]) if known else None


def _whole_of(submissions: Sequence[Mapping[str, Any]], contest: Contest) -> tuple[Listed, ...]:
    """Between which numbers a list is whole, and whose it is: newest first, one person's or one contest's.

    Where it ends short of a page nothing older was left out.
    """
    numbers = [int(one["id"]) for one in submissions]
    if not numbers or any(later <= earlier for later, earlier in pairwise(numbers)):
        return ()
    theirs = [{handle.lower() for handle in members(one["author"])} for one in submissions]
    owners = set.intersection(*theirs)
    contests = {one.get("contestId", one["problem"].get("contestId")) for one in submissions}
    if not owners and contests != {contest.number}:
        return ()
    times = [instant(one["creationTimeSeconds"]) for one in submissions]
    ends = len(numbers) % _PAGES != 0
    first, since = (0, EVER[0]) if ends else (numbers[-1], min(times))
    return tuple(Listed(owner, first, numbers[0], since, max(times)) for owner in sorted(owners) or [""])
