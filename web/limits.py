"""How often a person may hand something in, through pages and interface, and how long that may take to be read.

The counts lie in Redis, so they hold for all processes together. Logging in has its own rules (`web.auth.pauses`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g
from limits import parse
from werkzeug.exceptions import TooManyRequests

from grader.harness import parsers
from grader.harness.bounds import DEFAULT
from web.extensions import limiter
from web.state import state

_READING = parse("60 per 10 minutes")  # seconds of a processor, for reading what a person sends


def _person() -> str:
    return f"user:{g.user.id}" if g.user is not None else "nobody"


uploads = limiter.shared_limit("10/minute", scope="uploads", key_func=_person)


@contextmanager
def reading() -> Iterator[None]:
    """Around the reading of an upload: what is refused costs no submission, but its reader's time is counted.

    Raises TooManyRequests for whoever has used that up, and NoPlace where so many uploads wait to be read that more
    would leave pages without threads.
    """
    counts, key = limiter.enabled, _person()
    if counts and not limiter.limiter.test(_READING, "reading", key):
        raise TooManyRequests(retry_after=round(_READING.get_expiry()))
    give_back = state().uploads.take()
    if give_back is None:
        raise parsers.NoPlace(DEFAULT.place_seconds)
    try:
        with parsers.allowance() as mine:
            try:
                yield
            finally:
                if counts and mine.used >= 1:
                    limiter.limiter.hit(_READING, "reading", key, cost=int(mine.used))
    finally:
        give_back()
