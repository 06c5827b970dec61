"""Seeing a student's pages as the student does: the same to the letter, nothing of staff, nothing to change."""

from __future__ import annotations

import re

import pytest

from grader.store.models import Submission, User
from tests.web.conftest import TESTS, post, token_of

PAGES = (
    "/",
    "/standing",
    "/standing?test=54&want=91",
    "/assignments/clustering/kmeans",
    "/download/starter/clustering/kmeans",
    "/pictures/clustering/kmeans",
    "/glossary/",
)


@pytest.fixture
def looking(site):
    """An assistant who looks as Anna."""
    tutor = site.client("tutor")
    page = f"/gradebook/people/{site.ids['anna']}"
    assert post(tutor, f"/viewing/begin/{site.ids['anna']}", {}, page=page).location == "/"
    return tutor


def body(text: str) -> str:
    """What a page shows, without the tokens of its forms."""
    return re.sub(r'value="[^"]{40,}"', "", text[text.index("<main") :] if "<main" in text else text)


def test_every_page_is_the_students_to_the_letter(site, anna, looking):
    location = site.upload(anna).location
    site.grade(location.rsplit("/", 1)[1], TESTS)
    for path in (
        *PAGES,
        location,
        location + "/live",
        location + "/events",
        location + "/receipt.json",
        location + "/source/mine.py",
    ):
        as_anna, seen = anna.get(path), looking.get(path)
        assert (seen.status_code, body(seen.text)) == (as_anna.status_code, body(as_anna.text)), path
    page = looking.get(location).text
    for hidden in ("hidden text", "hidden message", "s3cr3t-seed", "Later", "For staff", "Gradebook"):
        assert hidden not in page, hidden
    assert "hidden message" in site.client("tutor").get(location).text


def test_what_is_not_the_students_is_not_there(site, looking):
    boris = site.upload(site.client("boris")).location
    assert looking.get(boris).status_code == 404
    for path in ("/gradebook/", f"/gradebook/people/{site.ids['anna']}", "/status", "/account", "/audit/"):
        assert looking.get(path).status_code in (403, 404), path


def test_nothing_can_be_changed_and_it_can_be_left(site, looking):
    page = looking.get("/assignments/clustering/kmeans")
    assert "You see the pages as Anna does" in page.text
    assert site.upload(looking).status_code == 403
    for path, fields in (
        ("/language", {"language": "ru"}),
        ("/account", {"current": "x"}),
        ("/account/tokens", {"scopes": "read"}),
    ):
        assert looking.post(path, data={"csrf_token": token_of(looking, "/"), **fields}).status_code == 403
    with site.database.reading() as session:
        assert session.query(Submission).count() == 0
        assert session.get_one(User, site.ids["anna"]).language == ""
    left = post(looking, "/viewing/leave", {}, page="/")
    assert left.location == f"/gradebook/people/{site.ids['anna']}"
    assert looking.get("/gradebook/").status_code == 200
    assert "You see the pages as" not in looking.get("/").text


def test_only_staff_may_look_and_only_at_students(site, anna):
    site.app.config["WTF_CSRF_ENABLED"] = False
    assert anna.post(f"/viewing/begin/{site.ids['boris']}").status_code == 404
    assert site.app.test_client().post(f"/viewing/begin/{site.ids['anna']}").status_code == 401
    boss = site.client("boss")
    assert boss.post(f"/viewing/begin/{site.ids['tutor']}").status_code == 404
    assert boss.post("/viewing/begin/nobody").status_code == 404
    with anna.session_transaction() as session:
        session["viewed"] = site.ids["boris"]
    assert "You see the pages as" not in anna.get("/").text


def test_one_who_is_no_student_any_more_is_not_looked_at(site, looking):
    with site.database.writing() as session:
        session.get_one(User, site.ids["anna"]).role = "instructor"
    assert looking.get("/gradebook/").status_code == 200
