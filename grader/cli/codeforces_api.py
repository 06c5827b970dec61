"""A client of Codeforces: signed where there is a key, patient, and never faster than one request in two seconds.

Only the command line uses it: the web makes no requests of its own to anywhere.
"""

from __future__ import annotations

import secrets
import string
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from grader.core.codeforces import Found, read, result_of, signature
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


def fetch(api: Api, contest: Contest, handles: Sequence[str]) -> Found:
    """Everything these people have solved of a contest; who has no time in the standings is asked for one by one."""
    found = Found()
    for some in _batches(handles, _HANDLES):
        answer = api.call(
            "contest.standings", contestId=str(contest.number), handles=";".join(some), showUnofficial="true"
        )
        found |= read(answer, contest)
    for handle in sorted(found.untimed):
        found |= _submissions(api, contest, handle)
    return Found(found.accepted, found.refused)


def _submissions(api: Api, contest: Contest, handle: str) -> Found:
    """One person's submissions, page by page."""
    found, first = Found(), 1
    while True:
        answer = api.call("user.status", handle=handle, **{"from": str(first)}, count=str(_PAGE))
        found |= read(answer, contest)
        if len(answer) < _PAGE:
            return found
        first += _PAGE


def _batches(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for first in range(0, len(items), size):
        yield items[first : first + size]
