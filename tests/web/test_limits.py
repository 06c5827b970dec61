"""Limits on trying: by account and by address, over pages and interface, over processes; nobody is told who exists."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from grader.store.models import User
from grader.store.people import hasher
from tests.web.conftest import PASSWORDS, SOURCE
from tests.web.test_api import API, KMEANS, Program
from web import create_app
from web.auth import service

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def limited(site, redis):
    """The site with its counts in a Redis, behind a proxy, without tokens in forms."""
    settings = replace(site.app.extensions["grader"].settings, broker=redis.url, proxies=1)
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


ELSEWHERE = """
import sys
from web import Settings, create_app
database, broker, login = sys.argv[1:]
app = create_app(Settings(database, "x" * 40, broker, insecure_http=True))
app.config["WTF_CSRF_ENABLED"] = False
form = {"login": login, "password": "wrong"}
print([app.test_client().post("/login", data=form).status_code for _ in range(9)])
"""


def by_page(app, login, password="wrong", address="10.0.0.1"):
    form = {"login": login, "password": password}
    return app.test_client().post("/login", data=form, headers={"X-Forwarded-For": address}).status_code


def by_program(app, login, password="wrong", address="10.0.0.1", content_type="application/json"):
    body = f'{{"login": "{login}", "password": "{password}"}}'
    headers = {"X-Forwarded-For": address}
    return app.test_client().post(f"{API}/tokens", data=body, content_type=content_type, headers=headers).status_code


class Clock:
    """The time by which pauses are kept: it stands still, and is moved on instead of waited for."""

    def __init__(self, monkeypatch) -> None:
        self.ahead, begun = 0.0, time.time()
        monkeypatch.setattr(time, "time", lambda: begun + self.ahead)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def open_site(site):
    """The site with its counts in memory, behind a proxy, without tokens in forms."""
    app = create_app(replace(site.app.extensions["grader"].settings, proxies=1))
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def browser(app, login="anna", address="10.9.9.9"):
    """A browser in which somebody has logged in; what it does later comes from this address."""
    client = app.test_client()
    client.environ_base["HTTP_X_FORWARDED_FOR"] = address
    assert enter(client, login, PASSWORDS[login]).status_code == 302
    return client


def enter(client, login, password, **headers):
    return client.post("/login", data={"login": login, "password": password}, headers=headers)


def test_a_thousand_wrong_passwords_do_not_keep_their_owner_out(open_site, clock):
    home = browser(open_site)
    codes = []
    for number in range(1000):
        codes.append((by_page, by_program)[number % 2](open_site, ("anna", " ANNA ")[number % 2], "wrong", "10.6.6.6"))
        clock.ahead += 0.5
    assert set(codes) == {401, 429}
    assert codes.count(401) < 20, "an attacker is not slowed down"
    assert by_page(open_site, "anna", PASSWORDS["anna"], "10.6.6.6") == 429, "the attacker's address need not wait"
    assert enter(home, "anna", PASSWORDS["anna"]).status_code == 302, "a known browser had to wait"

    elsewhere = open_site.test_client()
    first = enter(elsewhere, "anna", PASSWORDS["anna"], **{"X-Forwarded-For": "10.1.1.1"})
    assert first.status_code == 429
    assert 1 <= int(first.headers["Retry-After"]) <= 61
    clock.ahead += int(first.headers["Retry-After"])
    for _ in range(20):  # the attacker does not wait, and takes nobody's turn
        assert by_page(open_site, "anna", "wrong", "10.6.6.6") in (401, 429)
    second = enter(elsewhere, "anna", PASSWORDS["anna"], **{"X-Forwarded-For": "10.1.1.1"})
    assert second.status_code == 302, "a new browser at another address had to wait twice"


def test_wrong_passwords_from_many_addresses_are_slow_too_and_never_lock(open_site, clock):
    codes = [by_page(open_site, "anna", "wrong", f"10.6.{n // 250}.{n % 250}") for n in range(500)]
    assert codes.count(401) == 10
    assert by_program(open_site, "anna", PASSWORDS["anna"], "10.1.1.1") == 429
    clock.ahead += 61
    assert by_program(open_site, "anna", PASSWORDS["anna"], "10.1.1.1") == 201
    assert by_page(open_site, "boris", PASSWORDS["boris"], "10.1.1.2") == 302


def test_pauses_double_up_to_five_minutes_and_are_forgotten(open_site, clock):
    def wrong():
        answer = enter(open_site.test_client(), "anna", "wrong", **{"X-Forwarded-For": "10.6.6.6"})
        return int(answer.headers["Retry-After"]) if answer.status_code == 429 else 0

    assert [wrong() for _ in range(6)] == [0] * 6
    pauses = []
    for _ in range(9):
        pauses.append(wrong())
        clock.ahead += pauses[-1]
        assert wrong() == 0, "who has waited has to wait again"
    assert all(2 ** (n + 1) <= pause <= 2 ** (n + 1) + 1 for n, pause in enumerate(pauses[:8]))
    assert 300 <= pauses[8] <= 301
    clock.ahead += 3700
    assert [wrong() for _ in range(4)] == [0] * 4


def test_who_is_right_at_last_begins_anew(open_site, clock):
    for _ in range(3):
        assert [by_page(open_site, "anna") for _ in range(4)] == [401] * 4
        assert by_page(open_site, "anna", PASSWORDS["anna"]) == 302


def test_a_login_that_there_is_not_waits_like_one_that_there_is(open_site, clock):
    told = []
    for login in ("anna", "nobody"):
        answers = [enter(open_site.test_client(), login, "wrong", **{"X-Forwarded-For": "10.6.6.6"}) for _ in range(8)]
        told.append(
            [(answer.status_code, answer.headers.get("Retry-After"), without_values(answer.text)) for answer in answers]
        )
        clock.ahead += 400
    assert [code for code, _, _ in told[0]] == [401] * 6 + [429] * 2
    assert told[0] == told[1]


def test_a_known_browser_is_known_for_its_owner_alone_and_has_a_bound_of_its_own(open_site, clock):
    home = browser(open_site)
    for n in range(40):
        by_page(open_site, ("anna", "boris")[n % 2], "wrong", f"10.6.6.{n}")
    assert enter(home, "boris", PASSWORDS["boris"]).status_code == 429
    codes = [enter(home, "anna", "wrong").status_code for _ in range(12)]
    assert codes == [401] * 6 + [429] * 6
    assert enter(browser_elsewhere(open_site, home), "anna", PASSWORDS["anna"]).status_code == 429, "a stolen cookie"


def browser_elsewhere(app, client):
    """Another browser with the same cookie."""
    made = app.test_client()
    cookie = client.get_cookie("grader-browser")
    assert cookie is not None
    made.set_cookie("grader-browser", cookie.value)
    made.environ_base["HTTP_X_FORWARDED_FOR"] = "10.7.7.7"
    return made


def test_the_cookie_of_a_known_browser_opens_nothing_and_scripts_do_not_see_it(open_site):
    home = browser(open_site)
    stolen = browser_elsewhere(open_site, home)
    assert stolen.get("/").status_code == 302
    assert open_site.test_client().get("/api/v1/me").status_code == 401
    set_again = enter(open_site.test_client(), "anna", PASSWORDS["anna"]).headers.getlist("Set-Cookie")
    (told,) = [line for line in set_again if line.startswith("grader-browser=")]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(told.split("; "))
    assert "anna" not in told
    session_cookie = home.get_cookie("grader")
    assert session_cookie is not None
    liar = open_site.test_client()
    liar.set_cookie("grader-browser", session_cookie.value)  # signed with the same secret, for another end
    for _ in range(40):
        by_page(open_site, "anna", "wrong", "10.6.6.6")
        by_page(open_site, "anna", "wrong", f"10.6.7.{_}")
    assert enter(liar, "anna", PASSWORDS["anna"], **{"X-Forwarded-For": "10.1.2.3"}).status_code == 429


@pytest.mark.parametrize("ending", ["logging out", "a new password"])
def test_other_browsers_are_forgotten_when_all_sessions_end_and_the_one_that_ended_them_is_not(
    open_site, clock, ending
):
    home, lost = browser(open_site), browser(open_site, address="10.8.8.8")
    password = PASSWORDS["anna"]
    if ending == "logging out":
        home.post("/logout")
    else:
        new = "a-new-long-password"
        assert home.post("/account", data={"current": password, "new": new, "again": new}).status_code == 302
        password = new
    for n in range(40):
        by_page(open_site, "anna", "wrong", f"10.6.6.{n}")
    assert enter(lost, "anna", password).status_code == 429
    assert enter(home, "anna", password).status_code == 302


def test_how_long_to_wait_is_told_in_both_languages(open_site, clock):
    for _ in range(7):
        by_page(open_site, "anna")
    told = {
        language: open_site.test_client().post(
            "/login", data={"login": "anna", "password": "x"},
            headers={"X-Forwarded-For": "10.0.0.1", "Accept-Language": language},
        ).text
        for language in ("en", "ru")
    }  # fmt: skip
    assert "too many wrong passwords. Try again in 10 s." in told["en"]
    assert "слишком много неверных паролей. Попробуйте ещё раз через 10 с." in told["ru"]
    answer = open_site.test_client().post(
        f"{API}/tokens", json={"login": "anna", "password": "x"},
        headers={"X-Forwarded-For": "10.0.0.1", "Accept-Language": "ru"},
    )  # fmt: skip
    assert (answer.status_code, answer.content_type) == (429, "application/problem+json")
    assert "слишком много неверных паролей" in answer.json["detail"]
    assert int(answer.headers["Retry-After"]) >= 1


def test_while_one_password_is_looked_at_others_of_the_same_address_do_not_slip_through(open_site, clock):
    for _ in range(5):
        by_page(open_site, "anna")
    barrier, codes = threading.Barrier(8), []

    def one() -> None:
        barrier.wait()
        codes.append(by_page(open_site, "anna"))

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [401] + [429] * 7


def test_addresses_of_one_household_count_together(open_site, clock):
    codes = [by_page(open_site, f"nobody{n}", address=f"2001:db8:1:2::{n:x}") for n in range(1, 40)]
    assert codes[:30] == [401] * 30
    assert 429 in codes[30:]
    assert by_page(open_site, "nobody99", address="2001:db8:1:3::1") == 401


def test_processes_count_together(limited):
    settings = limited.extensions["grader"].settings
    assert [by_page(limited, "anna", address="127.0.0.1") for _ in range(3)] == [401] * 3
    command = [sys.executable, "-c", ELSEWHERE, settings.database, settings.broker, "anna"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert json.loads(said)[:3] == [401, 401, 401]
    assert 429 in json.loads(said)


def test_an_address_may_be_wrong_thirty_times_and_right_as_often_as_it_likes(limited):
    for n in range(30):
        assert (by_page, by_program)[n % 2](limited, f"nobody{n}") == 401
        if n % 10 == 0:  # a class behind one address
            assert by_page(limited, "boris", PASSWORDS["boris"]) == 302
    assert 429 in [(by_page, by_program)[n % 2](limited, f"nobody{n}") for n in range(30, 50)]
    assert by_page(limited, "nobody99", address="10.0.0.2") == 401


def test_a_person_hands_in_ten_times_a_minute_by_pages_and_programs_together(limited, site):
    first, token = limited.test_client(), Program(site).headers
    first.post("/login", data={"login": "anna", "password": PASSWORDS["anna"]})

    def by_form(n):
        page = f"/assignments/{KMEANS}"
        return first.post(page, data={"file": (io.BytesIO(SOURCE + b"#" * n), "a.py")}).status_code

    def by_token(n):
        form = {"assignment": KMEANS, "file": (io.BytesIO(SOURCE + b"#" * n), "a.py")}
        return limited.test_client().post(f"{API}/submissions", data=form, headers=token).status_code

    assert [(by_form, by_token)[n % 2](n) for n in range(10)] == [302, 201] * 5
    assert (by_form(10), by_token(11)) == (429, 429)
    boris = Program(site, "boris").headers
    form = {"assignment": KMEANS, "file": (io.BytesIO(SOURCE), "a.py")}
    assert limited.test_client().post(f"{API}/submissions", data=form, headers=boris).status_code == 201


def test_nobody_is_told_who_exists_and_a_password_is_computed_for_whoever_does_not(site, monkeypatch):
    site.app.config["WTF_CSRF_ENABLED"] = False
    with site.database.writing() as session:
        session.get_one(User, site.ids["boris"]).active = False
        session.get_one(User, site.ids["tutor"]).password_hash = ""
    computed = []

    class Counting:
        check_needs_rehash = staticmethod(hasher.check_needs_rehash)

        def verify(self, known, password):
            computed.append(known)
            return hasher.verify(known, password)

    monkeypatch.setattr(service, "hasher", Counting())
    pages, problems = set(), set()
    for login, password in (
        ("anna", "wrong"), ("nobody", "wrong"), ("boris", PASSWORDS["boris"]), ("tutor", "wrong"),
        ("boss' or '1'='1", "wrong"), ("nobody", "nobody has this password"),
    ):  # fmt: skip
        fields = {"login": login, "password": password}
        page = site.app.test_client().post("/login", data=fields)
        told = site.app.test_client().post(f"{API}/tokens", json=fields)
        pages.add((page.status_code, without_values(page.text)))
        problems.add((told.status_code, told.text))
    assert [status for status, _ in pages] == [401]
    assert [status for status, _ in problems] == [401]
    assert len(computed) == 12


def test_links_and_tokens_that_are_not_good_are_all_alike(site):
    links = [site.app.test_client().get(f"/invitation/{secret}") for secret in ("none", "x" * 43)]
    assert len({(link.status_code, without_values(link.text)) for link in links}) == 1
    headers = [{"Authorization": f"Bearer {token}"} for token in ("grd_none", "none", "grd_" + "x" * 43)]
    assert len({site.app.test_client().get(f"{API}/me", headers=one).text for one in headers}) == 1


def without_values(page):
    """A page without what was typed, and without the tokens of its forms."""
    return re.sub(r'value="[^"]*"', "", page)
