"""The pages of students and staff: what they show, what they refuse, what they never tell."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from sqlalchemy import event

from grader.core.assignment import assignments_folder, load_all
from grader.core.report import TestResult
from grader.core.verdicts import Verdict
from grader.store.models import Job, Submission
from tests.in_force import put_in_force
from tests.web.conftest import PASSWORDS, TESTS, post, token_of
from web import permissions

WEB = Path(__file__).resolve().parents[2] / "web"


def test_every_route_has_a_row_and_every_row_a_route(site):
    endpoints = {rule.endpoint for rule in site.app.url_map.iter_rules()}
    assert endpoints == set(permissions.TABLE)


def test_log_in_tells_nothing_and_begins_a_new_session(site):
    client = site.client()
    texts = [
        post(client, "/login", {"login": login, "password": "wrong"}, page="/login").text
        for login in ("anna", "nobody")
    ]
    assert re.sub(r'value="[^"]*"', "", texts[0]) == re.sub(r'value="[^"]*"', "", texts[1])
    answer = post(
        client, "/login?next=//evil.example/", {"login": "anna", "password": PASSWORDS["anna"]}, page="/login"
    )
    assert answer.location == "/"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_too_many_wrong_passwords_are_stopped(site):
    client = site.client()
    answers = [
        post(client, "/login", {"login": "anna", "password": "wrong"}, page="/login").status_code for _ in range(10)
    ]
    assert answers[0] == 401
    assert answers[-1] == 429


def test_a_changed_password_ends_other_sessions(site, anna):
    other = site.client("anna")
    fields = {"current": PASSWORDS["anna"], "new": "another-password", "again": "another-password"}
    assert post(anna, "/account", fields, page="/account").status_code == 302
    assert anna.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_headers_of_every_page(site, anna):
    answer = anna.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "<script>" not in answer.text
    assert " style=" not in answer.text


@pytest.mark.parametrize(
    ("name", "content", "told", "told_ru"),
    [
        ("a.py", b"x = 1", "does not define kmeans", "не определены имена: kmeans"),
        ("a.py", b"def kmeans(:", "a.py, line 1", "a.py, строка 1"),
        ("a.py", b"\xff\xfe", "not text in UTF-8", "не текст в кодировке UTF-8"),
        ("a.txt", b"x", "a solution is a .py file", "решение — это файл .py"),
        ("a.zip", b"PK", "not a readable zip", "не читается как архив"),
        ("a.ipynb", b"{}", "not a readable notebook", "не читается как ноутбук"),
    ],
)
def test_what_cannot_be_graded_is_refused_in_both_languages_and_nothing_is_stored(site, name, content, told, told_ru):
    for language, text in (("en", told), ("ru", told_ru)):
        client = site.client("anna", language)
        answer = site.upload(client, name, content)
        assert answer.status_code == 400
        form = answer.text.partition('id="upload"')[2]
        assert text in re.search(r'id="upload-error" role="alert" tabindex="-1" autofocus>([^<]*)<', form)[1]
    with site.database.reading() as session:
        assert session.query(Submission).count() == 0


def test_a_file_that_is_too_large_is_refused_before_it_is_read(site, anna):
    for client, told in ((anna, "at most 20 MiB"), (site.client("anna", "ru"), "не больше 20 МиБ")):
        answer = site.upload(client, "a.ipynb", b"#" * 22_000_000)
        assert answer.status_code == 413
        form = answer.text.partition('id="upload"')[2]
        assert told in re.search(r'id="upload-error"[^>]*>([^<]*)<', form)[1]
        assert 'type="file"' in form
    answer = site.upload(anna, "a.py", b"#" * 6_000_000)
    assert answer.status_code == 400
    assert "6,000,000 bytes; at most 5,242,880" in answer.text


def test_a_result_page_tells_what_helps_and_nothing_that_is_hidden(site, anna):
    location = site.upload(anna).location
    assert "waiting" in anna.get(location).text
    site.grade(location.rsplit("/", 1)[1], TESTS)
    page = anna.get(location).text
    for shown in (
        "First",
        "Second",
        "a helpful hint",
        "NameError",
        "mine.py, line 2",
        "return broken",
        "Tests that are not shown now: 1. They gave 0 of 1 points, which count.",
    ):
        assert shown in page, shown
    for hidden in ("hidden text", "hidden message", "s3cr3t-seed", "Later"):
        assert hidden not in page, hidden
    russian = site.client("anna", "ru").get(location).text
    for shown in ("Первый", "полезная подсказка", "mine.py, строка 2", "исключение"):
        assert shown in russian, shown
    staff = site.client("tutor").get(location).text
    assert "hidden message" in staff
    assert "s3cr3t-seed" in staff


def test_what_is_forbidden_is_told_once_on_a_result_page(site, anna):
    told = {"en": "The assignment forbids numpy.fft.", "ru": "Нельзя использовать numpy.fft."}
    refused = tuple(TestResult(f"test_{n}", Verdict.REFUSED, Fraction(0), Fraction(1)) for n in "abc")
    location = site.upload(anna).location
    site.grade(location.rsplit("/", 1)[1], refused, refusals=(told,))
    assert anna.get(location).text.count(told["en"]) == 1
    assert site.client("anna", "ru").get(location).text.count(told["ru"]) == 1


def test_names_that_are_missing_are_told_with_the_upload_and_do_not_refuse_it(site, anna):
    page = "/assignments/hyperparameters/search"
    answer = post(anna, page, {"file": (io.BytesIO(b"def grid(space): pass"), "mine.py")}, page=page)
    assert answer.location.startswith("/submissions/")
    shown = anna.get(answer.location).text
    assert "mine.py does not define" in shown
    assert "sample_tree" in shown
    assert "does not define" not in anna.get(answer.location).text  # told once


def test_progress_leaves_out_what_the_student_may_not_see(site, anna):
    location = site.upload(anna).location
    site.grade(location.rsplit("/", 1)[1], TESTS)
    live = anna.get(location + "/live").json
    assert live["state"] == "graded"
    assert [test.get("title") for test in live["tests"]] == [None, "First", "Second"]
    stream = anna.get(location + "/events").text
    assert 'event: test\ndata: {"number": 2, "title": "First"' in stream
    assert stream.rstrip().endswith('{"state": "graded"}')
    assert "Later" not in stream


def test_text_from_students_is_shown_as_text(site, anna):
    code = b"def kmeans(X, start): return '<script>alert(1)</script>'\n"
    location = site.upload(anna, "x&y.py", code).location
    page = anna.get(location).text
    assert "x&amp;y.py" in page
    answer = anna.get(location + "/source/x&y.py")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    refused = site.upload(anna, "<img src=x>.py", code)
    assert refused.status_code == 400
    assert "<img src=x" not in refused.text
    assert "&lt;img src=x" in refused.text


def test_the_formula_shows_numbers_that_can_be_computed_by_hand(site, anna):
    location = site.upload(anna).location
    site.grade(location.rsplit("/", 1)[1], TESTS)  # 2 of 4 points of a task worth 15: 7.5
    boss = site.client("boss")
    page = f"/gradebook/people/{site.ids['anna']}"
    post(boss, page + "/theory", {"test": "54", "minimum": "", "ticket": ""}, page=page)
    post(boss, page + "/bonus", {"points": "12", "reason": "notes"}, page=page)
    text = anna.get("/standing").text
    # sqrt(54 * 7.5) = 20.12..., 30 * 12 / 42 = 8.57..., together 28.70
    for number in ("20.12", "8.57", "28.7", "50 %"):
        assert number in text, number
    assert "<math" in text
    assert "28,7" in site.client("anna", "ru").get("/standing").text


def test_what_staff_enters_is_checked(site):
    boss = site.client("boss")
    page = f"/gradebook/people/{site.ids['anna']}"
    answer = post(boss, page + "/theory", {"test": "61", "minimum": "", "ticket": ""}, page=page)
    assert (answer.status_code, "test must be" in answer.text) == (400, True)
    answer = post(boss, page + "/theory", {"test": "ten", "minimum": "", "ticket": ""}, page=page)
    assert (answer.status_code, "is not a number" in answer.text) == (400, True)
    assert 'name="test" value="ten"' in answer.text
    assert site.client("tutor").post(page + "/bonus", data={"csrf_token": token_of(boss, page)}).status_code in (
        400,
        404,
    )


def test_the_gradebook_sorts_pages_and_exports_without_formulas(site):
    from grader.store import people

    with site.database.writing() as session:
        for number in range(120):
            people.add_user(
                session, f"s{number:03}", "=cmd()" if number == 0 else f"Name {number:03}", group="M2", password=None,
                now=datetime.now(UTC),
            )  # fmt: skip
    boss = site.client("boss")
    first = boss.get("/gradebook/?sort=name").text
    assert first.count("<tr>") == 101
    assert boss.get("/gradebook/?sort=-name&page=2").text.count("<tr>") == 23
    export = boss.get("/gradebook/export/csv").text
    assert "'=cmd()" in export
    assert "\n=cmd()" not in export
    assert export.count("\n") == 123


def test_the_number_of_queries_of_the_gradebook_does_not_grow(site):
    from grader.store import people

    boss, counts = site.client("boss"), []
    boss.get("/gradebook/")  # the course is read once
    engine = site.app.extensions["grader"].database.engine
    for batch in range(2):
        with site.database.writing() as session:
            for number in range(30):
                people.add_user(session, f"q{batch}{number}", "N", password=None, now=datetime.now(UTC))
        statements: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *a, s=statements: s.append(a[2]))
        assert boss.get("/gradebook/").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_after_a_strict_deadline_an_upload_is_practice_and_the_page_says_so_before(site, anna, monkeypatch):
    later = datetime.now(UTC) + timedelta(days=30)
    for module in ("web.student.views", "web.api.views"):
        monkeypatch.setattr(f"{module}.now", lambda: later)
    assert "graded as practice" in anna.get("/assignments/clustering/kmeans").text
    location = site.upload(anna).location
    assert "practice" in anna.get(location).text
    with site.database.reading() as session:
        assert session.query(Submission).one().practice


def test_a_broken_job_is_our_fault_and_staff_can_try_again(site, anna):
    location = site.upload(anna).location
    with site.database.writing() as session:
        job = session.query(Job).one()
        job.state, job.error = "broken", "the engine is away"
    page = anna.get(location).text
    assert "our fault" in page
    assert "engine" not in page
    boss = site.client("boss")
    assert "the engine is away" in boss.get("/status").text
    with site.database.reading() as session:
        job_id = session.query(Job).one().id
    post(boss, f"/status/retry/{job_id}", {}, page="/status")
    with site.database.reading() as session:
        assert session.query(Job).one().state == "queued"


def test_downloads_hold_the_public_half_only(site, anna):
    import zipfile

    assert b"NotImplementedError" in anna.get("/download/starter/clustering/kmeans").data
    with zipfile.ZipFile(io.BytesIO(anna.get("/download/public/clustering/kmeans").data)) as archive:
        assert archive.namelist() == ["public/test_kmeans.py"]


def test_a_statement_has_its_picture_with_words_and_a_size_in_the_readers_language(anna, site):
    from xml.etree import ElementTree as ET

    words = {"en": "the same three groups of objects", "ru": "с одними и теми же тремя группами"}
    for language, told in words.items():
        page = anna.get("/assignments/clustering/kmeans", headers={"Accept-Language": language}).text
        (picture,) = re.findall(r"<img[^>]*>", page)
        assert re.search(r'alt="[^"]*"', picture)[0].count(told) == 1
        assert page.count(told) == 2  # also for whoever sees the picture
        assert "grader show clustering/kmeans solution.py" in page
        address = re.search(r'src="([^"]*)"', picture)[1]
        width, height = (int(re.search(rf'{side}="(\d+)"', picture)[1]) for side in ("width", "height"))
    got = anna.get(address)
    root = ET.fromstring(got.data)
    assert (got.content_type, root.tag) == ("image/svg+xml", "{http://www.w3.org/2000/svg}svg")
    assert round(float(root.get("width").removesuffix("pt")) * 4 / 3) == width
    assert round(float(root.get("height").removesuffix("pt")) * 4 / 3) == height


def test_a_picture_runs_nothing_and_is_kept_only_by_whoever_may_see_it(anna, site):
    got = anna.get("/pictures/clustering/kmeans")
    policy = got.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert got.headers["Cache-Control"] in ("private, no-cache", "no-cache, private")
    again = anna.get("/pictures/clustering/kmeans", headers={"If-None-Match": got.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    nobody = site.client().get("/pictures/clustering/kmeans", headers={"If-None-Match": got.headers["ETag"]})
    assert nobody.status_code == 302
    for name in ("clustering/nothing", "codeforces/warm-up", "clustering/kmeans.svg", "../kmeans"):
        assert anna.get(f"/pictures/{name}").status_code == 404, name


def test_the_starter_is_in_the_language_of_the_page(anna):
    for language, words in (("en", "fill in the function"), ("ru", "напишите тело функции")):
        got = anna.get("/download/starter/clustering/kmeans", headers={"Accept-Language": language})
        assert words in got.data.decode(), language


def test_every_text_is_translated_and_compiled():
    with (WEB / "translations/ru/LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = read_po(file)
    assert not [m.id for m in catalogue if m.id and not m.string]
    from babel.messages.extract import extract_from_dir

    options = {"keywords": {"_": None, "gettext": None, "lazy_gettext": None}}
    methods = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
    used = {found[2] for found in extract_from_dir(str(WEB), methods, **options)}
    assert used <= {m.id for m in catalogue}, used - {m.id for m in catalogue}
    import gettext

    with (WEB / "translations/ru/LC_MESSAGES/messages.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert all(compiled.gettext(m.id) == m.string for m in catalogue if m.id)


def test_the_first_page_shows_the_term_by_lectures(site, anna):
    page = anna.get("/").text
    headings = re.findall(r'<th colspan="6" scope="rowgroup">(.*?)</th>', page)
    assert [heading.partition(".")[0] for heading in headings] == ["1", "2", "6", "8", "9"]
    assert headings[-1] == "9. Clustering"
    assert page.index("9. Clustering") < page.index("/assignments/clustering/kmeans")
    assert "Next deadlines" not in page  # five are seen at a glance
    assert "9. Кластеризация" in site.client("anna", "ru").get("/").text


def test_of_many_assignments_the_next_deadlines_are_told_first(site, anna):
    """Not those that are over, that have not opened, or that have no deadline; the soonest first."""
    names = [one.name for one in load_all(assignments_folder())[:12]]
    now = datetime.now(UTC)
    times = {0: "deadline = {-1}", 1: "deadline = {5}", 2: "", 3: "deadline = {2}", 4: "opens = {1}\ndeadline = {3}"}
    text = 'title = { en = "C", ru = "К" }\n'
    for place, name in enumerate(names):
        days = re.sub(
            r"\{(-?\d+)\}",
            lambda found: (now + timedelta(days=int(found[1]))).isoformat(timespec="seconds"),
            times.get(place, f"deadline = {{{place + 10}}}"),
        )
        text += f'[[assignment]]\nname = "{name}"\npoints = 1\n{days}\n'
    put_in_force(site.database, text)
    page = anna.get("/").text
    told = re.findall(r'<li><a href="/assignments/([^"]+)"', page.partition("Next deadlines")[2].partition("</ul>")[0])
    assert told == [names[3], names[1], names[5]]
