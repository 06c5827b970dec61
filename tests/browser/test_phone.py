"""What a phone shows: results, formulas and statements without having to push the page about."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from grader.core.scoring import LECTURE
from grader.staff.bonus import add_bonus
from grader.staff.theory import Theory, set_theory
from grader.store import jobs, people
from grader.store.models import Job
from tests.browser.conftest import log_in
from tests.browser.test_upload import grade_slowly, upload

pytestmark = pytest.mark.browser
WIDTH = 375
PHONE = {"locale": "ru", "viewport": {"width": WIDTH, "height": 800}}


def right_edges(page, selector: str) -> list[float]:
    """Where the elements end, in pixels from the left."""
    return page.eval_on_selector_all(selector, "found => found.map(e => e.getBoundingClientRect().right)")


def give_marks(database) -> None:
    """Theory and a bonus that make every step of the formula a long one."""
    now = datetime.now(UTC)
    with database.writing() as session:
        anna = people.by_login(session, "anna")
        boss = people.add_user(session, "boss", "Boss", role="instructor", password=None, now=now)
        set_theory(session, anna, Theory(Fraction("53.37")), LECTURE, actor=boss, now=now)
        add_bonus(session, anna, Fraction("12.34"), "notes", actor=boss, now=now)


def test_the_steps_of_the_formula_can_be_read(browser, site, sqlite):
    give_marks(sqlite)
    page, _ = log_in(browser, site, **PHONE)
    page.goto(f"{site}/standing")
    assert page.locator(".steps tr").count() == 5
    assert max(right_edges(page, ".steps .number math")) <= WIDTH
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


def test_a_result_shows_verdicts_points_and_hints(browser, site, sqlite, tmp_path):
    page, _ = log_in(browser, site, **PHONE)
    upload(page, site, tmp_path)
    go_on = threading.Event()
    go_on.set()
    grade_slowly(sqlite, go_on)
    page.wait_for_selector(".tests .hint")  # the live view has none
    assert page.locator(".tests .hint").count() == 1
    for part in (".tests .tag", ".tests td.number", ".tests .hint", ".tests pre"):
        assert max(right_edges(page, part)) <= WIDTH, part


def test_lists_have_their_markers_and_headings_stay_whole(browser, site):
    page, _ = log_in(browser, site, **PHONE)
    page.goto(f"{site}/assignments/clustering/kmeans")
    assert page.locator(".statement li").count() > 5
    overflow = page.eval_on_selector_all(".statement li", "found => found.map(e => getComputedStyle(e).overflowX)")
    assert set(overflow) == {"visible"}  # a marker stands outside of its item
    lines = """found => found.map(e => {
      const range = document.createRange(); range.selectNodeContents(e); return range.getClientRects().length; })"""
    headings = page.eval_on_selector_all(".statement th:not(:has(math)):not(:empty)", lines)
    assert set(headings) == {1}


def test_the_live_view_begins_again_when_grading_does(browser, site, sqlite, tmp_path):
    page, _ = log_in(browser, site, locale="en")
    upload(page, site, tmp_path)
    begun = [
        {"event": "tests", "count": 2},
        {"event": "test", "name": "a", "title": {"en": "First"}, "visibility": "always", "verdict": "passed",
         "points": 1, "max_points": 1, "seconds": 0.1},
    ]  # fmt: skip
    for attempt, tests in ((1, [*begun, {**begun[1], "title": {"en": "Second"}}]), (2, begun)):
        now = datetime.now(UTC)
        with sqlite.writing() as session:
            job = session.query(Job).one()
            job.state, job.run_after = "queued", now
        with sqlite.writing() as session:
            held = jobs.claim(session, job.id, f"worker {attempt}", now)
            assert jobs.add_events(session, held, tests)
        page.wait_for_selector("#live-tests tr:has-text('Second')", state="attached" if attempt == 1 else "detached")
    page.wait_for_selector("#live-tests tr:has-text('First')")
    assert page.locator("#live-tests").inner_text().split() == ["First", "passed", "1", "/", "1"]
    assert page.evaluate("document.getElementById('live-progress').value") == 1
