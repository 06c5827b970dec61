"""How a suite's points become the course's: on an assignment's page and an upload's, with the student's own numbers."""

from __future__ import annotations

import pytest

from grader.store.models import Submission
from tests.web.conftest import post
from tests.web.test_marking import LAB, OLD_LAB, TASK, graded, sheet, text_of

# A lab of 30 points, its deadline ten days ago: 3 of 4 points of the suite, two started weeks late.
NUMBERS = {
    "en": ("75 % (tests) × 30 × 0.73 (weeks late: 2) = 16.50", "A week that has begun counts whole."),
    "ru": ("75 % (тесты) × 30 × 0,73 (опоздание в неделях: 2) = 16,50", "Начатая неделя считается целой."),
}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_late_lab_is_counted_step_by_step_on_both_pages(site, language):
    graded(site, "anna", OLD_LAB)
    anna = site.client("anna", language)
    with site.database.reading() as session:
        upload = session.query(Submission).one().id
    for page in (f"/assignments/{OLD_LAB}", f"/submissions/{upload}"):
        shown = text_of(anna.get(page).text)
        assert all(part in shown for part in NUMBERS[language]), page
        assert ("once it is defended" if language == "en" else "после защиты") in shown
    boss = site.client("boss")
    post(boss, f"{sheet(site)}/defence/{OLD_LAB}", {"share": "0.5", "note": ""}, page=sheet(site))
    shown = text_of(anna.get(f"/submissions/{upload}").text)
    assert ("× 0.50 (defence) = 8.25" if language == "en" else "× 0,50 (защита) = 8,25") in shown
    assert ("This is the upload that counts." if language == "en" else "Засчитывается эта загрузка.") in shown


def test_another_upload_and_points_set_by_staff_are_told(site):
    graded(site, "anna", TASK, 1)
    graded(site, "anna", TASK, 3)
    anna = site.client("anna")
    with site.database.reading() as session:
        worse, better = [one.id for one in session.query(Submission).order_by(Submission.received_at)]
    shown = text_of(anna.get(f"/submissions/{worse}").text)
    assert "25 % (tests) × 15 = 3.75" in shown
    assert "Another upload counts, with 11.25 points." in shown
    assert f'href="/submissions/{better}"' in anna.get(f"/submissions/{worse}").text
    shown = text_of(anna.get(f"/assignments/{TASK}").text)
    assert "My best upload: 75 % (tests) × 15 = 11.25" in shown
    assert "The deadline is strict" in shown
    post(site.client("boss"), f"{sheet(site)}/override", {"name": TASK, "points": "9", "reason": "x"}, page=sheet(site))
    assert "Staff have set other points, and those count: 9." in text_of(anna.get(f"/submissions/{better}").text)


def test_before_anything_was_handed_in_the_rules_stand_there_alone(site):
    shown = text_of(site.client("boris").get(f"/assignments/{LAB}").text)
    assert "All points of the tests together are worth 40 points of the course" in shown
    assert "A lab counts once it was defended" in shown
    assert "My best upload" not in shown
