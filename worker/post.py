"""The post: what the sweeper does with mail, beside its rounds, so that a slow mail server delays nothing else.

A round looks for deadlines that changed or are near, and sends what is due. A mail is noted as being sent before the
server gets it, and what became of it afterwards, each in a transaction of its own.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from grader.core.course import Course
from grader.core.errors import NoCourse
from grader.core.mail_texts import Recipient, Setting, write
from grader.staff import deadline_news, invitations
from grader.store import mails
from grader.store.courses import AppliedCourse
from grader.store.engine import Database
from grader.store.models import Mail
from worker import metrics
from worker.grading import now as clock
from worker.mailer import Connection, Later, MailSettings, Refused, Unsure

log = logging.getLogger("grader.mail")

SECONDS = 5.0
LOOK_SECONDS = 60.0  # between two looks at deadlines
AT_ONCE = 50
_PAUSES = (30.0, 60.0, 120.0, 300.0, 900.0, 1800.0)  # while the server cannot be reached


class Post:
    """One round after another; nothing that fails ends it."""

    def __init__(
        self,
        database: Database,
        settings: MailSettings,
        course: AppliedCourse,
        *,
        now: Callable[[], datetime] = clock,
        connect: Callable[[MailSettings], Connection] = Connection,
    ) -> None:
        self.database, self.settings, self.course = database, settings, course
        self._now, self._connect = now, connect
        self._look_at = self._send_at = 0.0
        self._failures = 0
        self._trouble = self._said = ""

    def run(self, stopping: threading.Event) -> None:
        """Until the sweeper stops."""
        while not stopping.is_set():
            try:
                self.round()
                self._say("")
            except Exception as error:  # the database is away, or the course does not fit: said once
                self._say(f"{type(error).__name__}: {error}".partition("\n")[0])
            stopping.wait(SECONDS)

    def round(self) -> None:
        """Look at deadlines, and send what is due."""
        if time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + LOOK_SECONDS
            with self.database.writing() as session:
                mails.leave(session, self._now())
                mails.note_service(session, active=True, error=self._trouble, now=self._now())
            with suppress(NoCourse):
                self._news(self.course.current())
        if time.monotonic() >= self._send_at:
            self._send()

    def _news(self, course: Course) -> None:
        with self.database.writing() as session:
            deadline_news.note_changes(session, course, self._now())
            deadline_news.remind(session, course, timedelta(hours=self.settings.near_hours), self._now())

    def _send(self) -> None:
        """What is due, over one connection; while there is none, the pauses grow and nothing is lost."""
        with self.database.reading() as session:
            waiting = mails.due(session, self._now(), AT_ONCE)
        if not waiting:
            return
        try:
            with self._connect(self.settings) as connection:
                self._failures = 0
                for mail_id in waiting:
                    if not self._one(connection, mail_id):
                        break
        except Later as error:
            self._send_at = time.monotonic() + _PAUSES[min(self._failures, len(_PAUSES) - 1)]
            self._failures += 1
            self._note_trouble(str(error))
        else:
            self._note_trouble("")

    def _one(self, connection: Connection, mail_id: str) -> bool:
        """Send one; whether the connection is good for another."""
        with self.database.writing() as session:
            row = mails.take(session, mail_id, self._now())
            if row is None:
                return True
            written = self._written(session, row)
            if written is None:
                mails.note(session, mail_id, mails.FAILED, "out of date", self._now())
                return True
            to = row.user.name, row.user.email
        state, error = mails.SENT, ""
        try:
            connection.send(*to, *written)
        except Refused as refusal:
            state, error = mails.FAILED, str(refusal)
        except Later as trouble:
            state, error = mails.QUEUED, str(trouble)
        except Unsure as trouble:
            state, error = mails.UNSURE, str(trouble)
        with self.database.writing() as session:
            mails.note(session, mail_id, state, error, self._now())
        metrics.MAILS.labels(state).inc()
        return state in (mails.SENT, mails.FAILED)

    def _written(self, session: Session, row: Mail) -> tuple[str, str] | None:
        """Subject and text, as things are now, with an invitation's link made here; None where it is not true now."""
        course, user, now = self.course.current(), row.user, self._now()
        if not deadline_news.holds(session, course, user, row.kind, row.details, now):
            return None
        secret = ""
        if row.kind in (mails.INVITATION, mails.PASSWORD):
            _, secret = invitations.make(session, user, now=now)
        to = Recipient(user.name, user.login, user.email, user.language)
        setting = Setting(
            course.title, {item.name: item.title for item in course.items}, course.zone, self.settings.url
        )
        return write(row.kind, row.details, to, setting, secret=secret, days=invitations.LASTS.days)

    def _note_trouble(self, trouble: str) -> None:
        if trouble == self._trouble:
            return
        self._trouble = trouble
        if trouble:
            log.error("the mail server cannot be used, and will be tried again: %s", trouble)
        else:
            log.info("the mail server can be used again")
        with self.database.writing() as session:
            mails.note_service(session, active=True, error=trouble, now=self._now())

    def _say(self, trouble: str) -> None:
        if trouble and trouble != self._said:
            log.error("a round of mail failed and will be tried again: %s", trouble)
        self._said = trouble


def switch_off(database: Database) -> None:
    """Note that no mail is sent: nothing is queued from now on."""
    with database.writing() as session:
        mails.note_service(session, active=False, error="", now=clock())
