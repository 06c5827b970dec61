"""The gradebook's page and its files, transcripts, reports for Gradescope: through the web."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from grader.core.assignment import load_all
from grader.store import people
from grader.store.models import User
from tests.crowd import Size, fill, write_course
from tests.in_force import put_in_force
from tests.web.conftest import PASSWORDS, TESTS, Site
from web import Settings, create_app


@pytest.fixture
def graded(site, anna) -> str:
    """Anna's submission with a result: 2 of 4 points of a task worth 15."""
    location = site.upload(anna).location
    submission = location.rsplit("/", 1)[1]
    site.grade(submission, TESTS)
    return submission


def add_students(site: Site, *names: str, group: str = "M2") -> None:
    with site.database.writing() as session:
        for number, name in enumerate(names):
            login = f"{group.lower()}-{number}"
            people.add_user(session, login, name, group=group, password=None, now=datetime.now(UTC))


def shown(page: str) -> list[str]:
    """The names on a page of the gradebook, in its order."""
    return [part.split(">", 2)[1].removesuffix("</a") for part in page.split('<th scope="row">')[1:]]


def test_the_gradebook_is_filtered_by_group_and_searched_by_name_in_any_case(site):
    add_students(site, "Пётр Иванов", "Анна ИВАНОВА", "Ivan Smirnov")
    boss = site.client("boss")
    assert shown(boss.get("/gradebook/?sort=name").text) == [
        "Anna", "Boris", "Ivan Smirnov", "Анна ИВАНОВА", "Пётр Иванов",
    ]  # fmt: skip
    assert shown(boss.get("/gradebook/?sort=-name&group=M2").text) == ["Пётр Иванов", "Анна ИВАНОВА", "Ivan Smirnov"]
    assert shown(boss.get("/gradebook/?search=иванов&sort=name").text) == ["Анна ИВАНОВА", "Пётр Иванов"]
    assert shown(boss.get("/gradebook/?search=иванов+анна").text) == ["Анна ИВАНОВА"]
    assert shown(boss.get("/gradebook/?search=m2-2").text) == ["Ivan Smirnov"]
    nobody = boss.get("/gradebook/?search=<script>").text
    assert shown(nobody) == []
    assert "Nobody fits" in nobody
    assert "<script>" not in nobody


def test_every_column_sorts_both_ways_and_keeps_the_filter(site, graded):
    boss = site.client("boss")
    for key in ("P", "clustering/kmeans"):
        assert shown(boss.get(f"/gradebook/?sort={key}").text) == ["Boris", "Anna"]
        page = boss.get(f"/gradebook/?sort=-{key}&group=M1").text
        assert shown(page) == ["Anna", "Boris"]
        assert 'aria-sort="descending"' in page
        assert f"sort={key}&amp;group=M1" in page


def test_what_waits_for_its_defence_is_no_zero_on_the_page(site):
    from grader.store.standings import standings
    from tests.store.test_jobs import claim

    course = site.app.extensions["grader"].applied.current()
    lab = next(item for item in course.items if item.kind == "lab")
    from grader.core.report import Report
    from grader.core.submission import Submission as Content
    from grader.store import jobs, submissions

    now = datetime.now(UTC)
    with site.database.writing() as session:
        user = session.get_one(User, site.ids["anna"])
        content = Content("a.py", {"a.py": b"x"})
        _, job = submissions.record(session, user, lab.assignment, content, b"x", now=now)
        job_id = job.id
    held = claim(site.database, job_id, now=now)
    with site.database.writing() as session:
        jobs.finish(session, held, Report(lab.name, "hidden", TESTS[:1], "docker", 0.1), now)
    mark = standings(site.database, course, [user])[user.id].marks[course.items.index(lab)]
    assert mark.state == "waiting"
    text = site.client("boss").get("/gradebook/").text
    assert 'title="counts once it is defended">(' in text
    rows = list(csv.DictReader(io.StringIO(site.client("boss").get("/gradebook/export/csv").text)))
    assert next(row for row in rows if row["name"] == "Anna")[lab.name] == "waiting"


def test_every_format_is_a_file_of_its_kind(site, graded):
    boss = site.client("boss")
    answers = {kind: boss.get(f"/gradebook/export/{kind}") for kind in ("csv", "xlsx", "json", "canvas", "moodle")}
    names = {kind: answer.headers["Content-Disposition"] for kind, answer in answers.items()}
    assert names["xlsx"] == "attachment; filename=gradebook.xlsx"
    assert names["canvas"] == "attachment; filename=canvas.csv"
    assert answers["csv"].data.startswith(b"\xef\xbb\xbflogin,")
    assert answers["canvas"].data.startswith(b"Student,ID,")
    anna = next(one for one in json.loads(answers["json"].text)["students"] if one["login"] == "anna")
    assert anna["marks"]["clustering/kmeans"]["points"] == 7.5
    sheet = load_workbook(io.BytesIO(answers["xlsx"].data))["Marks"]
    assert 7.5 in [cell.value for cell in sheet[2]]
    assert boss.get("/gradebook/export/pdf").status_code == 404
    russian = site.client("boss", "ru").get("/gradebook/export/xlsx").data
    assert load_workbook(io.BytesIO(russian)).sheetnames == ["Оценки", "Формула"]


def test_a_transcript_shows_every_step_in_both_languages_to_its_owner_and_to_staff(site, anna, graded):
    page = anna.get("/standing/transcript").text
    for told in ("Anna", "0.5 · 15", "7.5", "<math", "The exam was not attempted"):
        assert told in page, told
    assert "0,5 · 15" in site.client("anna", "ru").get("/standing/transcript").text
    foreign = f"/gradebook/people/{site.ids['anna']}/transcript"
    assert "0.5 · 15" in site.client("tutor").get(foreign).text
    assert site.client("boris").get(foreign).status_code == 404
    assert "/standing/transcript" in anna.get("/standing").text
    assert foreign in site.client("tutor").get(f"/gradebook/people/{site.ids['anna']}").text


def test_gradescope_s_file_is_for_staff_and_tells_students_nothing_hidden(site, anna, graded):
    path = f"/gradebook/submissions/{graded}/results.json"
    assert anna.get(path).status_code == 404
    tutor = site.client("tutor")
    assert path in tutor.get(f"/submissions/{graded}").text
    told = json.loads(tutor.get(path).text)
    assert [test["visibility"] for test in told["tests"]] == ["visible", "visible", "hidden"]
    assert "hidden message" not in json.dumps(told)
    assert "a helpful hint" in told["tests"][1]["output"]
    assert tutor.get("/gradebook/submissions/none/results.json").status_code == 400


def large_site(sqlite, folder: Path, size: Size) -> Site:
    assignments, course = write_course(folder, size)
    put_in_force(sqlite, course, assignments)
    with sqlite.writing() as session:
        boss = people.add_user(
            session, "boss", "Boss", role="instructor", password=PASSWORDS["boss"], now=datetime.now(UTC)
        )
    settings = Settings(
        database=sqlite.engine.url.render_as_string(), secret="x" * 40, assignments=assignments,
        insecure_http=True,
    )  # fmt: skip
    return Site(create_app(settings), sqlite, {"boss": boss.id})


def test_page_and_export_of_many_take_a_number_of_queries_that_does_not_grow(sqlite, tmp_path):
    """Once the standings are counted (500 people at a time), as the sweeper does in the background."""
    from grader.store.standings import refresh

    size = Size(30, 8, 3)
    site = large_site(sqlite, tmp_path, size)
    names = [assignment.name for assignment in load_all(tmp_path / "assignments")]
    state = site.app.extensions["grader"]
    boss, counts = site.client("boss"), []
    item = names[3]
    paths = [f"/gradebook/?sort={key}" for key in ("name", "group", "-final", "T", item)]
    paths += [f"/gradebook/export/{kind}" for kind in ("csv", "xlsx", "json", "canvas", "moodle")]
    for batch in range(3):
        fill(sqlite, names, size, first=batch * size.students)
        with sqlite.reading() as session:
            everybody = people.students(session)
        refresh(sqlite, state.applied.current(), everybody)
        assert len(everybody) == (batch + 1) * size.students
        counted = []
        for path in paths:
            statements: list[str] = []

            def listen(*arguments, kept=statements):
                kept.append(arguments[2])

            event.listen(state.database.engine, "before_cursor_execute", listen)
            assert boss.get(path).status_code == 200
            event.remove(state.database.engine, "before_cursor_execute", listen)
            counted.append(len(statements))
        counts.append(counted)
    assert counts[0] == counts[1] == counts[2]
    assert max(counts[0]) <= 17
