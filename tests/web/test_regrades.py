"""Regrades through the web: start, progress, what changes, apply, roll back, and what the student is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from grader.core.report import Report
from grader.store import jobs
from grader.store.models import Job, Regrade, Submission
from tests.web.conftest import TESTS, post

PAGE = "/regrades/"


def grade_again(site, points: int) -> None:
    """What a worker would store for the one job that waits."""
    now = datetime.now(UTC)
    tests = (replace(TESTS[0], points=Fraction(points)), *TESTS[1:])
    with site.database.writing() as session:
        job = session.query(Job).filter(Job.state == "queued").one()
        held = jobs.claim(session, job.id, "test", now)
        assert jobs.finish(session, held, Report("clustering/kmeans", "hidden", tests, "docker", 0.5), now)


def test_a_regrade_from_start_to_roll_back(site, anna):
    location = site.upload(anna).location
    site.grade(location.rsplit("/", 1)[1], TESTS)  # 2 of 4 points; the report names no suite: out of date
    boss = site.client("boss")
    assert "<strong>1</strong>" in boss.get(PAGE).text
    missing = post(
        boss, "/regrades/start", {"name": "clustering/kmeans", "which": "counting", "reason": " "}, page=PAGE
    )
    assert missing.status_code == 400
    fields = {"name": "clustering/kmeans", "which": "counting", "reason": "a wrong <test>"}
    page = post(boss, "/regrades/start", fields, page=PAGE).location
    waiting = boss.get(page).text
    assert "Graded again: 0 of 1" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert "a wrong &lt;test&gt;" in waiting
    assert "/apply" not in waiting

    grade_again(site, 1)
    ready = boss.get(page).text
    for told in ("Anna", "2 / 4 → 1 / 4", "7.50 → 3.75"):
        assert told in ready, told
    assert "Graded again" not in anna.get(location).text

    post(boss, page + "/apply", {}, page=page)
    told = anna.get(location).text
    assert "1 / 4 points instead of 2 / 4" in told
    assert "wrong" not in told.split("<table")[0].replace("wrong result", "")
    assert "вместо 2 / 4" in site.client("anna", "ru").get(location).text
    assert "3.75" in anna.get("/standing").text

    post(boss, page + "/roll-back", {}, page=page)
    assert "this was taken back" in anna.get(location).text
    assert "7.5" in anna.get("/standing").text
    assert "rolled back" in boss.get(PAGE).text


def test_one_that_is_not_wanted_any_more_is_withdrawn(site, anna):
    location = site.upload(anna).location
    site.grade(location.rsplit("/", 1)[1], TESTS)
    boss = site.client("boss")
    fields = {"name": "clustering/kmeans", "which": "all", "reason": "x"}
    page = post(boss, "/regrades/start", fields, page=PAGE).location
    post(boss, page + "/withdraw", {}, page=page)
    told = boss.get(page).text
    assert "Uploads that were still to be graded: 1." in told
    assert "nothing has changed" in told
    for left_out in ('http-equiv="refresh"', "/apply", "/withdraw"):
        assert left_out not in told
    assert "отозвана" in site.client("boss", "ru").get(PAGE).text
    assert "7.5" in anna.get("/standing").text
    answer = post(boss, page + "/withdraw", {}, page=PAGE)
    assert answer.status_code == 400
    assert "Only a regrade that was not applied can be withdrawn." in answer.text


def test_one_upload_is_graded_again_with_other_inputs_from_its_own_page(site, anna):
    location, another = site.upload(anna).location, site.upload(anna, content=b"def kmeans(): pass").location
    for page in (location, another):
        site.grade(page.rsplit("/", 1)[1], TESTS)
    boss, russian = site.client("boss"), site.client("boss", "ru")
    for client in (anna, site.client("tutor")):
        assert "regrades/start" not in client.get(location).text
    assert "на других данных, чем раньше" in russian.get(location).text
    fields = {
        "name": "clustering/kmeans",
        "submission": location.rsplit("/", 1)[1],
        "reason": "luck?",
        "other_inputs": "on",
    }
    page = post(boss, "/regrades/start", fields, page=location).location
    assert "one upload, with other inputs" in boss.get(page).text
    assert "одна загрузка, на других данных" in russian.get(PAGE).text
    with site.database.reading() as session:
        (job,) = session.query(Job).filter(Job.state == "queued").all()
        assert job.submission_id == location.rsplit("/", 1)[1]
        assert len(job.seed) == 64
        seeds = {job.seed, session.get_one(Submission, job.submission_id).seed}
    grade_again(site, 1)
    assert "2 / 4 → 1 / 4" in boss.get(page).text
    assert "Graded again" not in anna.get(location).text
    post(boss, page + "/apply", {}, page=page)
    assert "Graded again with other inputs" in anna.get(location).text
    assert "на других данных" in site.client("anna", "ru").get(location).text
    assert "1 / 4 points" not in anna.get(another).text
    assert "luck?" in boss.get("/audit/?action=regrade.started").text
    for shown in (anna.get(location).text, anna.get(location + "/receipt.json").text):
        assert not any(seed in shown for seed in seeds)


def test_assistants_look_and_do_not_touch(site, anna):
    location = site.upload(anna).location
    site.grade(location.rsplit("/", 1)[1], TESTS)
    boss, tutor = site.client("boss"), site.client("tutor")
    page = post(
        boss, "/regrades/start", {"name": "clustering/kmeans", "which": "all", "reason": "x"}, page=PAGE
    ).location
    grade_again(site, 1)
    assert "/apply" not in tutor.get(page).text
    assert "/regrades/start" not in tutor.get(PAGE).text
    for path in ("/regrades/start", page + "/apply", page + "/roll-back", page + "/withdraw"):
        fields = {"csrf_token": "x"}
        assert tutor.post(path, data=fields).status_code in (400, 404)
    with site.database.reading() as session:
        assert session.query(Regrade).one().state == "planned"
    assert anna.get(PAGE).status_code == 404
