"""Hostile text, written into the database past every check, looked at in a real browser by everybody who can see it.

No script runs, nothing is asked of another site, no page is left, nothing goes wrong, whatever the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from grader.core.assignment import assignments_folder, load
from grader.core.report import Raised, Report, TestResult
from grader.core.submission import Submission as Content
from grader.core.verdicts import Verdict
from grader.staff import invitations
from grader.store import audit, jobs, people, submissions, tokens
from grader.store.models import BonusEntry, DefenceMark, Extension, Job, OverrideMark, User
from tests.browser.conftest import log_in
from tests.web.conftest import PASSWORDS
from tests.web.payloads import PAGE

pytestmark = pytest.mark.browser

KMEANS = "clustering/kmeans"
NEVER = "iframe, base, meta[http-equiv], [onerror], [onload], [onfocus], a[href^=javascript]"
SOURCE = "def kmeans(X, start):\n    '{}'\n    return start\n"


@pytest.fixture
def filled(site, sqlite):
    """The address of a site full of such texts, and what leads to its pages."""
    now, assignment = datetime.now(UTC), load(KMEANS, assignments_folder())
    with sqlite.writing() as session:
        anna = session.query(User).filter_by(login="anna").one()
        for login, role in (("tutor", "assistant"), ("boss", "instructor")):
            people.add_user(session, login, PAGE[1], role=role, password=PASSWORDS[login], now=now)
        boss = session.query(User).filter_by(login="boss").one()
        anna.name = anna.group = anna.team = PAGE[0]
        ids = [_submission(session, anna, assignment, text, now) for text in PAGE]
        for number, text in enumerate(PAGE):
            other = people.add_user(session, f"s{number}", text, group=text, password=None, now=now)
            given = {"reason": text, "given_by": boss.id}
            link = f"javascript:{text}"
            session.add(BonusEntry(user_id=anna.id, points=Fraction(1), link=link, created_at=now, **given))
            for user in [other, *([anna] if number == 0 else [])]:
                common = {"user_id": user.id, "assignment": KMEANS}
                until = now + timedelta(days=1)
                session.add(Extension(**common, deadline=until, created_at=now, **given))
                session.add(OverrideMark(**common, points=Fraction(1), at=now, **given))
                session.add(DefenceMark(**common, share=Fraction(1), note=text, marked_by=boss.id, at=now))
            tokens.issue(session, anna, text, ["read"], now=now)
            audit.append(session, boss.id, "mark.tried", anna.id, {"a": text}, {text: text}, now=now, reason=text)
        broken = _submission(session, anna, assignment, PAGE[2], now, graded=False)
        job = session.query(Job).filter_by(submission_id=broken).one()
        job.state, job.error = "broken", PAGE[0]
        invited = session.query(User).filter_by(login="s0").one()
        secret = invitations.invite(session, invited, actor=boss, now=now)
        values = {"user_id": anna.id, "name": KMEANS, "submission_id": ids[0], "secret": secret, "first": ids[0]}
    return site, values, [*ids, broken]


def _submission(session, user, assignment, text, now, *, graded=True) -> str:
    source = SOURCE.format(text.replace("'", "\\'")).encode()
    content = Content(f"{text}.py"[:90], {f"{text}.py"[:90]: source})
    made, job = submissions.record(session, user, assignment, content, source, now=now)
    if graded:
        held = jobs.claim(session, job.id, "test", now)
        raised = Raised(text, content.entry, 2, text)
        told = {"title": {"en": text, "ru": text}, "hint": {"en": text, "ru": text}}
        test = TestResult(
            text, Verdict.ERROR, Fraction(0), Fraction(1), raised=raised, message=text, output=text, **told
        )
        assert jobs.finish(
            session, held, Report(KMEANS, "hidden", (test,), "docker", 0.5, provenance={text: text}), now
        )
    return made.id


def pages(values: dict[str, str], ids: list[str]) -> Iterator[str]:
    """Every page there is for a browser to show, and all submissions."""
    user = values["user_id"]
    yield from ("/", "/standing", "/standing/transcript", "/account", f"/assignments/{KMEANS}")
    yield from (f"/submissions/{submission}" for submission in ids)
    yield from ("/gradebook/", f"/gradebook/people/{user}", f"/gradebook/people/{user}/transcript")
    yield from ("/marking/defences", "/marking/theory", "/marking/extensions", "/codeforces/", "/status", "/audit/")
    yield from ("/statistics/", f"/statistics/{KMEANS}", "/similarity/", f"/similarity/?assignment={KMEANS}")
    yield from (f"/similarity/{ids[0]}/{ids[1]}/{KMEANS}", "/regrades/", "/people", f"/people/{user}", "/people/import")
    yield f"/invitation/{values['secret']}"


@pytest.mark.parametrize("login", ["anna", "tutor", "boss"])
def test_no_text_runs_asks_elsewhere_or_leads_away(browser, filled, login):
    url, values, ids = filled
    page, complaints = log_in(browser, url, login)
    asked, dialogs, shown = [], [], 0
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    complaints.clear()
    for path in pages(values, ids):
        answer = page.goto(url + path)
        assert answer.status in (200, 404, 405), (path, answer.status)
        assert page.evaluate("window.hit") is None, path
        assert page.url == url + path, path
        assert page.locator(NEVER).count() == 0, path
        shown += answer.status == 200
    assert shown >= (15 if login == "anna" else 22), shown
    assert not dialogs
    assert not [one for one in asked if not one.startswith((url, "data:"))]
    assert not [one for one in complaints if "status of 40" not in one], complaints
