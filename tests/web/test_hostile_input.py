"""What nobody may set, reach or lead to by what they send: other fields, other files, other sites, other heads."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from grader.store.models import BonusEntry, Submission, SubmissionAuthor, User
from tests.web.conftest import PASSWORDS, SOURCE, post
from tests.web.payloads import EVERY, HEAD
from tests.web.test_api import API, KMEANS, Program
from web.extensions import limiter

PAGE = f"/assignments/{KMEANS}"
MORE = {
    "user_id": "boris", "id": "mine", "received_at": "2020-01-01T00:00:00Z", "score": "100", "result_id": "x",
    "practice": "0", "costs": "0", "seed": "0", "role": "instructor", "active": "1", "session_version": "1",
}  # fmt: skip


def test_more_fields_of_an_upload_are_ignored_by_the_page_and_refused_by_the_interface(site, anna):
    before = datetime.now(UTC) - timedelta(seconds=1)
    more = {**MORE, "user_id": site.ids["boris"]}
    assert post(anna, PAGE, {**more, "file": (io.BytesIO(SOURCE), "a.py")}, page=PAGE).status_code == 302
    form = {**more, "assignment": KMEANS, "file": (io.BytesIO(SOURCE), "a.py")}
    assert Program(site)("POST", "/submissions", data=form).status_code == 400
    with site.database.reading() as session:
        made, author = session.query(Submission).one(), session.query(SubmissionAuthor).one()
    assert (made.user_id, author.user_id) == (site.ids["anna"], site.ids["anna"])
    assert made.received_at > before
    assert made.result_id is None
    assert (made.id, made.seed) not in {("mine", "0")}


def test_nobody_makes_themselves_more_than_they_are(site, anna):
    fields = {**MORE, "current": PASSWORDS["anna"], "new": "another-password", "again": "another-password"}
    assert post(anna, "/account", fields, page="/account").status_code == 302
    post(anna, "/language", {**MORE, "language": "ru"}, page="/")
    body = {"login": "anna", "password": "another-password", "scopes": ["read"]}
    for field in ("role", "user_id", "id"):
        assert site.app.test_client().post(f"{API}/tokens", json={**body, field: "x"}).status_code == 400, field
    with site.database.reading() as session:
        assert session.get_one(User, site.ids["anna"]).role == "student"


def test_more_fields_of_what_staff_enter_are_refused(site):
    boss = Program(site, "boss", ["read", "staff"])
    body = {"points": 1, "reason": "notes", "kind": "notes"}
    for field, value in {**MORE, "given_by": site.ids["tutor"], "created_at": "2020-01-01T00:00:00Z"}.items():
        assert boss("POST", "/people/anna/bonus", json={**body, field: value}).status_code == 400, field
    with site.database.reading() as session:
        assert session.query(BonusEntry).count() == 0


def test_a_bonus_links_into_the_web_or_nowhere(site):
    boss = Program(site, "boss", ["read", "staff"])
    for link in ("javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x", "//evil.example", "file:/x"):
        body = {"points": 1, "reason": "notes", "kind": "notes", "link": link}
        assert boss("POST", "/people/anna/bonus", json=body).status_code == 400, link


def test_a_file_of_whatever_name_comes_back_as_a_file_and_nothing_else(site, anna, monkeypatch):
    monkeypatch.setattr(limiter, "enabled", False)
    site.app.config["WTF_CSRF_ENABLED"] = False
    taken = 0
    for number, name in enumerate(EVERY):
        source = SOURCE + b"# %d" % number  # the same bytes would be the same upload
        sent = anna.post(PAGE, data={"file": (io.BytesIO(source), name + ".py")})
        if sent.status_code == 400:
            assert 'id="upload-error"' in sent.text, name  # refused, in words
            continue
        location = sent.location
        taken += 1
        assert anna.get(location).status_code == 200, name
        with site.database.reading() as session:
            entry = session.get_one(Submission, location.rpartition("/")[2]).entry
        for path, kind in (
            (f"{location}/receipt.json", "application/json"),
            (f"{location}/source/{quote(entry)}", "text/plain"),
        ):
            answer = anna.get(path)
            assert (answer.status_code, answer.content_type.partition(";")[0]) == (200, kind), path
            assert answer.headers["Content-Disposition"].startswith("attachment; filename="), path
            assert "stolen" not in answer.headers.get("Set-Cookie", "")
    assert taken


def test_no_path_leads_out(site, anna):
    location, boss = site.upload(anna).location, site.client("boss")
    for up in ("..", "%2e%2e", "..%2f..", "....//", "%252e%252e", "..\\..", "/etc"):
        for path in (
            f"/static/{up}/settings.py", f"/static/{up}/{up}/etc/passwd", f"{location}/source/{up}/mine.py",
            f"{location}/source/{up}/{up}/etc/passwd", f"/download/starter/{up}/kmeans",
            f"/download/public/clustering/{up}/kmeans", f"/assignments/{up}/kmeans", f"/statistics/{up}/kmeans",
            f"/gradebook/export/{up}", f"{API}/assignments/{up}/kmeans/files.zip",
        ):  # fmt: skip
            answer = boss.get(path)
            assert answer.status_code in (308, 400, 401, 404), (path, answer.status_code)
            assert b"root:" not in answer.data
            assert b"GRADER_" not in answer.data


AWAY = (
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:x",
    "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "//[x", "http:evil.example",
    "/\r\nSet-Cookie: a=b", "/%0d%0aSet-Cookie:a=b", "////evil.example", "/.//evil.example", "/\x00/evil.example",
    *HEAD,
)  # fmt: skip


def test_log_in_and_language_lead_to_this_site_alone(site, anna):
    site.app.config["WTF_CSRF_ENABLED"] = False
    form = {"login": "boris", "password": PASSWORDS["boris"]}
    for number, target in enumerate(AWAY):
        answers = [anna.post("/language", data={"language": "ru", "back": target})]
        if number % 4 == 0:  # the same function, and log-ins are few a minute
            answers.append(site.app.test_client().post("/login", query_string={"next": target}, data=form))
        for answer in answers:
            place = answer.headers.get("Location", "")
            assert answer.status_code == 302, (target, answer.status_code)
            assert place.startswith("/"), place
            assert not place.startswith(("//", "/\\")), place
            assert not any(c in place for c in "\r\n\t\x00")
            assert "a=b" not in str(answer.headers.getlist("Set-Cookie"))
