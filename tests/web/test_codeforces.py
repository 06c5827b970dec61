"""The page for results from Codeforces, and what a student sees of such an item."""

from __future__ import annotations

import html
import io
import json
import re

import pytest

from grader.core.codeforces_found import Found, packed
from grader.staff import accounts
from tests.cli.test_codeforces import CONTEST
from tests.core.test_codeforces import party, row, standings, submission
from tests.in_force import put_in_force, text_in_force
from tests.web.conftest import post

ITEM = "codeforces/warm-up"


@pytest.fixture
def contest(site):
    """The site with a contest in its course, and a handle of anna's."""
    text = text_in_force(site.database).replace("points = 20", "points = 18").replace("points = 15", "points = 14")
    put_in_force(site.database, text + CONTEST)
    with site.database.writing() as session:
        boss = accounts.found(session, "boss")
        anna = accounts.found(session, "anna")
        accounts.change(session, anna, {"codeforces": "Anna_CF"}, actor=boss, now=boss.created_at)
    return site


def answer(*submissions):
    return io.BytesIO(json.dumps(list(submissions)).encode())


def test_an_answer_is_looked_at_and_then_applied(contest):
    boss, anna = contest.client("boss"), contest.client("anna")
    sent = {"item": "codeforces/warm-up", "file": (answer(submission(5, handles=("anna_cf", "<b>x"))), "a.json")}
    looked = post(boss, "/codeforces/", sent, page="/codeforces/")
    assert "1 / 2" in looked.text
    assert "&lt;b&gt;x" in looked.text
    assert "Nothing yet" in anna.get("/assignments/codeforces/warm-up").text
    found = html.unescape(re.search(r'name="found" value="([^"]*)"', looked.text).group(1))
    post(boss, "/codeforces/", {"item": "codeforces/warm-up", "found": found}, page="/codeforces/")
    page = anna.get("/assignments/codeforces/warm-up").text
    assert "Anna_CF" in page
    assert "https://codeforces.com/contest/566" in page
    assert "100 %" in page
    assert "1 / 2" in re.sub(r"\s+", " ", page)


def carried(page):
    return html.unescape(re.search(r'name="found" value="([^"]*)"', page.text).group(1))


def test_what_is_withdrawn_is_shown_before_and_to_the_student_after(contest):
    boss, anna = contest.client("boss"), contest.client("anna")
    for verdict in ("OK", "CHALLENGED"):
        file = answer(submission(5, handles=("anna_cf",), verdict=verdict))
        looked = post(boss, "/codeforces/", {"item": ITEM, "file": (file, "a.json")}, page="/codeforces/")
        post(boss, "/codeforces/", {"item": ITEM, "found": carried(looked)}, page="/codeforces/")
    assert "not accepted any more" in looked.text
    page = anna.get(f"/assignments/{ITEM}").text
    assert "not accepted any more: no points" in page
    assert "0 / 2" in re.sub(r"\s+", " ", page)


def test_a_contest_that_is_not_over_is_imported_with_a_warning(contest):
    boss, anna = contest.client("boss"), contest.client("anna")
    running = standings(row(party("anna_cf"), (1, 90), (0, None), (0, None)), phase="CODING")
    file = io.BytesIO(json.dumps(running).encode())
    looked = post(boss, "/codeforces/", {"item": ITEM, "file": (file, "a.json")}, page="/codeforces/")
    assert "Provisional: the contest is running" in looked.text
    post(boss, "/codeforces/", {"item": ITEM, "found": carried(looked)}, page="/codeforces/")
    assert "provisional, until the final tests" in anna.get(f"/assignments/{ITEM}").text


def test_what_is_wrong_is_told_and_nothing_changes(contest):
    boss = contest.client("boss")
    for fields, said in (
        ({"item": "codeforces/warm-up"}, "Choose a file"),
        ({"item": "clustering/kmeans", "file": (answer(), "a.json")}, "not judged on Codeforces"),
        ({"item": "codeforces/warm-up", "file": (io.BytesIO(b"{"), "a.json")}, "a.json is no JSON"),
        (
            {
                "item": "codeforces/warm-up",
                "found": packed(Found()).replace(
                    '"accepted":[]', '"accepted":[["1", "anna_cf", "A", "2027-01-01", "1", "", false]]'
                ),
            },
            "damaged",
        ),
        ({"item": "codeforces/warm-up", "found": '{"accepted": [[1]]}'}, "damaged"),
    ):
        done = post(boss, "/codeforces/", fields, page="/codeforces/")
        assert done.status_code == 400
        assert said in done.text


def test_it_is_for_instructors(contest):
    assert contest.client("tutor").get("/codeforces/").status_code == 404


def test_a_solution_is_not_uploaded_here(contest):
    anna = contest.client("anna")
    page = "/assignments/codeforces/warm-up"
    assert 'type="file"' not in anna.get(page).text
    assert anna.get("/download/starter/codeforces/warm-up").status_code == 404
    assert "tell them" in contest.client("boris").get(page).text.lower()
