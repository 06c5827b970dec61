"""`grader people invite` and `grader mail`: links of the server that runs, or of the address that was told."""

from __future__ import annotations

import fcntl
import os
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from grader.launch.services import Place, address_of, listener_for, services_of
from grader.store import mails
from grader.store.models import Invitation


@pytest.fixture(autouse=True)
def no_address(monkeypatch):
    monkeypatch.delenv("GRADER_URL", raising=False)


@pytest.fixture
def runs(place):
    """The address of a server that runs in this folder: what `grader up` leaves while it runs."""
    there = Place(place.folder)
    descriptor = os.open(there.lock, os.O_RDWR | os.O_CREAT)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    there.fill()
    with listener_for(0) as listener:
        services_of(there, sandbox="bubblewrap", listener=listener)
        yield address_of(listener)
    os.close(descriptor)


def test_links_are_those_of_the_server_that_runs(place, runs):
    links = place("people", "invite", "anna", "--json").json
    assert links["anna"].startswith(f"{runs}/invitation/")


def test_a_told_address_goes_before(place, runs, monkeypatch):
    links = place("people", "invite", "anna", "--url", "https://grader.example.org/", "--json").json
    assert links["anna"].startswith("https://grader.example.org/invitation/")
    monkeypatch.setenv("GRADER_URL", "https://other.example.org")
    assert place("people", "invite", "anna", "--json").json["anna"].startswith("https://other.example.org/invitation/")


def test_where_no_server_runs_no_address_is_guessed_and_no_link_ends_another(place):
    (place.folder / "address").write_text("http://127.0.0.1:18043\n")  # of a server that was killed
    (place.folder / "lock").touch()
    done = place("people", "invite", "anna")
    assert done.code == 2
    assert "tell --url" in done.err
    done = place("people", "invite", "anna", "--url", "grader.example.org")
    assert (done.code, "is no address" in done.err) == (2, True)
    with place.database.reading() as session:
        assert session.scalars(select(Invitation)).all() == []


def test_invitations_by_mail_and_what_was_not_delivered(place):
    assert "Mail is off" in place("people", "invite", "anna", "--mail").err
    now = datetime.now(UTC)
    with place.database.writing() as session:
        mails.note_service(session, active=True, error="", now=now)
    place("people", "set", "anna", "--email", "anna@example.org")
    told = place("people", "invite", "--all-without-password", "--mail", "--json").json
    assert (told["queued"], "boris" in told["without_address"]) == (["anna"], True)
    with place.database.writing() as session:
        (mail_id,) = mails.due(session, now.replace(year=2100), 5)
        mails.take(session, mail_id, now)
        mails.note(session, mail_id, mails.UNSURE, "SMTPServerDisconnected", now)
    (row,) = place("mail", "list", "--json").json["undelivered"]
    assert (row["login"], row["state"], row["error"]) == ("anna", "unsure", "SMTPServerDisconnected")
    assert "may have arrived" in place("mail", "list").out
    assert place("mail", "again", mail_id[:8]).code == 0
    assert place("mail", "again", mail_id[:8]).code == 2
