"""Sending mail over SMTP: the settings, and one connection that sends one message after another.

What goes wrong is told apart by what it means for the message: it was refused for good, it can be tried again, or
nobody knows whether it arrived. No address, login, password or text of a message is ever logged.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid, parseaddr
from pathlib import Path

from grader.core.errors import BadInput

TLS = ("starttls", "tls", "none")
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
TIMEOUT = 20.0  # seconds for each step


@dataclass(frozen=True)
class MailSettings:
    """How mail is sent; without a ``login`` the server is not asked to let us in."""

    host: str
    port: int
    tls: str
    sender: str
    url: str
    login: str = ""
    password: str = field(default="", repr=False)
    near_hours: int = 24


class Refused(Exception):
    """The server refuses this message, now and later."""


class Later(Exception):
    """The message was not taken, and may be later."""


class Unsure(Exception):
    """The message may have been taken: the connection broke after its text had gone."""


def from_environment(environ: Mapping[str, str] = os.environ) -> MailSettings | None:
    """The settings that GRADER_MAIL_* tell; None where GRADER_MAIL_HOST is not set. Raises BadInput."""
    host = environ.get("GRADER_MAIL_HOST", "").strip()
    if not host:
        return None
    tls = environ.get("GRADER_MAIL_TLS") or "starttls"
    if tls not in TLS:
        raise BadInput(f"GRADER_MAIL_TLS must be one of {', '.join(TLS)}, not {tls[:40]!r}.")
    sender, url = environ.get("GRADER_MAIL_FROM", "").strip(), environ.get("GRADER_URL", "").strip().rstrip("/")
    if "@" not in parseaddr(sender)[1]:
        raise BadInput("GRADER_MAIL_FROM must be an address, such as Course <course@example.org>.")
    if not url.startswith(("http://", "https://")):
        raise BadInput("GRADER_URL must be the web's address: mails hold links.")
    login, password = environ.get("GRADER_MAIL_LOGIN", "").strip(), _password(environ)
    if bool(login) != bool(password):
        raise BadInput("GRADER_MAIL_LOGIN and GRADER_MAIL_PASSWORD_FILE go together.")
    if login and tls == "none" and host not in ("localhost", "127.0.0.1", "::1"):
        raise BadInput("GRADER_MAIL_TLS=none would send the password as clear text over the network.")
    port = _number(environ, "GRADER_MAIL_PORT", _PORTS[tls], 65_535)
    near = _number(environ, "GRADER_MAIL_NEAR_HOURS", 24, 24 * 14)
    return MailSettings(host, port, tls, sender, url, login, password, near)


def _password(environ: Mapping[str, str]) -> str:
    """From a file, or from the environment."""
    path = environ.get("GRADER_MAIL_PASSWORD_FILE")
    if not path:
        return environ.get("GRADER_MAIL_PASSWORD", "")
    try:
        return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not text"
        raise BadInput(f"GRADER_MAIL_PASSWORD_FILE: {path} cannot be read ({reason}).") from error


def _number(environ: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isdigit() or not 1 <= int(text) <= most:
        raise BadInput(f"{name} must be a whole number from 1 to {most}, not {text[:40]!r}.")
    return int(text)


def forget(environ: dict[str, str] | os._Environ[str] = os.environ) -> None:
    """Take the password out of the environment."""
    environ.pop("GRADER_MAIL_PASSWORD", None)


class Connection:
    """A connection to the mail server, as a context. Raises Later where it cannot be had."""

    def __init__(self, settings: MailSettings, *, context: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._context = context or ssl.create_default_context()
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Connection:
        try:
            self._smtp = self._open()
        except (smtplib.SMTPException, OSError) as error:
            raise Later(_told(error)) from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._smtp.close()

    def _open(self) -> smtplib.SMTP:
        known = self._settings
        if known.tls == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(known.host, known.port, timeout=TIMEOUT, context=self._context)
        else:
            smtp = smtplib.SMTP(known.host, known.port, timeout=TIMEOUT)
        try:
            if known.tls == "starttls":
                smtp.starttls(context=self._context)
            if known.login:
                smtp.login(known.login, known.password)
            smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def send(self, name: str, address: str, subject: str, text: str) -> None:
        """One message. Raises Refused, Later or Unsure.

        The steps are taken one by one: only after the text has gone is it unknown whether a message was taken.
        """
        if self._smtp is None:
            raise Later("not connected")
        try:
            content = _message(self._settings.sender, name, address, subject, text).as_bytes(policy=policy.SMTP)
        except (UnicodeError, ValueError) as error:
            raise Refused("the address cannot be used") from error
        try:
            self._step(self._smtp.mail(parseaddr(self._settings.sender)[1]))
            self._step(self._smtp.rcpt(address))
        except (Refused, Later):
            self._reset()
            raise
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            raise Later(_told(error)) from error
        try:
            code, _ = self._smtp.data(content)
        except smtplib.SMTPDataError as error:  # it did not want the text at all
            self._reset()
            raise (Refused if error.smtp_code >= 500 else Later)(_told(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unsure(_told(error)) from error
        self._step((code, b""))

    def _step(self, answer: tuple[int, bytes]) -> None:
        code = answer[0]
        if code >= 500:
            raise Refused(f"refused ({code})")
        if code >= 400 or code < 200:
            raise Later(f"put off ({code})")

    def _reset(self) -> None:
        """Ready for another message; a connection that is gone is noticed by the next one."""
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            return


def _message(sender: str, name: str, address: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = formataddr((" ".join(name.split()), address))
    message["Subject"] = " ".join(subject.split())
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _told(error: BaseException) -> str:
    """What went wrong, without what the server said: that may hold addresses."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__} ({code})" if code else type(error).__name__
