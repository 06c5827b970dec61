"""Sessions: new at log-in, dead after log-out whoever copied the cookie, bounded in time, kept over a new secret."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from itsdangerous import TimestampSigner

from grader.staff import accounts
from grader.store.models import User
from tests.web.conftest import PASSWORDS, SOURCE, Site, post, token_of
from web import create_app, sessions
from web.settings import from_environment

NAME = "grader"


def cookie(client):
    return client.get_cookie(NAME).value


def with_cookie(site, value):
    client = site.app.test_client()
    client.set_cookie(NAME, value)
    return client


def test_a_copied_cookie_is_dead_after_log_out(site, anna):
    copied = with_cookie(site, cookie(anna))
    assert copied.get("/").status_code == 200
    post(anna, "/logout", {}, page="/")
    assert copied.get("/").status_code == 302
    assert anna.get("/").status_code == 302


def test_who_looks_as_a_student_logs_out_themselves_and_not_the_student(site, anna):
    tutor = site.client("tutor")
    post(tutor, f"/viewing/begin/{site.ids['anna']}", {}, page=f"/gradebook/people/{site.ids['anna']}")
    copied = with_cookie(site, cookie(tutor))
    assert post(tutor, "/logout", {}, page="/").status_code == 302
    assert copied.get("/").status_code == 302
    assert anna.get("/").status_code == 200


def test_what_was_put_into_a_cookie_before_log_in_is_gone_after_it(site):
    client = site.app.test_client()
    with client.session_transaction() as planted:
        planted.update(user=site.ids["boris"], version=1, viewed=site.ids["boris"], planted="yes", language="ru")
    before = cookie(client)
    site.app.config["WTF_CSRF_ENABLED"] = False
    client.post("/login", data={"login": "anna", "password": PASSWORDS["anna"]})
    assert cookie(client) != before
    with client.session_transaction() as fresh:
        assert {"planted", "viewed"}.isdisjoint(fresh)
        assert (fresh["user"], fresh["language"]) == (site.ids["anna"], "ru")


def test_of_two_pages_that_open_at_once_after_log_in_both_have_forms_that_hold(site):
    """Each is asked for with the cookie of the log-in, before the other has answered."""
    begun = cookie(site.client("anna"))
    first, second = with_cookie(site, begun), with_cookie(site, begun)
    form = "/assignments/clustering/kmeans"
    tokens = [token_of(browser, form) for browser in (first, second)]
    for token in tokens:  # whose cookie came last does not matter
        file = (io.BytesIO(SOURCE + b"# " + token.encode()), "mine.py")
        assert second.post(form, data={"csrf_token": token, "file": file}).status_code == 302


@pytest.mark.parametrize("change", [{"role": "assistant"}, None], ids=["another role", "deactivation and back"])
def test_a_session_ends_with_another_role_and_does_not_come_back(site, anna, change):
    now = datetime.now(UTC)
    with site.database.writing() as session:
        user, boss = session.get_one(User, site.ids["anna"]), session.get_one(User, site.ids["boss"])
        if change is not None:
            accounts.change(session, user, change, actor=boss, now=now)
        else:
            accounts.set_active(session, user, False, actor=boss, now=now)
            accounts.set_active(session, user, True, actor=boss, now=now)
    assert anna.get("/").status_code == 302


def test_a_session_lasts_a_day_however_much_it_is_used(site, anna, monkeypatch):
    began = datetime.now(UTC)
    for after, status in ((timedelta(hours=23), 200), (timedelta(hours=24, seconds=2), 302)):
        monkeypatch.setattr("web.permissions.now", lambda after=after: began + after)
        assert anna.get("/").status_code == status


def test_a_session_that_is_not_used_for_eight_hours_ends(site, anna, monkeypatch):
    assert site.app.permanent_session_lifetime == sessions.IDLE == timedelta(hours=8)
    written = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: written(self) + 8 * 3600 + 5)
    assert anna.get("/").status_code == 302


def test_cookies_over_https_carry_their_flags_and_answers_say_that_https_is_meant(site):
    app = create_app(replace(site.app.extensions["grader"].settings, insecure_http=False))
    app.config["WTF_CSRF_ENABLED"] = False
    form = {"login": "anna", "password": PASSWORDS["anna"]}
    answer = app.test_client().post("/login", data=form, base_url="https://grader.example")
    flags = answer.headers["Set-Cookie"]
    assert flags.startswith("__Host-grader=")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in flags, flag
    assert "Domain" not in flags
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_headers_keep_pages_to_themselves(site, anna):
    answer = anna.get("/standing")
    told = {
        "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    }  # fmt: skip
    assert {name: answer.headers[name] for name in told} == told
    assert "Strict-Transport-Security" not in answer.headers  # nobody could come back to a page without TLS
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_a_new_secret_keeps_sessions_as_long_as_the_old_one_stands_below_it(site, anna, tmp_path):
    old, file = site.app.extensions["grader"].settings, tmp_path / "secret"
    environ = {"GRADER_DATABASE": old.database, "GRADER_SECRET_FILE": str(file)}
    for lines, status in (("n" * 40 + "\n" + old.secret + "\n", 200), ("n" * 40 + "\n", 302)):
        file.write_text(lines)
        app = create_app(from_environment({**environ, "GRADER_INSECURE_HTTP": "1"}))
        assert with_cookie(Site(app, site.database, site.ids), cookie(anna)).get("/").status_code == status
