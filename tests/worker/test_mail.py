"""Mail through a real server on this machine: what arrives, what is tried again, and what is never sent twice."""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
import subprocess
import threading
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from sqlalchemy import select

from grader.core.errors import BadInput
from grader.staff import accounts, extensions, invitations, mailing
from grader.store import mails, people, roles
from grader.store.engine import Database
from grader.store.migrations import upgrade
from grader.store.models import Mail
from tests.services import LOGINS, as_login, fresh_postgres
from tests.staff.conftest import COURSE, DUE, NOW, TASK, term  # noqa: F401 - a fixture
from worker import post
from worker.mailer import Connection, Later, MailSettings, from_environment

PASSWORD = "the-mail-password"


class Box:
    """What a mail server has taken; ``answers`` are said to the next recipients or texts."""

    def __init__(self) -> None:
        self.mails: list = []
        self.recipients: list[str] = []
        self.answers: list[str] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answers and not self.answers[0].startswith("text "):
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answers:
            answer = self.answers.pop(0).removeprefix("text ")
            if answer == "break":  # taken, and the connection breaks before that is said
                self._take(envelope)
                server.transport.abort()
                return "421 gone"
            return answer
        self._take(envelope)
        return "250 OK"

    def _take(self, envelope):
        self.recipients += envelope.rcpt_tos
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))

    def text(self, number=-1):
        return self.mails[number].get_content()


@pytest.fixture
def database(sqlite):
    return sqlite


@pytest.fixture
def box():
    return Box()


@contextmanager
def served(box, *, tls=None, **how):
    """An SMTP server in a thread; its port."""
    loop = asyncio.new_event_loop()
    made = loop.run_until_complete(
        loop.create_server(lambda: SMTP(box, hostname="localhost", loop=loop, **how), "127.0.0.1", 0, ssl=tls)
    )
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield made.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        made.close()
        loop.close()


@pytest.fixture
def port(box):
    with served(box) as port:
        yield port


class Clock:
    """A time that tests move on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class ChangingCourse:
    """A course that tests change, as one that is applied would."""

    def __init__(self, course) -> None:
        self.course = course

    def current(self):
        return self.course


class Office:
    """The sweeper's post on a term, with its clock and course."""

    def __init__(self, term, port) -> None:  # noqa: F811
        self.term, self.clock, self.course = term, Clock(), ChangingCourse(COURSE)
        self.settings = MailSettings("127.0.0.1", port, "none", "Course <course@example.org>", "https://grader.test")
        self.again()
        with term.database.writing() as session:
            for login in ("anna", "boris"):
                user = accounts.found(session, login)
                user.email, user.language = f"{login}@example.org", "ru" if login == "boris" else "en"
        self.round()

    def again(self, connect=Connection) -> None:
        """Another process, which knows nothing of the one before."""
        self.post = post.Post(self.term.database, self.settings, self.course, now=self.clock, connect=connect)

    def round(self, later=timedelta(0)) -> None:
        self.clock.now += later
        self.post._look_at = self.post._send_at = 0.0
        self.post.round()

    def invite(self, *logins):
        with self.term.database.writing() as session:
            users = [accounts.found(session, login) for login in logins]
            return mailing.invite(session, users, actor=self.term.users["boss"], now=self.clock.now)

    def rows(self):
        with self.term.database.reading() as session:
            return [(row.kind, row.state, row.error) for row in session.scalars(select(Mail).order_by(Mail.created_at))]


@pytest.fixture
def office(term, port):  # noqa: F811
    return Office(term, port)


def test_an_invitation_arrives_once_with_a_link_that_is_good(office, box):
    without = office.invite("anna", "boris", "clara")
    assert [user.login for user in without] == ["clara"]
    office.invite("anna")  # pressed twice
    for _ in range(3):
        office.round()
    assert sorted(box.recipients) == ["anna@example.org", "boris@example.org"]
    english = next(text for text in map(box.text, (0, 1)) if "Hello Anna" in text)
    russian = next(text for text in map(box.text, (0, 1)) if "Здравствуйте, Boris" in text)
    secrets = [re.search(r"https://grader.test/invitation/(\S+)", text).group(1) for text in (english, russian)]
    with office.term.database.reading() as session:
        assert [invitations.find(session, secret, office.clock.now).login for secret in secrets] == ["anna", "boris"]
        kept = str([(row.details, row.error) for row in session.scalars(select(Mail))])
    assert not any(secret in kept for secret in secrets)


def test_whoever_has_a_password_gets_a_link_for_a_new_one_in_both_languages_if_none_is_known(office, box):
    with office.term.database.writing() as session:
        anna = accounts.found(session, "anna")
        anna.password_hash, anna.language = "x", ""
    office.invite("anna")
    office.round()
    assert office.rows() == [("password", "sent", "")]
    assert "a new password" in box.mails[0]["subject"]
    assert "новый пароль" in box.mails[0]["subject"]
    assert len(set(re.findall(r"/invitation/(\S+)", box.text()))) == 1


def test_while_mail_is_off_nothing_is_queued(office):
    post.switch_off(office.term.database)
    with pytest.raises(BadInput, match="Mail is off"):
        office.invite("anna")
    assert office.rows() == []


def test_a_server_that_is_away_loses_nothing_and_staff_see_it(office, box, port, caplog):
    office.invite("anna")
    office.settings = replace(office.settings, port=9)
    office.again()
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            office.round()
    assert caplog.text.count("will be tried again") == 1
    assert "anna" not in caplog.text
    assert office.rows() == [("invitation", "queued", "")]
    with office.term.database.reading() as session:
        assert mails.service(session, office.clock.now).error == "ConnectionRefusedError"
    office.settings = replace(office.settings, port=port)
    office.again()
    office.round()
    assert box.recipients == ["anna@example.org"]


def test_what_is_put_off_is_tried_again_with_growing_pauses(office, box):
    office.invite("anna")
    box.answers = ["451 not now", "text 452 full"]
    office.round()
    assert office.rows() == [("invitation", "queued", "put off (451)")]
    office.round(timedelta(seconds=59))
    assert len(box.answers) == 1
    office.round(timedelta(seconds=1))
    assert box.answers == []
    office.round(timedelta(seconds=119))
    assert box.recipients == []
    office.round(timedelta(seconds=1))
    assert box.recipients == ["anna@example.org"]
    assert mails.pause(30) == timedelta(hours=12)


def test_what_is_refused_is_not_tried_again_until_staff_say_so_and_others_are_sent(office, box):
    office.invite("anna", "boris")
    box.answers = ["550 no such user"]
    office.round()
    office.round(timedelta(days=1))
    assert sorted(state for _, state, _ in office.rows()) == ["failed", "sent"]
    with office.term.database.writing() as session:
        (lost,) = mails.undelivered(session)
        assert lost.error == "refused (550)"
        mailing.again(session, lost.id, actor=office.term.users["boss"], now=office.clock.now)
    office.round()
    assert sorted(box.recipients) == ["anna@example.org", "boris@example.org"]


@pytest.mark.parametrize("how", ["the connection breaks", "the process is killed"])
def test_what_may_have_arrived_is_never_sent_again_by_itself(office, box, how):
    office.invite("anna")
    if how == "the connection breaks":
        box.answers = ["text break"]
        office.round()
    else:

        class Killed(Connection):
            def send(self, *message):
                super().send(*message)
                raise KeyboardInterrupt

        office.again(connect=Killed)
        with pytest.raises(KeyboardInterrupt):
            office.round()
    office.again()
    office.round(timedelta(hours=1))
    office.round(timedelta(hours=1))
    assert box.recipients == ["anna@example.org"]
    assert [(kind, state) for kind, state, _ in office.rows()] == [("invitation", "unsure")]


def test_a_changed_deadline_is_told_once_to_whom_it_concerns(office, box):
    items = tuple(replace(item, deadline=DUE + timedelta(days=7)) for item in COURSE.items)
    with office.term.database.writing() as session:
        whom = extensions.Whom(accounts.found(session, "anna"))
        extensions.extend(
            session, whom, COURSE.item(TASK), DUE + timedelta(days=7), "ill", actor=office.term.users["boss"], now=NOW
        )
    for _ in range(2):
        office.round()
    assert box.recipients == ["anna@example.org"]
    assert "ill" not in box.text().replace("will", "")
    assert (
        "- A title: Thu 2027-02-18 15:00 (Europe/Moscow) (before: Thu 2027-02-11 15:00 (Europe/Moscow))" in box.text()
    )
    office.course.course = replace(COURSE, items=items)
    for _ in range(2):
        office.round()
    assert sorted(box.recipients) == ["anna@example.org", "anna@example.org", "boris@example.org"]
    russian = next(text for text in map(box.text, (1, 2)) if "Boris" in text)
    assert russian.count("- Название: чт 18.02.2027 15:00 (Europe/Moscow) (было: чт 11.02.2027 15:00") == 2


def test_a_near_deadline_is_told_once_to_those_who_want_it_and_are_not_done(office, box):
    with office.term.database.writing() as session:
        accounts.found(session, "boris").reminders = False
    office.round(DUE - NOW - timedelta(hours=25))
    assert box.recipients == []
    for _ in range(3):
        office.round(timedelta(hours=2))
    assert box.recipients == ["anna@example.org"]
    assert box.text().count("- A title") == 2
    assert "https://grader.test/account" in box.text()


def test_a_reminder_that_waited_past_the_deadline_is_not_sent(office, box):
    box.answers = ["451 later"]
    office.round(DUE - NOW - timedelta(minutes=1))
    office.round(timedelta(hours=5))
    office.round(timedelta(hours=5))
    assert "anna@example.org" not in box.recipients or len(box.recipients) == 1
    assert ("reminder", "failed", "out of date") in office.rows()


def test_a_regrade_tells_those_whose_score_changed(office, box):
    submission = office.term.upload("anna", TASK)
    with office.term.database.writing() as session:
        regrade = mailing.Regrade(
            id="r1", assignment=TASK, which="all", reason="private", started_by="x", created_at=NOW, state="applied"
        )
        for _ in range(2):
            mailing.tell_of_regrade(session, regrade, [submission], "regrade.applied", now=NOW)
        assert mailing.tell_of_regrade(session, regrade, [], "regrade.applied", now=NOW) == 0
    office.round()
    assert box.recipients == ["anna@example.org"]
    assert "graded again: A title" in box.mails[0]["subject"]
    assert "private" not in box.text()


@pytest.mark.postgres
def test_the_sweepers_own_login_may_do_all_of_it(postgres_server, box, port):
    url = fresh_postgres(postgres_server)
    with closing(Database(url)) as owner, closing(Database(as_login(url, "sweeper"))) as database:
        upgrade(owner.engine)
        roles.prepare(owner.engine, LOGINS)
        with owner.writing() as session:
            anna = people.add_user(session, "anna", "Anna", password=None, now=NOW)
            anna.email = "anna@example.org"
            mails.note_service(session, active=True, error="", now=NOW)
            mailing.invite(session, [anna], actor=anna, now=NOW)
        settings = MailSettings("127.0.0.1", port, "none", "course@example.org", "https://grader.test")
        made = post.Post(database, settings, ChangingCourse(COURSE), now=lambda: DUE - timedelta(hours=1))
        made.round()
        made._look_at = 0.0
        made.round()
        post.switch_off(database)
    assert box.recipients == ["anna@example.org"] * 2  # the invitation, and a reminder


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    key, crt = folder / "key.pem", folder / "crt.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", crt, "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, crt


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_log_in_goes_over_tls_and_a_strange_certificate_is_refused(box, certificate, tls):
    key, crt = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(crt, key)

    def check(server, session, envelope, mechanism, data):
        good = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
        return AuthResult(success=good, handled=False)

    how = {"tls": context} if tls == "tls" else {"tls_context": context, "require_starttls": True}
    how |= {"authenticator": check, "auth_required": True, "auth_require_tls": tls == "starttls"}
    with served(box, **how) as port:
        known = MailSettings("127.0.0.1", port, tls, "course@example.org", "https://grader.test", "course", PASSWORD)
        with pytest.raises(Later, match="SSLCertVerificationError"), Connection(known):
            pass
        ours = ssl.create_default_context(cafile=str(crt))
        with Connection(known, context=ours) as connection:
            connection.send("Анна", "anna@example.org", "Тема", "Привет")
        wrong = replace(known, password="wrong")
        with pytest.raises(Later, match=r"SMTPAuthenticationError \(535\)"), Connection(wrong, context=ours):
            pass
        assert PASSWORD not in repr(known)
    assert (box.mails[0]["subject"], box.text().strip()) == ("Тема", "Привет")


GOOD = {
    "GRADER_MAIL_HOST": "mail.example.org",
    "GRADER_MAIL_FROM": "a@example.org",
    "GRADER_URL": "https://grader.test/",
}


def test_settings(tmp_path):
    assert from_environment({}) is None
    found = from_environment(GOOD)
    assert (found.port, found.tls, found.url, found.near_hours) == (587, "starttls", "https://grader.test", 24)
    secret = tmp_path / "password"
    secret.write_text(PASSWORD + "\n")
    found = from_environment(GOOD | {"GRADER_MAIL_LOGIN": "a", "GRADER_MAIL_PASSWORD_FILE": str(secret)})
    assert found.password == PASSWORD
    for wrong, said in (
        ({"GRADER_MAIL_TLS": "maybe"}, "GRADER_MAIL_TLS"),
        ({"GRADER_MAIL_PORT": "0"}, "GRADER_MAIL_PORT"),
        ({"GRADER_MAIL_FROM": "nobody"}, "GRADER_MAIL_FROM"),
        ({"GRADER_URL": ""}, "GRADER_URL"),
        ({"GRADER_MAIL_LOGIN": "a"}, "go together"),
        ({"GRADER_MAIL_LOGIN": "a", "GRADER_MAIL_PASSWORD": "b", "GRADER_MAIL_TLS": "none"}, "clear text"),
        ({"GRADER_MAIL_LOGIN": "a", "GRADER_MAIL_PASSWORD_FILE": str(tmp_path / "no")}, "cannot be read"),
    ):
        with pytest.raises(BadInput, match=said):
            from_environment(GOOD | wrong)
