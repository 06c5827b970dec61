"""What is wrong with a form is told in the form, with what was typed; and whatever stops a form shows the way on."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from tests.web.conftest import PASSWORDS, SOURCE, post, token_of
from tests.web.test_api import API, KMEANS, Program
from tests.web.test_marking import LAB, graded
from web import create_app
from web.extensions import limiter

HERE = {"Origin": "http://localhost"}


def told(text: str, form: str) -> str:
    """What a form says: inside it, reached by the keyboard at once."""
    (body,) = [part for part in re.findall(r"<form.*?</form>", text, re.DOTALL) if f'id="{form}-error"' in part]
    found = re.search(
        rf'<p class="notice error" id="{form}-error" role="alert" tabindex="-1" autofocus>(.*?)</p>', body
    )
    assert found is not None
    return found[1]


def sheet(site) -> str:
    return f"/gradebook/people/{site.ids['anna']}"


@pytest.mark.parametrize(
    ("path", "form", "fields", "en", "ru"),
    [
        ("bonus", "bonus", {"points": "many", "kind": "visualiser", "reason": "a <tool>", "link": ""},
         "not a number", "не число"),
        ("theory", "theory", {"test": "61", "minimum": "1", "ticket": ""}, "from 0 to 60", "от 0 до 60"),
        ("extension", f"extension-{LAB}", {"name": LAB, "until": "2001-01-01T10:00", "reason": "<ill>"},
         "not later", "не позже"),
        ("override", f"override-{LAB}", {"name": LAB, "points": "99", "reason": "<why>"}, "from 0 to", "от 0 до"),
        (f"defence/{LAB}", f"defence-{LAB}", {"share": "2", "note": "<slow>"}, "from 0 to 1", "от 0 до 1"),
    ],
)  # fmt: skip
def test_each_form_of_a_sheet_says_what_is_wrong_and_keeps_what_was_typed(site, path, form, fields, en, ru):
    graded(site, "anna", LAB)
    for language, text in (("en", en), ("ru", ru)):
        boss = site.client("boss", language)
        answer = post(boss, f"{sheet(site)}/{path}", {"form": form, **fields}, page=sheet(site))
        assert answer.status_code == 400
        assert text in told(answer.text, form)
        assert answer.text.count("autofocus") == 1
        for name, value in fields.items():
            if name not in ("name", "kind", "link"):
                shown = value.replace("<", "&lt;").replace(">", "&gt;")
                assert f'name="{name}" value="{shown}" aria-describedby="{form}-error"' in answer.text, name
        if path == "bonus":
            assert '<option value="visualiser" selected>' in answer.text
        else:
            assert path == "theory" or re.search(r"<details open>(?:(?!</details>).)*-error", answer.text, re.DOTALL)


def test_a_form_in_a_list_answers_with_the_list(site):
    graded(site, "anna", LAB)
    tutor, page, form = site.client("tutor"), "/marking/defences?group=M1", f"defence-anna-{LAB}"
    fields = {"form": form, "back": "defences", "group": "M1", "lab": "", "share": "x", "note": "n"}
    answer = post(tutor, f"{sheet(site)}/defence/{LAB}", fields, page=page)
    assert answer.status_code == 400
    assert "not a number" in told(answer.text, form)
    assert '<option value="M1" selected>' in answer.text


def test_a_form_that_is_not_on_the_page_any_more_is_answered_at_the_top(site):
    boss = site.client("boss")
    answer = post(boss, f"{sheet(site)}/bonus/revoke", {"form": "revoke-gone", "entry": "gone"}, page=sheet(site))
    assert answer.status_code == 400
    head = answer.text.partition("<h1")[0].partition("<main")[2]
    assert 'role="alert" tabindex="-1" autofocus' in head


@pytest.mark.parametrize(("language", "text"), [("en", "open for too long"), ("ru", "открыта слишком долго")])
def test_an_expired_form_comes_again_with_what_was_typed_and_can_be_sent(site, language, text):
    boss = site.client("boss", language)
    fields = {"form": "bonus", "csrf_token": "old", "points": "7", "kind": "notes", "reason": "good", "link": ""}
    answer = boss.post(f"{sheet(site)}/bonus", data=fields, headers=HERE)
    assert answer.status_code == 400
    assert text in told(answer.text, "bonus")
    assert 'name="reason" value="good"' in answer.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)[1]
    assert boss.post(f"{sheet(site)}/bonus", data={**fields, "csrf_token": token}).status_code == 302
    upload = {"csrf_token": "old", "file": (io.BytesIO(SOURCE), "a.py")}
    answer = boss.post(f"/assignments/{KMEANS}", data=upload, headers=HERE)
    assert answer.status_code == 400
    again = "chosen again" if language == "en" else "выбрать заново"
    assert again in told(answer.text, "upload")


@pytest.mark.parametrize("head", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {}])
def test_what_another_site_has_typed_is_not_shown(site, head):
    boss = site.client("boss")
    fields = {"form": "bonus", "points": "7", "reason": "a gift"}
    answer = boss.post(f"{sheet(site)}/bonus", data=fields, headers=head)
    assert answer.status_code == 400
    assert "a gift" not in answer.text


@pytest.mark.parametrize(("language", "text"), [("en", "You were logged out"), ("ru", "Вы вышли из системы")])
def test_who_was_logged_out_in_another_tab_is_led_back_to_the_page(site, language, text):
    anna, page = site.client("anna", language), f"/assignments/{KMEANS}"
    token = token_of(anna, page)
    post(anna, "/logout", {}, page=page)
    upload = {"csrf_token": token, "file": (io.BytesIO(SOURCE), "a.py")}
    answer = anna.post(page, data=upload, headers={**HERE, "Referer": f"http://localhost{page}"})
    assert answer.status_code == 401
    assert text in told(answer.text, "log-in")
    action = re.search(r'action="(/login[^"]*)"', answer.text)[1]
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)[1]
    entered = anna.post(action, data={"csrf_token": token, "login": "anna", "password": PASSWORDS["anna"]})
    assert entered.location == page


def test_a_password_that_is_wrong_is_told_in_its_form(site):
    anna = site.client("anna")
    fields = {"form": "password", "current": "wrong", "new": "a new password", "again": "a new password"}
    answer = post(anna, "/account", fields, page="/account")
    assert answer.status_code == 400
    assert told(answer.text, "password") == "The current password is wrong."
    answer = post(site.client(), "/login", {"login": "anna", "password": "wrong"}, page="/login")
    assert answer.status_code == 401
    assert told(answer.text, "log-in") == "Login or password is wrong."
    assert re.search(r'aria-describedby="log-in-error"[^>]*value="anna"', answer.text)


def test_too_often_is_told_with_the_limit_in_the_form_and_to_programs(site, monkeypatch):
    app = create_app(replace(site.app.extensions["grader"].settings))
    app.config["WTF_CSRF_ENABLED"] = False
    monkeypatch.setattr(limiter, "enabled", True)
    anna, program = app.test_client(), Program(site)
    anna.post("/login", data={"login": "anna", "password": PASSWORDS["anna"]})
    for language, text in (("en", "at most 10 times in 1 min"), ("ru", "не больше 10 раз за 1 мин")):
        head = {"Accept-Language": language}
        for _ in range(11):
            answer = anna.post(f"/assignments/{KMEANS}", data={"file": (io.BytesIO(b"x"), "a.py")}, headers=head)
        assert answer.status_code == 429
        assert text in told(answer.text, "upload")
        assert "Retry-After" in answer.headers
        form = {"assignment": KMEANS, "file": (io.BytesIO(b"x"), "a.py")}
        answer = app.test_client().post(f"{API}/submissions", data=form, headers={**program.headers, **head})
        assert (answer.status_code, text in answer.json["detail"]) == (429, True)


def test_a_program_is_told_the_limit_of_a_file_in_its_language(site):
    program = Program(site)
    for language, text in (("en", "at most 20 MiB"), ("ru", "не больше 20 МиБ")):
        form = {"assignment": KMEANS, "file": (io.BytesIO(b"#" * 22_000_000), "a.py")}
        head = {**program.headers, "Accept-Language": language}
        answer = site.app.test_client().post(f"{API}/submissions", data=form, headers=head)
        assert (answer.status_code, text in answer.json["detail"]) == (413, True)


def test_an_error_page_tells_nothing_of_a_library_and_leads_back(site, anna):
    answer = anna.open("/standing", method="PUT", headers={"Referer": "http://localhost/account", **HERE})
    assert answer.status_code in (404, 405)
    assert 'href="/account"' in answer.text
    assert "not allowed for the requested URL" not in answer.text
    for referrer in ("https://evil.example/account", "http://localhost//evil.example", "http://localhost/logout"):
        answer = anna.get("/no/such/page", headers={"Referer": referrer})
        assert "evil" not in answer.text
        assert 'href="/logout"' not in answer.text
