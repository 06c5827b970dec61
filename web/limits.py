"""How often something may be tried: log-in by account and by address, uploads by person, through pages and interface.

The counts lie in Redis, so they hold for all processes together. Only wrong passwords count against an address: a
whole class may log in from behind one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Response, g, request
from limits import parse
from werkzeug.exceptions import TooManyRequests

from grader.harness import parsers
from grader.harness.bounds import DEFAULT
from web.extensions import limiter
from web.state import state

_READING = parse("60 per 10 minutes")  # seconds of a processor, for reading what a person sends


def _account() -> str:
    typed = _login_in_json() if request.path.startswith("/api/") else request.form.get("login", "")
    return "login:" + typed[:120].strip().lower()


def _login_in_json() -> str:
    """As the view will read it: whatever kind of content the request says that it has."""
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        return ""
    return str(body.get("login", "")) if isinstance(body, dict) else ""


def _person() -> str:
    return f"user:{g.user.id}" if g.user is not None else "nobody"


def _was_wrong(response: Response) -> bool:
    return response.status_code == 401


log_in_by_account = limiter.shared_limit("8/minute", scope="log-in", key_func=_account, methods=["POST"])
log_in_by_address = limiter.shared_limit("30/minute", scope="wrong-log-in", methods=["POST"], deduct_when=_was_wrong)
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
