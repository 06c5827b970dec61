"""The interface for programs: tokens and scopes, uploads with receipts, results, planning, errors as problems."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from grader.core import receipts
from grader.core.report import from_json
from grader.store import tokens
from grader.store.models import ApiToken, BonusEntry, User
from tests.web.conftest import PASSWORDS, SOURCE, TESTS
from web import permissions

API = "/api/v1"
KMEANS = "clustering/kmeans"


class Program:
    """A program with somebody's token."""

    def __init__(self, site, login="anna", scopes=None, language="en"):
        self.client = site.app.test_client()
        fields = {"login": login, "password": PASSWORDS[login]}
        if scopes is not None:
            fields["scopes"] = scopes
        answer = self.client.post(f"{API}/tokens", json=fields)
        assert answer.status_code == 201, answer.text
        self.token = answer.json
        self.headers = {"Authorization": f"Bearer {answer.json['token']}", "Accept-Language": language}

    def __call__(self, method, path, **content):
        return self.client.open(API + path, method=method, headers=self.headers, **content)

    def get(self, path, **content):
        return self("GET", path, **content)

    def upload(self, content=SOURCE, assignment=KMEANS):
        return self("POST", "/submissions", data={"assignment": assignment, "file": (io.BytesIO(content), "mine.py")})


@pytest.fixture
def program(site):
    return Program(site)


def staff(site, login="boss"):
    return Program(site, login, ["read", "staff"])


def test_an_upload_and_its_report(site, program):
    answer = program.upload()
    assert answer.status_code == 201
    place = f"/submissions/{answer.json['id']}"
    waiting = program.get(place).json
    assert (waiting["state"], waiting["waiting_before"], waiting["wait_seconds"]) == ("queued", 0, None)
    site.grade(answer.json["id"], TESTS)
    shown = program.get(place).json
    assert shown["state"] == "graded"
    assert [test.name for test in from_json(shown["report"]).tests] == ["test_a", "test_b"]
    assert "hidden" not in str(shown["report"]["tests"])
    for path in (f"/submissions?assignment={KMEANS}", "/submissions"):
        assert [(s["score"], s["max_score"]) for s in program.get(path).json] == [(2, 4)]
    progress = program.get(place + "/progress").json
    assert (progress["count"], [test["name"] for test in progress["tests"]]) == (3, ["test_a", "test_b"])
    assert program.get(place + "/progress?after=2").json["tests"][0]["name"] == "test_b"
    assert program.get(place + "/file").data == SOURCE


def test_what_is_anothers_is_as_absent_as_what_never_was(site, program):
    submission = program.upload().json["id"]
    other = Program(site, "boris")
    for part in ("", "/progress", "/receipt", "/file"):
        foreign, absent = other.get(f"/submissions/{submission}{part}"), other.get(f"/submissions/none{part}")
        assert (foreign.status_code, foreign.json) == (404, absent.json)


def test_the_receipt_is_signed_and_the_same_whenever_it_is_asked_for(site, program):
    accepted = program.upload().json
    key = program.get("/receipts/key").json
    signed = receipts.from_json(accepted["receipt"])
    assert receipts.genuine(signed, key["key"])
    assert receipts.is_of(signed.receipt, SOURCE)
    assert (signed.receipt.login, signed.receipt.assignment) == ("anna", KMEANS)
    assert receipts.received_at(signed.receipt) == datetime.fromisoformat(accepted["received_at"])
    assert program.get(f"/submissions/{accepted['id']}/receipt").json == accepted["receipt"]
    assert site.app.extensions["grader"].settings.secret not in str(key)


def test_assignments_their_statement_and_their_files(site, program):
    (kmeans,) = [a for a in program.get("/assignments").json if a["name"] == KMEANS]
    assert kmeans == program.get(f"/assignments/{KMEANS}").json
    assert (kmeans["open"], kmeans["practice"], kmeans["uploads_left"], kmeans["mark"]["state"]) == (
        True, False, None, "none",
    )  # fmt: skip
    told = program.get(f"/assignments/{KMEANS}/statement").json
    assert told["required"] == ["kmeans"]
    assert told["statement"]["ru"] != told["statement"]["en"]
    with zipfile.ZipFile(io.BytesIO(program.get(f"/assignments/{KMEANS}/files.zip").data)) as archive:
        names = archive.namelist()
        contents = {name: archive.read(name) for name in names}
    assert set(names) == {
        "assignment.toml", "statement.en.md", "statement.ru.md", "starter.py", "starter.ru.py",
        "figure.py", "figures/kmeans.svg", "public/test_kmeans.py",
    }  # fmt: skip
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name}\0{len(contents[name])}\0".encode() + contents[name])
    assert digest.hexdigest() == told["public_sha256"]
    assert program.get("/assignments/no/such").status_code == 404


def test_grades_have_every_step(site, program):
    site.grade(program.upload().json["id"], TESTS)
    boss = staff(site)
    assert boss("PUT", "/people/anna/theory", json={"test": "54", "minimum": None, "ticket": None}).status_code == 204
    grades = program.get("/grades").json
    # half of 15 points: sqrt(54 * 7.5) = 20.1246...
    assert (grades["theory"], grades["practice"], grades["final"]) == (54, 7.5, 20.12)
    assert [step["symbol"] for step in grades["steps"]] == ["T", "P", "B'", r"\sqrt{T P}", "S"]
    (mark,) = [m for m in grades["marks"] if m["state"] == "counted"]
    assert (mark["share"], mark["points"], mark["max_points"], mark["factor"]) == (0.5, 7.5, 15, 1)


def test_what_if_tells_what_would_be_and_saves_nothing(site, program):
    before = program.get("/grades").json
    found = program.get(f"/what-if?test=54&item={KMEANS}=7,5&bonus=12&want=91").json
    # sqrt(54 * 7.5) + 30 * 12 / 42
    assert found["grades"]["final"] == pytest.approx(28.70, abs=0.005)
    # (91 - 60/7)^2 / 7.5 = 905.92..., over what there is; with P at most 120: (91 - 60/7)^2 / 54 = 125.83
    assert (found["plan"]["theory"]["points"], found["plan"]["theory"]["reachable"]) == (905.93, False)
    assert (found["plan"]["practice"]["points"], found["plan"]["practice"]["reachable"]) == (125.83, False)
    assert program.get("/grades").json == before
    for query, field in (
        ("item=nonsense", "item"), ("item=no/such=1", ""), ("test=61", ""), ("test=ten", ""), ("exam=40", "exam"),
        (f"item={KMEANS}=1&item={KMEANS}=2", ""), ("test=1&test=2", "test"), ("tset=1", "tset"), ("want=101", ""),
    ):  # fmt: skip
        answer = program.get(f"/what-if?{query}")
        assert answer.status_code == 400, query
        assert [error["field"].partition(".")[0] for error in answer.json.get("errors", [])] == (
            [field] if field else []
        )


def test_a_token_may_only_what_its_scopes_say(site):
    reading, submitting = Program(site, scopes=["read"]), Program(site, scopes=["submit"])
    assert reading.get("/grades").status_code == 200
    refused = reading.upload()
    assert (refused.status_code, refused.content_type) == (403, "application/problem+json")
    assert "submit" in refused.json["detail"]
    assert submitting.upload().status_code == 201
    assert submitting.get("/grades").status_code == 403
    assert submitting.get("/me").json["scopes"] == ["submit"]
    tutor = Program(site, "tutor", ["read"])
    assert tutor.get("/gradebook").status_code == 403
    asked = tutor.client.post(
        f"{API}/tokens", json={"login": "anna", "password": PASSWORDS["anna"], "scopes": ["staff"]}
    )
    assert (asked.status_code, "for staff" in asked.json["detail"]) == (400, True)


def test_every_route_of_the_interface_has_a_scope_and_a_contract(site):
    endpoints = {endpoint for endpoint in permissions.TABLE if endpoint.startswith("api.")}
    assert {e for e in endpoints if permissions.TABLE[e] != permissions.ANYONE} == set(permissions.SCOPES)
    for endpoint in endpoints:
        assert hasattr(site.app.view_functions[endpoint], "contract"), endpoint
        need, scope = permissions.TABLE[endpoint], permissions.SCOPES.get(endpoint)
        assert (need in (permissions.STAFF, permissions.INSTRUCTOR)) == (scope == "staff"), endpoint


def test_a_token_ends_when_it_is_revoked_expires_or_its_owner_is_deactivated(site, monkeypatch):
    program = Program(site)
    assert program("DELETE", "/tokens/current").status_code == 204
    assert program.get("/me").status_code == 401
    expiring = (
        site.app.test_client()
        .post(f"{API}/tokens", json={"login": "anna", "password": PASSWORDS["anna"], "days": 1})
        .json
    )
    headers = {"Authorization": f"Bearer {expiring['token']}"}
    assert site.app.test_client().get(f"{API}/me", headers=headers).status_code == 200
    monkeypatch.setattr("web.permissions.now", lambda: datetime.now(UTC) + timedelta(days=1, seconds=1))
    assert site.app.test_client().get(f"{API}/me", headers=headers).status_code == 401
    monkeypatch.undo()
    boris = Program(site, "boris")
    with site.database.writing() as session:
        session.get_one(User, site.ids["boris"]).active = False
    assert boris.get("/me").status_code == 401


def test_last_use_is_written_down_once_an_hour(site, program):
    with site.database.reading() as session:
        (token,) = session.query(ApiToken).all()
    assert token.last_used_at is None
    program.get("/me")
    program.get("/me")
    with site.database.reading() as session:
        (token,) = session.query(ApiToken).all()
    assert token.last_used_at is not None
    assert (token.last_used_at.minute, token.last_used_at.second, token.last_used_at.microsecond) == (0, 0, 0)


def test_a_last_use_that_cannot_be_written_stops_nobody(site, program, monkeypatch):
    def locked(*_):
        raise OperationalError("update", {}, Exception("database is locked"))

    monkeypatch.setattr(tokens, "note_use", locked)
    assert program.get("/grades").status_code == 200


def test_the_number_of_queries_does_not_grow(site, program):
    engine, counts = site.app.extensions["grader"].database.engine, []
    program.upload()
    for _ in range(2):
        statements: list[str] = []
        program.get("/me")  # the last use of the token is written down here
        event.listen(engine, "before_cursor_execute", lambda *a, s=statements: s.append(a[2]))
        for path in ("/submissions", f"/submissions?assignment={KMEANS}", "/assignments", "/grades"):
            assert program.get(path).status_code == 200
        counts.append(len(statements))
        for number in range(3):
            program.upload(SOURCE + b"#" * number)
    assert counts[0] == counts[1]


def test_errors_are_problems(site, program):
    client, headers = program.client, program.headers
    cases = [
        (client.get(f"{API}/grades"), 401),
        (client.get(f"{API}/grades", headers={"Authorization": "Bearer grd_wrong"}), 401),
        (client.post(f"{API}/tokens", json={"login": "anna", "password": "no"}), 401),
        (client.post(f"{API}/tokens", data="nonsense"), 400),
        (client.post(f"{API}/tokens", json={"login": "anna"}), 400),
        (client.get(f"{API}/submissions/none", headers=headers), 404),
        (client.get(f"{API}/submissions/%00", headers=headers), 404),
        (client.get(f"{API}/nowhere", headers=headers), 404),
        (client.patch(f"{API}/grades", headers=headers), 405),
        (client.post(f"{API}/submissions", data={"assignment": "no/such"}, headers=headers), 404),
        (client.post(f"{API}/submissions", data={"assignment": KMEANS}, headers=headers), 400),
        (program.upload(b"#" * 6_000_000), 400),
        (program.upload(b"#" * 22_000_000), 413),
    ]
    for answer, code in cases:
        assert answer.status_code == code
        assert answer.content_type == "application/problem+json"
        assert answer.json["status"] == code
        assert answer.json["title"]
        assert answer.json["detail"]
    refused = program.upload(b"x = 1")
    assert refused.status_code == 400
    assert "does not define kmeans" in refused.json["detail"]


def test_problems_are_told_in_the_language_that_was_asked_for_and_name_the_field(site):
    russian = Program(site, language="ru")
    refused = russian.upload(b"x = 1")
    assert refused.json["title"] == "Запрос составлен неверно"
    assert "не определены имена: kmeans" in refused.json["detail"]
    wrong = russian.client.post(
        f"{API}/tokens", json={"login": "", "scopes": ["root"], "more": 1}, headers={"Accept-Language": "ru"}
    ).json
    told = {error["field"]: error["detail"] for error in wrong["errors"]}
    assert told["login"] == "нужно символов не меньше 1"
    assert told["password"] == "не указано"
    assert told["scopes.0"].startswith("допустимые значения")
    assert told["more"] == "здесь такого поля нет"
    with site.database.writing() as session:  # what a program asks for stands above the person's own choice
        session.get_one(User, site.ids["anna"]).language = "en"
    assert russian.get("/submissions/none").json["title"] == "Такого нет"


def test_a_session_cookie_is_no_token(site, anna):
    assert anna.get(f"{API}/grades").status_code == 401


def test_staff_see_the_gradebook_and_everything_of_one_student(site):
    site.grade(Program(site).upload().json["id"], TESTS)
    boss = staff(site)
    page = boss.get("/gradebook?sort=-final").json
    assert [student["login"] for student in page["students"]] == ["anna", "boris"]
    assert (page["total"], page["pages"]) == (2, 1)
    assert [p["login"] for p in boss.get("/people?role=student").json] == ["anna", "boris"]
    assert boss.get("/people?group=none").json == []
    export = boss.get("/gradebook/export?format=csv")
    assert export.content_type == "text/csv; charset=utf-8"
    assert "anna" in export.text
    assert boss.get("/people/boss").status_code == 404
    assert boss.get("/gradebook?page=0").status_code == 400


def test_what_staff_enter_through_the_interface(site):
    boss, later = staff(site), datetime.now(UTC) + timedelta(days=90)
    puts = [
        ("/people/anna/theory", {"test": 41.5, "minimum": None, "ticket": None}),
        ("/people/anna/defences/autodiff/scalar-graph", {"share": "1/2", "note": "slowly"}),
        (f"/people/anna/extensions/{KMEANS}", {"until": later.isoformat(), "reason": "ill"}),
        (f"/people/anna/overrides/{KMEANS}", {"points": 0.1, "reason": "agreed"}),
    ]
    for path, body in puts:
        answer = boss("PUT", path, json=body)
        assert answer.status_code == 204, (path, answer.text)
    entry = boss("POST", "/people/anna/bonus", json={"points": "7/2", "reason": "notes", "kind": "notes"})
    assert (entry.status_code, entry.json["points"], entry.json["given_by"]) == (201, 3.5, "boss")
    sheet = boss.get("/people/anna").json
    items = {item["assignment"]: item for item in sheet["items"]}
    assert items["autodiff/scalar-graph"]["defence"] == {"share": 0.5, "note": "slowly"}
    assert datetime.fromisoformat(items[KMEANS]["deadline"]) == later
    assert items[KMEANS]["override"] == {"points": 0.1, "reason": "agreed"}
    assert (sheet["theory"]["test"], sheet["grades"]["practice"]) == (41.5, 0.1)
    with site.database.reading() as session:
        assert str(session.query(BonusEntry).one().points) == "7/2"
    for path, _ in puts[1:]:
        assert boss("DELETE", path).status_code == 204
        assert boss("DELETE", path).status_code == 400
    assert boss("DELETE", f"/bonus/{entry.json['id']}").status_code == 204
    assert boss.get("/people/anna").json["bonus"][0]["revoked"]
    wrong = boss("PUT", "/people/anna/theory", json={"test": 61, "minimum": "x", "ticket": None})
    assert (wrong.status_code, [error["field"] for error in wrong.json["errors"]]) == (400, ["test", "minimum"])
    local = boss("PUT", f"/people/anna/extensions/{KMEANS}", json={"until": "2027-02-14T23:59:00", "reason": "ill"})
    assert (local.status_code, local.json["errors"][0]["field"]) == (400, "until")


def test_assistants_may_mark_defences_and_nothing_else(site):
    tutor = staff(site, "tutor")
    assert tutor("PUT", "/people/anna/defences/autodiff/scalar-graph", json={}).status_code == 204
    for method, path, body in (
        ("PUT", "/people/anna/theory", {"test": 1, "minimum": None, "ticket": None}),
        ("POST", "/people/anna/bonus", {"points": 1, "reason": "x"}),
        ("PUT", f"/people/anna/overrides/{KMEANS}", {"points": 1, "reason": "x"}),
        ("PUT", f"/groups/M1/extensions/{KMEANS}", {"until": "2030-01-01T00:00:00Z", "reason": "x"}),
    ):
        assert tutor(method, path, json=body).status_code == 403


def test_tokens_on_the_account_page(site, anna):
    from tests.web.conftest import post

    page = "/account"
    answer = post(anna, "/account/tokens", {"label": "my <b> laptop", "scopes": "read", "days": "30"}, page=page)
    secret = answer.text.partition('id="secret">')[2].partition("<")[0]
    assert secret.startswith("grd_")
    assert secret not in anna.get(page).text
    assert "my &lt;b&gt; laptop" in anna.get(page).text
    with site.database.reading() as session:
        held = tokens.find(session, secret, datetime.now(UTC))
    assert held.scopes == {"read"}
    assert held.token.expires_at - held.token.created_at == timedelta(days=30)
    refused = post(anna, "/account/tokens", {"label": "", "scopes": "staff"}, page=page)
    assert refused.status_code == 400
    assert "for staff" in refused.text
    post(anna, f"/account/tokens/{held.token.id}/revoke", {}, page=page)
    with site.database.reading() as session:
        assert tokens.find(session, secret, datetime.now(UTC)) is None


def test_health(site):
    assert site.app.test_client().get("/healthz").json == {"database": True}
