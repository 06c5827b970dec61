"""The rules of the course as students meet them: budgets, opening times, deadlines, tests that are still to come."""

from __future__ import annotations

import io
import itertools
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from grader.core.errors import BadInput
from grader.core.report import Report, TestResult, ToCome
from grader.core.verdicts import Verdict
from grader.harness import parsers
from grader.store import jobs
from grader.store.models import CourseVersion, Extension, GroupExtension, Job, Submission, User
from tests.in_force import put_in_force
from tests.web.conftest import PASSWORDS, SOURCE, TESTS, Site, post
from tests.web.test_sessions import cookie, with_cookie
from web import create_app

PAGE = "/assignments/clustering/kmeans"
HEAD = '[title]\nen = "Another course"\nru = "Другой курс"\n[[assignment]]\nname = "clustering/kmeans"\npoints = 15\n'
LATER = TestResult("late", Verdict.PASSED, Fraction(1), Fraction(1), title={"en": "Told later", "ru": "Потом"})


class Clock:
    """The time that the views are told."""

    def __init__(self, monkeypatch) -> None:
        self.time = datetime.now(UTC)
        for module in ("web.student.views", "web.api.views"):
            monkeypatch.setattr(f"{module}.now", lambda: self.time)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


def set_course(site, *lines: str, head: str = HEAD) -> None:
    """Apply another course under the running application, times in UTC."""
    put_in_force(site.database, head + "".join(f"{line}\n" for line in lines))


def extend(site, login: str, deadline: datetime, *, group: str = "") -> None:
    with site.database.writing() as session:
        common = {
            "assignment": "clustering/kmeans", "deadline": deadline, "reason": "ill",
            "given_by": site.ids["boss"], "created_at": datetime.now(UTC),
        }  # fmt: skip
        session.add(GroupExtension(group=group, **common) if group else Extension(user_id=site.ids[login], **common))


_NUMBERS = itertools.count()


def api(site, login="anna"):
    client = site.app.test_client()
    answer = client.post("/api/v1/tokens", json={"login": login, "password": PASSWORDS[login]})
    headers = {"Authorization": f"Bearer {answer.json['token']}"}

    def call(path: str, content: bytes | None = None):
        if content == SOURCE:  # the same bytes within a minute would be the same upload
            content += b"# %d" % next(_NUMBERS)
        if content is None:
            return client.get(f"/api/v1{path}", headers=headers)
        form = {"assignment": "clustering/kmeans", "file": (io.BytesIO(content), "mine.py")}
        return client.post(f"/api/v1{path}", data=form, headers=headers)

    return call


def listed(call):
    return next(item for item in call("/assignments").json if item["name"] == "clustering/kmeans")


def stored(site) -> int:
    with site.database.reading() as session:
        return session.query(Submission).count()


# -- the course file


def test_a_changed_course_is_shown_without_a_restart(site, anna):
    assert "Machine learning" in anna.get("/").text
    set_course(site)
    page = anna.get("/").text
    assert "Another course" in page
    assert "sequences/lstm" not in page


def test_a_course_that_does_not_fit_any_more_keeps_the_last_good_one_and_tells_staff_on_every_page(site, anna):
    boss = site.client("boss")
    set_course(site)
    assert "Another course" in anna.get("/").text
    with site.database.writing() as session:
        wrong = CourseVersion(number=99, applied_at=datetime.now(UTC), text=f"{HEAD}pointz = 5\n")
        session.add(wrong)
    for page in ("/", "/gradebook/", "/status", PAGE):
        text = boss.get(page).text
        assert "The course in force does not fit the assignments" in text, page
        assert "course.toml, line 7: [[assignment]] pointz must be left out" in text, page
    assert "course.toml, строка 7: [[assignment]] pointz: такого ключа нет" in site.client("boss", "ru").get("/").text
    assert "Another course" in anna.get("/").text
    assert "course.toml" not in anna.get("/").text
    set_course(site)
    assert "does not fit the assignments" not in boss.get("/").text


def test_before_a_course_is_set_pages_say_so_and_the_web_is_not_ready(site, anna):
    with site.database.writing() as session:
        session.query(CourseVersion).delete()
    app = create_app(site.app.extensions["grader"].settings)
    fresh = app.test_client()
    assert fresh.get("/healthz").status_code == 200
    ready = fresh.get("/readyz")
    assert (ready.status_code, ready.json) == (503, {"database": True, "migrations": True, "course": False})
    told = with_cookie(Site(app, site.database, site.ids), cookie(anna)).get("/")
    assert told.status_code == 503
    assert "No course is set yet" in told.text
    set_course(site)
    assert fresh.get("/readyz").status_code == 200


# -- the budget


def test_what_is_left_is_shown_and_enforced_in_both_languages(site, clock):
    set_course(site, "burst = 2", "refill_minutes = 60", head='timezone = "Europe/Moscow"\n' + HEAD)
    clock.time = datetime(2026, 2, 1, 12, tzinfo=UTC)
    anna, russian = site.client("anna"), site.client("anna", "ru")
    assert "Uploads left: 2 of 2." in anna.get(PAGE).text
    assert site.upload(anna).status_code == 302
    clock.time += timedelta(minutes=10)
    assert "left: 1" in anna.get("/").text
    assert site.upload(anna).location.startswith("/submissions/")
    assert stored(site) == 2

    page = anna.get(PAGE).text
    assert "Uploads left: 0 of 2." in page
    assert "Feb 2026, 16:00" in page.replace("\u202f", " ")
    assert 'type="file"' not in page
    site.app.config["WTF_CSRF_ENABLED"] = False  # the form is gone, and its token with it
    for client, told in (
        (anna, "no uploads left for clustering/kmeans; the next one comes at Sun 1 Feb, 16:00 MSK"),
        (russian, "Попыток по заданию clustering/kmeans пока не осталось, следующая появится вс 1 февр., 16:00 МСК"),
    ):
        answer = client.post(PAGE, data={"file": (io.BytesIO(SOURCE + b"#"), "mine.py")})
        assert (answer.status_code, told in answer.text) == (400, True)
    assert stored(site) == 2
    clock.time += timedelta(minutes=50)
    assert "Uploads left: 1 of 2." in anna.get(PAGE).text
    assert site.upload(anna).location.startswith("/submissions/")


def test_what_we_cannot_grade_is_given_back_once_and_then_staff_decide(site):
    set_course(site, "burst = 2")
    anna, russian, boss, tutor = (
        site.client("anna"),
        site.client("anna", "ru"),
        site.client("boss"),
        site.client("tutor"),
    )
    first, second = (site.upload(anna, content=SOURCE + b"#%d" % n).location for n in range(2))
    for location in (first, second):
        site.break_down(location.rsplit("/", 1)[1])
    for client, words in (
        (anna, ("none of your uploads", "staff decides")),
        (russian, ("не потрачена", "решат преподаватели")),
    ):
        for location, told in zip((first, second), words, strict=True):
            page = client.get(location).text
            assert told in page
            assert "the judge" not in page
    assert "Uploads left: 1 of 2." in anna.get(PAGE).text
    told = [api(site)("/submissions/" + location.rsplit("/", 1)[1]).json["costs"] for location in (first, second)]
    assert told == [False, True]

    with site.database.reading() as session:
        path = "/status/give-back/" + session.query(Job).filter_by(submission_id=second.rsplit("/", 1)[1]).one().id
    page = boss.get("/status").text
    assert "the judge &lt;ended&gt;" in page
    assert (page.count("/status/give-back/"), page.count("given back: it takes nothing")) == (1, 1)
    assert "/status/give-back/" not in tutor.get("/status").text
    refused = post(boss, path, {"reason": " "}, page="/status")
    assert (refused.status_code, "The reason" in refused.text) == (400, True)
    assert "Uploads left: 1 of 2." in anna.get(PAGE).text
    post(boss, path, {"reason": "our engine"}, page="/status")
    assert "Uploads left: 2 of 2." in anna.get(PAGE).text
    assert "none of your uploads" in anna.get(second).text
    assert "given back already" in post(boss, path, {"reason": "again"}, page="/status").text
    log = boss.get("/audit/?action=upload.given-back").text
    assert ("our engine" in log, "again</td>" in log) == (True, False)


def test_where_uploads_are_not_limited_nothing_is_said_of_them(site, anna):
    set_course(site)
    made = [site.upload(anna, content=SOURCE + b"#%d" % n).location for n in range(2)]
    for location in made:
        site.break_down(location.rsplit("/", 1)[1])
    assert all("It is our fault" in anna.get(location).text for location in made)
    assert api(site)("/submissions/" + made[1].rsplit("/", 1)[1]).json["costs"] is False


def test_a_budget_without_refill_says_that_there_are_no_more(site, clock):
    set_course(site, "burst = 1")
    anna = site.client("anna")
    assert "There are no more after these." in anna.get(PAGE).text
    site.upload(anna)
    call = api(site)
    refused = call("/submissions", SOURCE)
    assert refused.status_code == 400
    assert "All 1 uploads for clustering/kmeans are used up" in refused.json["detail"]


def test_programs_are_told_what_is_left_too(site, clock):
    set_course(site, "burst = 2", "refill_minutes = 60")
    call = api(site)
    assert (listed(call)["uploads_left"], listed(call)["next_upload_at"]) == (2, None)
    answer = call("/submissions", SOURCE).json
    assert answer["uploads_left"] == listed(call)["uploads_left"] == 1
    assert datetime.fromisoformat(answer["next_upload_at"]) == clock.time + timedelta(hours=1)
    set_course(site)
    assert (listed(call)["uploads_left"], listed(call)["next_upload_at"]) == (None, None)


def test_what_intake_refuses_costs_nothing_and_staff_have_no_limit(site, clock):
    set_course(site, "burst = 1")
    call, staff = api(site), api(site, "tutor")
    assert call("/submissions", b"x = 1").status_code == 400
    assert listed(call)["uploads_left"] == 1
    assert [staff("/submissions", SOURCE).status_code for _ in range(3)] == [201] * 3
    assert listed(staff)["uploads_left"] is None


def test_a_team_spends_together(site, clock):
    set_course(site, "burst = 2", "refill_minutes = 60", "team = true")
    with site.database.writing() as session:
        for login in ("anna", "boris"):
            session.get_one(User, site.ids[login]).team = "pair"
    anna, boris = api(site), api(site, "boris")
    assert anna("/submissions", SOURCE).json["uploads_left"] == 1
    assert listed(boris)["uploads_left"] == 1
    assert boris("/submissions", SOURCE).status_code == 201
    assert anna("/submissions", SOURCE).status_code == 400


def test_uploads_at_once_cannot_overspend(site, clock):
    set_course(site, "burst = 2")
    calls, barrier, codes = [api(site) for _ in range(5)], threading.Barrier(5), []

    def upload(number: int) -> None:
        barrier.wait()
        codes.append(calls[number]("/submissions", SOURCE).status_code)

    threads = [threading.Thread(target=upload, args=(n,)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [201, 201, 400, 400, 400]
    assert stored(site) == 2


BOMB = b"kmeans = " + b"(" * 400_000 + b")" * 400_000


def test_without_a_submission_left_nothing_of_an_upload_is_read(site, clock, monkeypatch):
    set_course(site, "burst = 1")
    site.app.config["WTF_CSRF_ENABLED"] = False  # the form is gone, and its token with it
    anna, call = site.client("anna"), api(site)
    assert call("/submissions", SOURCE).status_code == 201
    monkeypatch.setattr("web.student.service.accept", lambda *a, **k: pytest.fail("it was read"))
    assert "are used up" in call("/submissions", BOMB).json["detail"]
    assert "are used up" in anna.post(PAGE, data={"file": (io.BytesIO(BOMB), "mine.py")}).text
    set_course(site, "opens = 2099-01-01T00:00:00")
    assert "opens on" in call("/submissions", BOMB).json["detail"]


def test_where_too_many_are_read_who_comes_is_told_so_and_loses_nothing(site, clock, monkeypatch, tmp_path):
    set_course(site, "burst = 1")
    monkeypatch.setattr(parsers.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(parsers.os, "cpu_count", lambda: 1)
    monkeypatch.setattr(parsers, "DEFAULT", replace(parsers.DEFAULT, place_seconds=0.1))
    anna, russian, call = site.client("anna"), site.client("anna", "ru"), api(site)
    with parsers.place():
        busy = call("/submissions", SOURCE)
        assert (busy.status_code, busy.content_type) == (503, "application/problem+json")
        assert "try again in a moment" in busy.json["detail"]
        assert int(busy.headers["Retry-After"]) >= 1
        for client, told in ((anna, "Nothing was counted"), (russian, "Ничего не засчитано")):
            page = site.upload(client)
            assert (page.status_code, told in page.text) == (503, True)
            assert "Retry-After" in page.headers
    assert stored(site) == 0
    assert call("/submissions", SOURCE).status_code == 201


def test_few_wait_for_their_uploads_to_be_read_and_leave_pages_their_threads(site, clock, monkeypatch):
    call, places = api(site), site.app.extensions["grader"].uploads
    taken = []
    while (one := places.take()) is not None:
        taken.append(one)
    assert 1 <= len(taken) <= 16
    assert call("/submissions", SOURCE).status_code == 503
    taken.pop()()
    assert [call("/submissions", SOURCE + b"#" * n).status_code for n in range(3)] == [201] * 3


def test_reading_time_is_counted_by_person_though_what_is_refused_costs_no_submission(site, clock, monkeypatch):
    anna, boris = api(site), api(site, "boris")

    def costly(*args, **kwargs):
        with parsers.allowance() as mine:
            mine.take(9.5)
        raise BadInput("no")

    with monkeypatch.context() as patch:
        patch.setattr("web.student.service.accept", costly)
        assert [anna("/submissions", BOMB).status_code for _ in range(7)] == [400] * 7
        late = anna("/submissions", BOMB)
        assert late.status_code == 429
        assert int(late.headers["Retry-After"]) > 60
    assert boris("/submissions", SOURCE).status_code == 201


# -- opening times


def test_before_it_opens_an_item_is_listed_and_closed_for_students_alone(site, clock):
    opens = datetime(2026, 3, 1, 9, tzinfo=UTC)
    set_course(site, "opens = 2026-03-01T09:00:00")
    clock.time = opens - timedelta(seconds=1)
    anna, tutor, call, staff = site.client("anna"), site.client("tutor"), api(site), api(site, "tutor")
    starter, public = "/download/starter/clustering/kmeans", "/download/public/clustering/kmeans"
    picture = "/pictures/clustering/kmeans"
    assert "opens on" in anna.get("/").text
    page = anna.get(PAGE).text
    assert "is not open yet" in page
    assert "<math" not in page
    assert 'type="file"' not in page
    assert starter not in page
    assert picture not in page
    assert [anna.get(path).status_code for path in (starter, public, picture)] == [404, 404, 404]
    assert (listed(call)["open"], datetime.fromisoformat(listed(call)["opens"])) == (False, opens)
    refused = call("/submissions", SOURCE)
    assert (refused.status_code, "clustering/kmeans opens on Sun 1 Mar, 09:00 UTC" in refused.json["detail"]) == (
        400,
        True,
    )
    assert stored(site) == 0

    assert "<math" in tutor.get(PAGE).text
    assert [tutor.get(path).status_code for path in (starter, picture)] == [200, 200]
    assert staff("/submissions", SOURCE).status_code == 201

    clock.time = opens
    assert "<math" in anna.get(PAGE).text
    assert [anna.get(path).status_code for path in (starter, picture)] == [200, 200]
    assert listed(call)["open"]
    assert call("/submissions", SOURCE).status_code == 201


# -- strict deadlines


def test_practice_is_said_before_and_by_the_deadline_that_holds_for_the_student(site, clock):
    due = datetime(2026, 2, 1, 12, tzinfo=UTC)
    set_course(site, "deadline = 2026-02-01T12:00:00")
    clock.time = due
    anna, boris, call = site.client("anna"), site.client("boris"), api(site)
    assert "graded as practice" not in anna.get(PAGE).text  # on the second it is still in time
    clock.time = due + timedelta(minutes=1)
    assert "graded as practice" in anna.get(PAGE).text
    assert (listed(call)["practice"], listed(call)["over"]) == (True, True)
    extend(site, "anna", due + timedelta(hours=1))
    assert "graded as practice" not in anna.get(PAGE).text
    assert "graded as practice" in boris.get(PAGE).text
    assert (listed(call)["practice"], listed(call)["over"]) == (False, False)
    answer = call("/submissions", SOURCE)
    assert answer.json["practice"] is False


def test_a_groups_extension_holds_for_its_students(site, clock):
    set_course(site, "deadline = 2026-02-01T12:00:00")
    clock.time = datetime(2026, 2, 1, 13, tzinfo=UTC)
    call = api(site)
    assert call("/submissions", SOURCE).json["practice"] is True
    extend(site, "", datetime(2026, 2, 1, 14, tzinfo=UTC), group="M1")
    assert call("/submissions", SOURCE).json["practice"] is False


def test_an_extension_that_comes_later_makes_practice_count(site, clock):
    due = datetime(2026, 2, 1, 12, tzinfo=UTC)
    set_course(site, "deadline = 2026-02-01T12:00:00")
    clock.time = due + timedelta(hours=2)
    anna, call = site.client("anna"), api(site)
    location = site.upload(anna).location
    submission_id = location.rsplit("/", 1)[1]
    site.grade(submission_id, TESTS[:1])
    assert "practice: no points" in anna.get(location).text
    assert "practice: no points" in site.client("tutor").get(location).text
    assert call(f"/submissions/{submission_id}").json["practice"] is True
    assert call("/submissions?assignment=clustering/kmeans").json[0]["practice"] is True
    assert listed(call)["mark"]["points"] == 0

    extend(site, "anna", due + timedelta(hours=3))
    assert "practice" not in anna.get(location).text
    assert "practice" not in site.client("tutor").get(location).text
    assert call(f"/submissions/{submission_id}").json["practice"] is False
    assert call("/submissions?assignment=clustering/kmeans").json[0]["practice"] is False
    assert listed(call)["mark"]["points"] == 15
    clock.time = due + timedelta(hours=4)
    page = anna.get(PAGE).text
    assert "graded as practice" in page  # what comes now is late again
    assert page.count("practice") == 1


def test_a_late_lab_is_told_what_it_keeps_by_the_courses_own_formula(site, clock):
    head = HEAD.replace("clustering/kmeans", "sequences/lstm")
    set_course(site, "deadline = 2026-02-01T12:00:00", "[formula]", 'late_lab_keeps = "3/4"', head=head)
    clock.time = datetime(2026, 2, 1, 13, tzinfo=UTC)
    page = site.client("anna").get("/assignments/sequences/lstm").text
    assert "A late lab keeps 0.75 + 0.25 / (1 + w) of its points" in page
    assert "practice" not in page


@pytest.mark.parametrize("login", ["anna", "boris"])
def test_what_is_told_after_the_deadline_goes_by_the_students_own(site, clock, login):
    """Boris has an extension; the test that is told after the deadline is told to Anna first."""
    due = datetime(2026, 2, 1, 12, tzinfo=UTC)
    set_course(site, "deadline = 2026-02-01T12:00:00")
    extend(site, "boris", due + timedelta(days=2))
    clock.time = due - timedelta(hours=1)
    client = site.client(login)
    location = site.upload(client).location
    site.grade(location.rsplit("/", 1)[1], (TESTS[0], replace(LATER, visibility="after_due")))

    def told(at: datetime) -> bool:
        clock.time = at
        return "Told later" in client.get(location).text

    own = due if login == "anna" else due + timedelta(days=2)
    assert not told(own)
    assert told(own + timedelta(minutes=1))


# -- tests that are still to come


def grade_partly(site, submission_id: str, key: str = jobs.FIRST, **changes) -> None:
    now = datetime.now(UTC)
    with site.database.writing() as session:
        if key == jobs.AFTER_DUE:
            jobs.enqueue_after_due(session, submission_id, "numpy", now)
        job = session.query(Job).filter_by(submission_id=submission_id, key=key).one()
        held = jobs.claim(session, job.id, "test", now)
        report = Report("clustering/kmeans", "hidden", TESTS[:1], "docker", 0.5)
        assert jobs.finish(session, held, replace(report, **changes), now)


def test_what_is_still_to_come_is_said_wherever_the_points_are(site, clock):
    set_course(site, "deadline = 2026-02-01T12:00:00")
    clock.time = datetime(2026, 2, 1, 11, tzinfo=UTC)
    anna, call = site.client("anna"), api(site)
    location = site.upload(anna).location
    submission_id = location.rsplit("/", 1)[1]
    with site.database.reading() as session:
        assert session.query(Job).one().defers
    grade_partly(site, submission_id, to_come=ToCome(3, Fraction(8)))
    page = anna.get(location).text
    assert "Tests that run only after the deadline: 3, worth 8 points." in page
    assert "/ 10" in page
    assert "Тестов, которые запустятся только после срока сдачи: 3" in site.client("anna", "ru").get(location).text
    for path in ("/", PAGE, "/standing"):
        assert "so far" in anna.get(path).text.replace("Final score so far", ""), path
    assert "≥ 3</td>" in site.client("boss").get("/gradebook/").text
    answer = call(f"/submissions/{submission_id}").json["report"]
    assert (answer["score"], answer["max_score"], answer["to_come"]["tests"]) == (2, 10, 3)
    assert call("/submissions?assignment=clustering/kmeans").json[0]["complete"] is False
    assert listed(call)["mark"]["points"] == 3  # 2 of 10 of 15 points

    grade_partly(
        site,
        submission_id,
        jobs.AFTER_DUE,
        tests=(TESTS[0], replace(LATER, points=Fraction(8), max_points=Fraction(8))),
    )
    page = anna.get(location).text
    assert "after the deadline" not in page
    assert "Told later" in page
    assert "so far" not in anna.get("/standing").text
    assert listed(call)["mark"]["points"] == 15


def test_nothing_is_deferred_where_nothing_is_to_be_waited_for(site, clock):
    set_course(site)
    call = api(site)
    call("/submissions", SOURCE)
    set_course(site, "deadline = 2026-02-01T12:00:00")
    clock.time = datetime(2026, 2, 1, 13, tzinfo=UTC)
    call("/submissions", SOURCE)
    with site.database.reading() as session:
        assert [job.defers for job in session.query(Job)] == [False, False]


def test_a_teams_upload_waits_as_long_as_one_of_them_can_still_hand_in(site, clock):
    set_course(site, "deadline = 2026-02-01T12:00:00", "team = true")
    with site.database.writing() as session:
        for login in ("anna", "boris"):
            session.get_one(User, site.ids[login]).team = "pair"
    extend(site, "boris", datetime(2026, 2, 2, 12, tzinfo=UTC))
    clock.time = datetime(2026, 2, 1, 13, tzinfo=UTC)
    answer = api(site)("/submissions", SOURCE).json
    assert answer["practice"] is True  # for Anna; for Boris it counts
    with site.database.reading() as session:
        assert session.query(Job).one().defers
    assert api(site, "boris")(f"/submissions/{answer['id']}").json["practice"] is False
