"""Marking in a real browser: from the keyboard, by pasting from a spreadsheet, and without script."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from grader.store import people
from grader.store.models import DefenceMark, TheoryMark
from tests.browser.conftest import log_in
from tests.web.conftest import PASSWORDS
from tests.web.test_marking import LAB, graded

pytestmark = pytest.mark.browser

PASTE = """([selector, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(event);
}"""


class Site:
    """What `graded` takes."""

    def __init__(self, database) -> None:
        self.database = database


@pytest.fixture
def crowd(site, sqlite):
    """An instructor and three students, each with a lab that waits."""
    now = datetime.now(UTC)
    with sqlite.writing() as session:
        people.add_user(session, "boss", "Boss", role="instructor", password=PASSWORDS["boss"], now=now)
        for login in ("boris", "clara"):
            people.add_user(session, login, login.title(), password=None, now=now)
    for login in ("anna", "boris", "clara"):
        graded(Site(sqlite), login, LAB)
    return sqlite


def marked(database) -> list[tuple[str, str]]:
    with database.reading() as session:
        names = {user.id: user.login for user in people.students(session)}
        return sorted((names[mark.user_id], str(mark.share)) for mark in session.query(DefenceMark))


def test_defences_are_marked_with_one_keystroke_and_undone(browser, site, crowd):
    page, errors = log_in(browser, site, "boss", locale="en")
    page.goto(f"{site}/marking/defences")
    rows = page.locator("#defences tbody tr")
    page.keyboard.press("j")
    page.keyboard.press("d")
    rows.nth(0).locator("text=Undo").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("s")
    page.keyboard.type("0,5")
    page.keyboard.press("Enter")
    rows.nth(1).locator("text=Undo").wait_for()
    assert marked(crowd) == [("anna", "1"), ("boris", "1/2")]
    page.keyboard.press("k")
    page.keyboard.press("u")
    rows.nth(0).locator("button:has-text('Defended')").wait_for()
    assert marked(crowd) == [("boris", "1/2")]
    assert errors == []


def test_what_somebody_else_has_marked_is_told_and_not_overwritten(browser, site, crowd):
    page, _ = log_in(browser, site, "boss", locale="en")
    page.goto(f"{site}/marking/defences")
    other, _ = log_in(browser, site, "boss", locale="en")
    other.goto(f"{site}/marking/defences")
    other.locator("#defences [name=share]").first.fill("0.5")
    other.locator("#defences button:has-text('Defended')").first.click()
    other.locator("#defences button:has-text('Undo')").first.wait_for()
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.locator("#defences tr", has_text="marked as defended before").wait_for()
    assert marked(crowd) == [("anna", "1/2")]


def test_a_block_of_a_spreadsheet_fills_the_grid(browser, site, crowd):
    page, errors = log_in(browser, site, "boss", locale="en")
    page.goto(f"{site}/marking/theory")
    first = "#theory tbody tr:nth-child(1) td:nth-child(3) input"
    page.evaluate(PASTE, [first, "40,5\t35\r\n\t\r\n41\t36\r\n9\t9\r\n"])
    assert page.locator("#paste-said").inner_text() == "Cells that had no place: 9, 9"
    page.locator("#theory tbody tr:nth-child(2) td:nth-child(2) input:not([type=hidden])").fill("33")
    page.click("main button:has-text('Save')")
    page.wait_for_selector("text=Students changed: 3.")
    with crowd.reading() as session:
        names = {user.id: user.login for user in people.students(session)}
        kept = {names[m.user_id]: (m.test, m.exam_minimum, m.exam_ticket) for m in session.query(TheoryMark)}
    assert {login: [None if v is None else str(v) for v in row] for login, row in kept.items()} == {
        "anna": [None, "81/2", "35"],
        "boris": ["33", None, None],
        "clara": [None, "41", "36"],
    }
    assert errors == []


def test_defences_and_theory_work_without_script(browser, site, crowd):
    page, _ = log_in(browser, site, "boss", locale="en", java_script_enabled=False)
    page.goto(f"{site}/marking/defences")
    page.locator("#defences button:has-text('Defended')").first.click()
    page.wait_for_selector("text=Waiting for their defence: 2")
    page.goto(f"{site}/marking/theory")
    page.locator("#theory input:not([type=hidden])").first.fill("12,5")
    page.click("main button:has-text('Save')")
    page.wait_for_selector("text=Students changed: 1.")
    assert marked(crowd) == [("anna", "1")]


def test_pages_of_marking_are_not_wider_than_a_phone(browser, site, crowd):
    page, errors = log_in(browser, site, "boss", locale="ru", viewport={"width": 375, "height": 800})
    with crowd.reading() as session:
        anna = people.by_login(session, "anna").id
    for path in ("/marking/defences", "/marking/theory", "/marking/extensions", "/audit/", f"/gradebook/people/{anna}"):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, path
    assert errors == []
