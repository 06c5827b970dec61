"""Which solutions that were imported before do not hold any more, and why.

Whichever answer tells it: a submission itself that is not accepted any more, standings that have nothing at its place,
a list or standings from which it is gone. What no answer speaks of stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from grader.core.codeforces_found import CONTESTANT, PRACTICE, Accepted, Found, Listed, by_problem
from grader.core.codeforces_standings import start_of
from grader.core.lateness import moment
from grader.store.models import CodeforcesSolution, User

Why = Literal["refused", "gone", "handle", "same"]

WHY: Mapping[Why, tuple[str, str]] = {
    "refused": ("not accepted any more", "больше не принято"),
    "gone": ("not there any more", "больше не значится"),
    "handle": ("of a handle that is not theirs any more", "по чужому или прежнему имени"),
    "same": ("known by its number now", "теперь известно по номеру"),
}


@dataclass(frozen=True)
class Withdrawal:
    """A solution that does not count any more."""

    remote_id: str
    problem: str
    at: datetime
    why: Why

    @property
    def stays(self) -> bool:
        """Whether its owner still sees it, with a share of 0."""
        return self.why in ("refused", "gone")


class Told:
    """What answers tell, ready to be asked about one student after another."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._accepted: dict[str, list[Accepted]] = {}
        for one in found.accepted:
            self._accepted.setdefault(one.handle.lower(), []).append(one)
        self._owners: dict[str, set[str]] = {}
        for one in found.accepted:
            self._owners.setdefault(one.remote_id, set()).add(one.handle.lower())
        self._denied = by_problem(found.denied)
        self._pending = {one.remote_id for one in found.pending}
        self._judged_now = {(one.handle.lower(), one.problem, moment(one.at)) for one in found.pending}
        self._parties: dict[str, list[tuple[int, str]]] = {}
        for party in found.parties:
            self._parties.setdefault(party.handle, []).append((party.start, party.party))

    def accepted(self, user: User) -> list[Accepted]:
        """All solutions of a student's handle."""
        return self._accepted.get(user.codeforces.lower(), []) if user.codeforces else []

    def news(self, user: User, kept: Collection[CodeforcesSolution]) -> dict[str, Accepted]:
        """What is accepted of a student's, by number.

        What standings tell of a submission that is known by its number is that submission. What its owner's list
        shows as not accepted is not, whatever standings say.
        """
        told = self.accepted(user)
        numbers = {(one.problem, moment(one.at)): one.remote_id for one in told if start_of(one.remote_id) is None}
        before = {
            (row.problem, moment(row.at)): row.remote_id
            for row in kept
            if start_of(row.remote_id) is None and not self._is_not_theirs(user, row)
        }
        news = {one.remote_id: one for one in told if start_of(one.remote_id) is None}
        for one in told:
            place = (one.problem, moment(one.at))
            if start_of(one.remote_id) is None or place in numbers:
                continue
            denied = self._denied.get((one.handle.lower(), one.problem), ())
            if any(no.exact and moment(no.since) == place[1] for no in denied):
                continue
            number = before.get(place, one.remote_id)
            news[number] = replace(one, remote_id=number)
        return news

    def withdrawals(
        self, user: User, kept: Collection[CodeforcesSolution], news: Mapping[str, Accepted]
    ) -> list[Withdrawal]:
        """What does not hold any more of a student's, in the order of numbers."""
        found = []
        for row in sorted(kept, key=lambda row: row.remote_id):
            why = self._why(user, row, news)
            if why is not None and (row.share or why not in ("refused", "gone")):  # those are withdrawn once
                found.append(Withdrawal(row.remote_id, row.problem, row.at, why))
        return found

    def _why(self, user: User, row: CodeforcesSolution, news: Mapping[str, Accepted]) -> Why | None:
        handle, place = row.handle or user.codeforces.lower(), (row.problem, moment(row.at))
        if row.remote_id in news:
            return None
        if self._is_not_theirs(user, row):
            return "handle"
        if row.remote_id in self._pending or (handle, *place) in self._judged_now:
            return None
        if start_of(row.remote_id) is not None and any((new.problem, moment(new.at)) == place for new in news.values()):
            return "same"
        if row.remote_id in self._found.refused or self._is_denied(row, handle):
            return "refused"
        gone = self._left_list(row, handle) or self._left_standings(row, handle)
        return "gone" if gone else None

    def _is_denied(self, row: CodeforcesSolution, handle: str) -> bool:
        """Whether an answer shows nothing accepted where this solution would be."""
        told = self._denied.get((handle, row.problem), ())
        return any(one.covers(row.remote_id, moment(row.at), row.party) for one in told)

    def _is_not_theirs(self, user: User, row: CodeforcesSolution) -> bool:
        """Whether a solution came by another handle than the student's of today."""
        own = user.codeforces.lower()
        owners = self._owners.get(row.remote_id)
        return not own or (row.handle not in ("", own)) or (owners is not None and own not in owners)

    def _left_list(self, row: CodeforcesSolution, handle: str) -> bool:
        """Whether the owner's list would show this submission, and does not.

        Without its number: whether the list shows others of this contest, and none of this problem.
        """
        if start_of(row.remote_id) is None:
            number = int(row.remote_id) if row.remote_id.isdigit() else -1
            return any(one.first <= number <= one.last for one in self._lists(handle))
        accepted = [one for one in self._accepted.get(handle, ()) if start_of(one.remote_id) is None]
        seen = {one.problem for one in accepted} | {problem for who, problem, _ in self._judged_now if who == handle}
        shown = seen or any(no.exact for (who, _), nos in self._denied.items() if who == handle for no in nos)
        covered = any(one.since <= moment(row.at) <= one.until for one in self._lists(handle))
        return bool(shown) and covered and row.problem not in seen

    def _lists(self, handle: str) -> list[Listed]:
        return [one for one in self._found.listed if one.handle in ("", handle)]

    def _left_standings(self, row: CodeforcesSolution, handle: str) -> bool:
        """Whether standings that would show this participation do not."""
        theirs = self._parties.get(handle, [])
        asked = handle in self._found.asked
        start = start_of(row.remote_id)
        if start is None:
            absent = all(party != row.party for _, party in theirs)
            return absent and (
                (asked and row.party not in ("", PRACTICE)) or (self._found.whole and row.party == CONTESTANT)
            )
        if any(begun == start for begun, _ in theirs):
            return False
        others = any(party == row.party for _, party in theirs)
        return asked or others or (self._found.whole and row.party == CONTESTANT)
