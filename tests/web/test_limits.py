"""Limits on trying: by account and by address, over pages and interface, over processes; nobody is told who exists."""

from __future__ import annotations

import io
import re
import subprocess
import sys
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
from pathlib import Path
from web import Settings, create_app
database, course, broker, login = sys.argv[1:]
app = create_app(Settings(database, "x" * 40, Path(course), broker, insecure_http=True))
app.config["WTF_CSRF_ENABLED"] = False
form = {"login": login, "password": "wrong"}
print([app.test_client().post("/login", data=form).status_code for _ in range(6)])
"""


def by_page(app, login, password="wrong", address="10.0.0.1"):
    form = {"login": login, "password": password}
    return app.test_client().post("/login", data=form, headers={"X-Forwarded-For": address}).status_code


def by_program(app, login, password="wrong", address="10.0.0.1", content_type="application/json"):
    body = f'{{"login": "{login}", "password": "{password}"}}'
    headers = {"X-Forwarded-For": address}
    return app.test_client().post(f"{API}/tokens", data=body, content_type=content_type, headers=headers).status_code


def test_an_account_is_tried_eight_times_a_minute_wherever_and_from_wherever(limited):
    ways = [
        lambda n: by_page(limited, "anna", address=f"10.0.0.{n}"),
        lambda n: by_program(limited, " ANNA ", address=f"10.0.0.{n}"),
        lambda n: by_program(limited, "anna", address=f"10.0.0.{n}", content_type="text/plain"),
    ]
    assert [ways[n % 3](n) for n in range(8)] == [401] * 8
    assert [way(9) for way in ways] == [429] * 3
    assert by_page(limited, "anna", PASSWORDS["anna"], "10.0.0.99") == 429
    assert by_page(limited, "boris", PASSWORDS["boris"]) == 302


def test_processes_count_together(limited):
    settings = limited.extensions["grader"].settings
    assert [by_page(limited, "anna") for _ in range(5)] == [401] * 5
    command = [sys.executable, "-c", ELSEWHERE, settings.database, str(settings.course), settings.broker, "anna"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[401, 401, 401, 429, 429, 429]"


def test_an_address_may_be_wrong_thirty_times_a_minute_and_right_as_often_as_it_likes(limited):
    for n in range(30):
        assert (by_page, by_program)[n % 2](limited, f"nobody{n}") == 401
        if n % 10 == 0:  # a class behind one address
            assert by_page(limited, "boris", PASSWORDS["boris"]) == 302
    assert by_page(limited, "nobody99") == by_program(limited, "nobody99") == 429
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
