"""The reference solution beside one's own: who reads it and when, what it holds, and what staff are told before."""

from __future__ import annotations

import html
import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from grader.core.assignment import assignments_folder
from tests.in_force import put_in_force
from tests.web.conftest import TESTS, Site, post
from tests.web.test_course_rules import HEAD, Clock, api, extend, set_course
from tests.web.test_marking import agreed, text_of
from web import Settings, create_app

TASK, LAB = "clustering/kmeans", "sequences/lstm"
PAGE, ASSIGNMENT, OFFERED = f"/solutions/{TASK}", f"/assignments/{TASK}", f"/api/v1/assignments/{TASK}/solution"
DUE = datetime(2027, 2, 14, 23, 59, tzinfo=UTC)
LINE, SHOWN = "deadline = 2027-02-14T23:59:00", 'solutions = "after_closed"'
SOURCE = b'''import numpy as np

# <script>nearest</script>
def near(X, start):
    """It's <b>near</b>."""
    return 12345

UNUSED = "not asked for"

def kmeans(X, start, max_iter=300):
    return near(X, start)
'''


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock(monkeypatch)
    for module in ("web.marking.extensions", "web.marking.student"):
        monkeypatch.setattr(f"{module}.now", lambda: made.time)
    made.time = DUE + timedelta(minutes=2)
    return made


def test_it_is_read_when_nobodys_upload_can_change_a_mark_and_hidden_when_one_can_again(site, anna, clock):
    boss, program = site.client("boss"), api(site)
    told = f"/assignments/{TASK}/solution"

    def readable() -> bool:
        answers = (anna.get(PAGE).status_code, program(told).status_code)
        assert answers in ((200, 200), (404, 404))
        link = f'href="{PAGE}"' in anna.get(ASSIGNMENT).text
        assert link is (answers[0] == 200)
        assert boss.get(PAGE).status_code == 200
        return link

    set_course(site, LINE)  # the course says nothing
    assert not readable()
    assert "Reference solution" not in anna.get(ASSIGNMENT).text
    set_course(site, LINE, SHOWN)
    assert readable()
    clock.time = DUE + timedelta(seconds=59)
    assert not readable()
    clock.time = DUE + timedelta(days=1)
    extend(site, "boris", DUE + timedelta(days=2))
    assert not readable()
    clock.time = DUE + timedelta(days=3)
    assert readable()
    extend(site, "", DUE + timedelta(days=5), group="nobody is in it yet")
    assert not readable()
    clock.time = DUE + timedelta(days=6)
    assert readable()
    set_course(site, "deadline = 2027-03-14T23:59:00", SHOWN)
    assert not readable()
    set_course(site, SHOWN)  # no deadline
    assert not readable()
    assert "Reference solution" not in anna.get(ASSIGNMENT).text


def test_before_it_is_shown_the_reader_learns_when_but_not_of_the_extensions_of_others(site, anna, clock):
    set_course(site, LINE, SHOWN)
    extend(site, "boris", DUE + timedelta(days=20))
    program = api(site)
    clock.time = DUE - timedelta(days=1)
    assert "Not before Sun 14 Feb 2027, 23:59 UTC." in text_of(anna.get(ASSIGNMENT).text)
    assert "so not before Sun 14 Feb" in program(f"/assignments/{TASK}/solution").json["detail"]
    clock.time = DUE + timedelta(days=1)
    assert "It will be shown once no upload of anybody can change a mark any more." in text_of(
        anna.get(ASSIGNMENT).text
    )
    for text in (anna.get(ASSIGNMENT).text, program(f"/assignments/{TASK}/solution").json["detail"]):
        assert "Not before" not in text
        assert "before" not in text.partition("any more")[2][:40]
        assert "Mar" not in text
    assert "uploads count until 6 Mar 2027, 23:59:59" in text_of(site.client("boss").get(PAGE).text)
    set_course(site, LINE)
    assert "is not shown in this course" in program(f"/assignments/{TASK}/solution").json["detail"]


def test_what_is_not_there_or_not_open_is_absent_alike(site, anna, clock):
    set_course(site, LINE, SHOWN)
    extend(site, "boris", DUE + timedelta(days=20))
    for path in ("clustering/none", "audio/fourier", "../hidden/test_kmeans.py", "clustering/kmeans/hidden"):
        assert anna.get(f"/solutions/{path}").status_code == 404, path
    never = anna.get("/solutions/clustering/none").text
    assert _plain(never) == _plain(anna.get(PAGE).text)
    assert "audio" not in api(site)("/assignments/audio/fourier/solution").text


def _plain(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page)


def test_the_page_has_both_beside_each_other_and_nothing_of_the_suite(site, anna, clock):
    set_course(site, LINE, SHOWN)
    upload = site.upload(anna, content=SOURCE).location
    page = anna.get(PAGE)
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    reference, own = (html.unescape(text_of(side)) for side in page.text.split("<h3>My solution")[:2])
    assert f'href="{upload}">my newest upload' in page.text
    assert "def kmeans (X: ArrayLike" in reference.replace("kmeans(", "kmeans (")
    assert "def means(objects: Floats" in reference  # which the function uses
    own = own.partition("All modules")[0]
    assert "# <script>nearest</script>" in own
    assert """It's <b>near</b>.""" in own
    assert "UNUSED" not in own
    assert "<script>nearest" not in page.text
    assert '<details id="reference/clustering/centers/kmeans.py">' in page.text
    assert '<span class="k">return</span> 12345' in page.text
    folder = assignments_folder() / TASK
    hidden = [*folder.glob("hidden/*.py"), *folder.glob("accepted/*.py"), folder / "mutants.toml"]
    lines = {line.strip() for path in hidden for line in path.read_text().splitlines() if len(line.strip()) > 30}
    reference = (assignments_folder().parent / "reference/clustering/centers/kmeans.py").read_text()
    lines -= {line.strip() for line in (reference + SOURCE.decode()).splitlines()}
    everything = html.unescape(re.sub(r"<[^>]*>", "", page.text)) + api(site)(f"/assignments/{TASK}/solution").text
    assert not [line for line in lines if line in everything]


def test_the_upload_that_counts_stands_beside_it_and_not_a_later_one_of_practice(site, anna, clock):
    set_course(site, LINE, SHOWN)
    clock.time = DUE - timedelta(days=1)
    counted = site.upload(anna, content=SOURCE).location
    site.grade(counted.rpartition("/")[2], TESTS)
    clock.time = DUE + timedelta(days=1)
    site.upload(anna, content=SOURCE + b"# practice")
    assert f'href="{counted}">my upload that counts' in anna.get(PAGE).text
    boris = site.client("boris")
    other = boris.get(PAGE).text
    assert "I have no upload to put beside it." in other
    practice = site.upload(boris, content=SOURCE + b"# practice alone").location
    site.grade(practice.rpartition("/")[2], TESTS)
    assert f'href="{practice}">my newest upload' in boris.get(PAGE).text
    assert "near(X, start)" not in other


def test_staff_who_look_as_a_student_see_what_the_student_sees_and_a_lab_is_never_promised(site, clock):
    set_course(site, LINE)
    tutor = site.client("tutor")
    assert "Only staff see this page" in tutor.get(PAGE).text
    post(tutor, f"/viewing/begin/{site.ids['anna']}", {}, page="/gradebook/")
    assert tutor.get(PAGE).status_code == 404
    assert PAGE not in tutor.get(ASSIGNMENT).text
    set_course(site, LINE, SHOWN, head=HEAD.replace(TASK, LAB))
    assert "Reference solution" not in tutor.get(f"/assignments/{LAB}").text
    assert tutor.get(f"/solutions/{LAB}").status_code == 404
    post(tutor, "/viewing/leave", {}, page="/")
    assert "this assignment never closes" in tutor.get(f"/solutions/{LAB}").text


def test_an_extension_that_reopens_is_told_before_and_hides_it_again(site, anna, clock):
    set_course(site, LINE, SHOWN)
    boss, page = site.client("boss"), "/marking/extensions"
    fields = {"name": TASK, "student": "boris", "until": "2027-02-20T23:59", "reason": "ill"}
    asked = post(boss, page, fields, page=page)
    assert "Students could read the reference solution of this assignment already" in asked.text
    assert "<table" not in asked.text
    assert anna.get(PAGE).status_code == 200
    assert agreed(boss, page, fields, page=page).status_code == 302
    assert anna.get(PAGE).status_code == 404
    sheet = f"/gradebook/people/{site.ids['anna']}"
    mine = {"name": TASK, "until": "2027-02-25T23:59", "reason": "ill"}
    asked = post(boss, f"{sheet}/extension", mine, page=sheet)  # shown before, though it is hidden now
    assert "could read the reference solution" in asked.text
    text = f"assignment,group,until,reason\n{TASK},M1,2027-02-26T23:59,ill\n"
    looked = post(boss, f"{page}/import", {"text": text}, page=f"{page}/import")
    assert "could read the reference solution" in looked.text
    clock.time = DUE - timedelta(days=1)
    set_course(site, LINE, SHOWN)
    assert post(boss, f"{sheet}/extension", {**mine, "until": "2027-02-27T23:59"}, page=sheet).status_code in (200, 302)


def test_a_course_of_ones_own_is_read_and_never_run(site, clock, tmp_path):
    root = tmp_path / "own"
    shutil.copytree(assignments_folder() / TASK, root / "assignments" / TASK)
    file = root / "assignments" / TASK / "assignment.toml"
    file.write_text(file.read_text().replace("reference.clustering.centers.kmeans:kmeans", "bank.answer:kmeans"))
    (root / "bank").mkdir()
    flag = root / "was_run"
    (root / "bank" / "answer.py").write_text(
        f"open({str(flag)!r}, 'w')\nfrom bank.part import WIDTH\ndef kmeans(X): return WIDTH  # own answer\n"
    )
    (root / "bank" / "part.py").write_text(f"open({str(flag)!r}, 'w')\nWIDTH = 5\n")
    settings = Settings(
        database=site.app.extensions["grader"].settings.database,
        secret="x" * 40,
        insecure_http=True,
        assignments=root / "assignments",
    )
    put_in_force(site.database, "".join(f"{line}\n" for line in (HEAD + LINE, SHOWN)), root / "assignments")
    other = Site(create_app(settings), site.database, site.ids)
    page = other.client("anna").get(PAGE).text
    assert "# own answer" in page
    assert '<a href="#bank/part.py">' in page
    assert not flag.exists()
