"""Logging in as pages and programs do: the pauses after wrong passwords, the known browser, then the password."""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from grader.core.text import durations
from grader.store import people
from grader.store.models import User
from web.auth import devices, service
from web.auth.pauses import Try
from web.extensions import limiter
from web.metrics import FAILED_OPEN
from web.state import state

log = logging.getLogger("grader.web")


class TooSoon(TooManyRequests):
    """The password was not looked at; ``retry_after`` tells when it will be."""

    def __init__(self, seconds: int) -> None:
        super().__init__(told(seconds), retry_after=seconds)
        self.seconds = seconds


def authenticate(login: str, password: str) -> User | None:
    """The person, if login and password fit. Raises TooSoon after many wrong ones, whatever this one is."""
    if not limiter.enabled:
        return service.authenticate(state().database, login, password)
    with state().database.reading() as session:
        browser = devices.known(people.by_login(session, login))
    attempt = Try(limiter.storage, login, request.remote_addr or "", browser)
    if seconds := _counted(attempt.wait) or 0:
        raise TooSoon(seconds)
    user = service.authenticate(state().database, login, password)
    _counted(attempt.was_wrong if user is None else attempt.was_right)
    return user


def told(seconds: int) -> str:
    """In the reader's language, how long to wait and who need not."""
    en, ru = durations(seconds)
    return str(
        _(
            "There were too many wrong passwords. Try again in %(time)s. "
            "In a browser in which you have logged in before you need not wait for others.",
            time=ru if str(get_locale()) == "ru" else en,
        )
    )


def _counted(act: Callable[[], int | None]) -> int | None:
    """Where the counts cannot be asked, nobody waits: the same as for other limits."""
    try:
        return act()
    except Exception as error:
        FAILED_OPEN.inc()
        log.warning("the pauses after wrong passwords could not be asked: %s", type(error).__name__)
        return None
