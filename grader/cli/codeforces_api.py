"""A client of Codeforces: signed where there is a key, patient, and never faster than one request in two seconds.

Only the command line uses it: the web makes no requests of its own to anywhere.
"""

from __future__ import annotations

import re
import secrets
import string
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from grader.core.codeforces import FailedRequest, read, result_of, signature
from grader.core.codeforces_found import EVER, EVERY_NUMBER, Found, Listed
from grader.core.course import Contest
from grader.core.errors import BadInput, OurFault

URL = "https://codeforces.com/api"
PAUSE = 2.1  # seconds between requests: one in two is allowed
TRIES = 5
_LIMIT = "Call limit exceeded"
_HANDLES = 300  # asked for at once: the address must stay short
_PAGE = 1000  # submissions of one person at once


@dataclass(frozen=True)
class Key:
    """The key and its secret; never printed."""

    key: str
    secret: str = field(repr=False)


def read_key(path: Path) -> Key:
    """A file that holds the key and the secret, each in its own line, readable for its owner alone. Raises BadInput."""
    try:
        mode, lines = path.stat().st_mode, path.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read ({type(error).__name__}).") from error
    if mode & 0o077:
        raise BadInput(f"{path} can be read by others: chmod 600 {path}")
    if len(lines) != 2:
        raise BadInput(f"{path} must hold two lines: the key, and the secret.")
    return Key(*lines)


class Api:
    """Requests to Codeforces, one after another."""

    def __init__(
        self,
        client: httpx.Client,
        url: str = URL,
        key: Key | None = None,
        *,
        pause: float = PAUSE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client, self._url, self._key = client, url.rstrip("/"), key
        self._pause, self._sleep, self._next = pause, sleep, 0.0

    def call(self, method: str, **parameters: str) -> Any:
        """A method's result. Raises BadInput with the comment of what FAILED, OurFault when nothing answers."""
        trouble = ""
        for attempt in range(TRIES):
            self._wait(attempt)
            try:
                answer = self._client.get(f"{self._url}/{method}", params=self._signed(method, parameters))
                told = answer.json()
            except httpx.HTTPError as error:  # the error's own text holds the address, and so the key
                trouble = type(error).__name__
                continue
            except ValueError:
                trouble = f"status {answer.status_code}"
                continue
            if answer.status_code >= 500 or not isinstance(told, dict) or _LIMIT in str(told.get("comment", "")):
                trouble = str(told.get("comment", "")) if isinstance(told, dict) else f"status {answer.status_code}"
                continue
            return result_of(told)
        raise OurFault(f"Codeforces does not answer ({trouble[:200]}). Nothing was changed; try again later.")

    def _wait(self, attempt: int) -> None:
        """Until the next request is allowed; longer after each failure."""
        now = time.monotonic()
        wait = max(self._next - now, self._pause * (2**attempt - 1))
        if wait > 0:
            self._sleep(wait)
        self._next = time.monotonic() + self._pause

    def _signed(self, method: str, parameters: dict[str, str]) -> dict[str, str]:
        if self._key is None:
            return parameters
        signed = {**parameters, "apiKey": self._key.key, "time": str(int(time.time()))}
        salt = "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(6))
        return {**signed, "apiSig": signature(method, signed, self._key.secret, salt)}


def fetch(api: Api, contest: Contest, handles: Sequence[str], one_by_one: Collection[str] = ()) -> Found:
    """Everything these people have solved of a contest.

    Who has no time in the standings is asked for one by one, and so are those ``one_by_one``. Handles that Codeforces
    does not know are left out, and told.
    """
    found = Found()
    for some in _batches(handles, _HANDLES):
        found |= _standings(api, contest, some)
    listed = {handle.lower(): handle for handle in (*one_by_one, *found.untimed)}
    for handle in sorted(listed.values()):
        if handle.lower() not in {unknown.lower() for unknown in found.unknown}:
            found |= _submissions(api, contest, handle)
    return replace(found, untimed=frozenset())


def _standings(api: Api, contest: Contest, handles: Sequence[str]) -> Found:
    """The rows of some people, without those whom Codeforces does not know."""
    known = list(handles)
    unknown: list[str] = []
    while known:
        try:
            answer = api.call(
                "contest.standings", contestId=str(contest.number), handles=";".join(known), showUnofficial="true"
            )
        except FailedRequest as error:
            strange = _not_known(str(error.comment), known)
            if strange is None and len(known) > 1:  # about handles, and none is named: each half tells more
                half = len(known) // 2
                parts = [_standings(api, contest, part) for part in (known[:half], known[half:])]
                return parts[0] | parts[1] | Found(unknown=frozenset(unknown))
            unknown.append(strange or known[0])
            known.remove(unknown[-1])
            continue
        asked = frozenset(handle.lower() for handle in known)
        told = replace(read(answer, contest), whole=False, unknown=frozenset(unknown))
        return replace(told, asked=frozenset() if "BEFORE" in told.phases else asked)
    return Found(unknown=frozenset(unknown))


def _not_known(comment: str, handles: Sequence[str]) -> str | None:
    """Which of these handles a refusal names. Raises BadInput where it is not about handles."""
    if not comment.lower().startswith(("handle:", "handles:")):
        raise FailedRequest(comment)
    named = re.findall(r"handle ([\w.-]+) not found", comment.lower()) or re.findall(r"[\w.-]+", comment.lower())
    return next((handle for handle in handles if handle.lower() in named), None)


def _submissions(api: Api, contest: Contest, handle: str) -> Found:
    """One person's submissions, page by page: all of them, so that what is not there is gone."""
    found, first = Found(), 1
    while True:
        try:
            answer = api.call("user.status", handle=handle, **{"from": str(first)}, count=str(_PAGE))
        except FailedRequest as error:
            _not_known(error.comment, [handle])
            return Found(unknown=frozenset([handle]))
        found |= read(answer, contest)
        if len(answer) < _PAGE:
            whole = Listed(handle.lower(), *EVERY_NUMBER, *EVER)
            return replace(found, listed=(whole,))
        first += _PAGE


def _batches(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for first in range(0, len(items), size):
        yield items[first : first + size]
