"""Regrades: which results are out of date, what grading them again changes, and that it can be taken back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from sqlalchemy import event, func, select

from grader.cli import cli
from grader.core.assignment import load
from grader.core.course import Course, CourseItem
from grader.core.editions import reference_sha256, suite_sha256
from grader.core.errors import BadInput
from grader.core.report import Report, TestResult, from_json
from grader.core.submission import Submission as Content
from grader.core.verdicts import Verdict
from grader.harness import sandbox
from grader.harness.zygote import Zygote
from grader.staff import regrade_moves, regrades
from grader.staff.regrade_moves import Moved
from grader.staff.regrade_preview import history, overviews, preview
from grader.store import audit, jobs, mails, people, standings, submissions
from grader.store.engine import Database
from grader.store.models import AuditEntry, Job, Mail, RegradeItem, Result, Submission, User
from tests.in_force import put_in_force
from worker.grading import Grader
from worker.health import Health
from worker.settings import Settings
from worker.spares import Spares

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
NAME = "clustering/kmeans"
F = Fraction


def copied(folder: Path) -> Path:
    """A folder of assignments with one in it, and the references beside it, to be changed by a test."""
    shutil.copytree(ROOT / "assignments" / NAME, folder / "assignments" / NAME)
    shutil.copytree(ROOT / "reference", folder / "reference")
    return folder / "assignments"


@dataclass
class Class:
    """A course with one task worth 20 points, and graders that say what a test tells them to."""

    database: Database
    folder: Path
    users: dict[str, User] = field(default_factory=dict)
    now: datetime = NOW

    @property
    def course(self) -> Course:
        assignment = load(NAME, self.folder)
        item = CourseItem(NAME, "task", assignment.title, F(20), assignment=assignment)
        return Course({"en": "ML", "ru": "МО"}, ZoneInfo("UTC"), (item,), sha256="one")

    def person(self, login: str, role: str = "student", team: str = "") -> User:
        with self.database.writing() as session:
            user = people.add_user(session, login, login.title(), role=role, password=None, now=NOW)
            user.team = team
        self.users[login] = user
        return user

    def upload(self, login: str, points: int | None = None, *, minutes: int = 0, source: bytes = b"1") -> str:
        """A submission, with these points of ten unless a worker is to grade it."""
        content, at = Content("k.py", {"k.py": source}), self.now + timedelta(minutes=minutes)
        with self.database.writing() as session:
            submission, job = submissions.record(
                session,
                self.users[login],
                load(NAME, self.folder),
                content,
                source,
                team=bool(self.users[login].team),
                now=at,
            )
        if points is not None:
            self.grade(job.id, points)
        return submission.id

    def grade(self, job_id: str, points: int) -> None:
        """What a worker would store, with today's suite and reference."""
        assignment = load(NAME, self.folder)
        test = TestResult("t", Verdict.PASSED, F(points), F(10))
        made_with = {"suite_sha256": suite_sha256(assignment), "reference_sha256": reference_sha256(assignment)}
        with self.database.writing() as session:
            held = jobs.claim(session, job_id, "w", NOW + timedelta(days=1))
            assert held is not None
            assert jobs.finish(session, held, Report(NAME, "hidden", (test,), "docker", 0.1, provenance=made_with), NOW)

    def change_suite(self) -> None:
        suite = self.folder / NAME / "hidden" / "test_kmeans.py"
        suite.write_text(suite.read_text() + "\nCHANGED = 1\n")

    def start(self, which: str = "all", **options) -> str:
        options = {"why": "a wrong test", "actor": self.users["boss"], "now": self.now, **options}
        return regrades.start(self.database, self.course, NAME, which=which, **options)

    def regrade_jobs(self, regrade_id: str) -> dict[str, str]:
        """The jobs by submission."""
        with self.database.reading() as session:
            found = session.scalars(select(RegradeItem).where(RegradeItem.regrade_id == regrade_id))
            return {item.submission_id: item.job_id for item in found}

    def apply(self, regrade_id: str) -> Moved:
        with self.database.writing() as session:
            return regrade_moves.apply(session, regrade_id, actor=self.users["boss"], now=NOW)

    def roll_back(self, regrade_id: str) -> Moved:
        with self.database.writing() as session:
            return regrade_moves.roll_back(session, regrade_id, actor=self.users["boss"], now=NOW)

    def withdraw(self, regrade_id: str) -> int:
        with self.database.writing() as session:
            return regrade_moves.withdraw(session, regrade_id, actor=self.users["boss"], now=NOW)

    def points(self, login: str) -> Fraction:
        user = self.users[login]
        return standings.standings(self.database, self.course, [user])[user.id].marks[0].points


@pytest.fixture
def course(database, tmp_path) -> Class:
    """Anna has two submissions (8 and 6 of 10), Boris one (5)."""
    made = Class(database, copied(tmp_path))
    made.person("boss", "instructor")
    for login in ("anna", "boris"):
        made.person(login)
    made.upload("anna", 8)
    made.upload("anna", 6, minutes=5)
    made.upload("boris", 5)
    return made


def out_of_date(course: Class) -> list[tuple[int, int]]:
    return [(one.results, one.old) for one in regrades.out_of_date(course.database, course.course)]


def test_a_changed_suite_and_a_changed_reference_make_results_out_of_date(course):
    assert out_of_date(course) == [(3, 0)]
    reference = course.folder.parent / "reference" / "clustering" / "centers" / "kmeans.py"
    kept = reference.read_text()
    reference.write_text(kept + "\nCHANGED = 1\n")
    assert out_of_date(course) == [(3, 3)]
    reference.write_text(kept)
    course.change_suite()
    assert out_of_date(course) == [(3, 3)]
    course.upload("boris", 7)
    assert out_of_date(course) == [(4, 3)]


def test_which_submissions_are_chosen(course):
    with pytest.raises(BadInput, match="nothing to grade again"):
        course.start()
    assert len(course.regrade_jobs(course.start(everything=True))) == 3
    course.change_suite()
    assert len(course.regrade_jobs(course.start("all"))) == 3
    fresh = course.upload("boris", 7, minutes=9)
    assert len(course.regrade_jobs(course.start("all"))) == 3, "the new one is not out of date"
    with course.database.reading() as session:
        by_score = {score: submission for submission, score in session.execute(
            select(Submission.id, Result.score).join(Result, Result.id == Submission.result_id)
        )}  # fmt: skip
    assert set(course.regrade_jobs(course.start("counting"))) == {by_score[8]}
    assert set(course.regrade_jobs(course.start("latest"))) == {by_score[6]}
    assert set(course.regrade_jobs(course.start("latest", everything=True))) == {by_score[6], fresh}


def test_jobs_wait_behind_new_submissions_in_the_queue_of_regrades(course):
    regrade = course.start(everything=True)
    with course.database.reading() as session:
        found = session.scalars(select(Job).where(Job.key == f"regrade:{regrade}")).all()
        assert {(job.queue, job.priority, job.state) for job in found} == {
            ("numpy.regrades", jobs.REGRADE_PRIORITY, "queued")
        }
    course.upload("boris", minutes=30)
    with course.database.reading() as session:
        queues = ["numpy", "numpy.regrades"]
        first = session.get_one(Job, jobs.next_waiting(session, queues, NOW + timedelta(days=1)))
        assert first.key == "first"


def regraded(course: Class, points: dict[int, int], which: str = "all") -> str:
    """A regrade that is done: new points by old ones."""
    course.change_suite()
    regrade = course.start(which)
    for submission, job in course.regrade_jobs(regrade).items():
        with course.database.reading() as session:
            old = session.get_one(Result, session.get_one(Submission, submission).result_id).score
        course.grade(job, points[int(old)])
    return regrade


def test_those_whose_score_changes_are_mailed_when_it_is_applied_and_rolled_back(course):
    """Anna's two results change, Boris' one does not; nothing is queued before it counts."""
    with course.database.writing() as session:
        mails.note_service(session, active=True, error="", now=NOW)
        for login in ("anna", "boris"):
            people.by_login(session, login).email = f"{login}@example.org"
    regrade = regraded(course, {8: 4, 6: 7, 5: 5})
    queued = []
    for step in (lambda _: None, course.apply, course.roll_back):
        step(regrade)
        with course.database.reading() as session:
            queued.append([row.user.login for row in session.scalars(select(Mail))])
    assert queued == [[], ["anna"], ["anna", "anna"]]


def test_nothing_changes_before_it_is_applied_and_everything_comes_back(course):
    """Of 20 points: Anna's 8/10 is 16, and becomes 4/10 so that her 6/10 counts, 12. Boris' 5/10 becomes 9/10: 18."""
    regrade = regraded(course, {8: 4, 6: 6, 5: 9})
    assert (course.points("anna"), course.points("boris")) == (16, 10)
    told = preview(course.database, course.course, regrade)
    assert [(c.user.login, c.effect.before.points, c.effect.after.points) for c in told.changes] == [
        ("anna", 16, 12), ("boris", 10, 18),
    ]  # fmt: skip
    assert [(s.old_score, s.new_score) for s in told.changes[0].submissions] == [((8, 10), (4, 10))]
    assert (told.same, told.broken, told.left) == (1, [], [])

    assert course.apply(regrade) == Moved(3, 2, 0)
    assert (course.points("anna"), course.points("boris")) == (12, 18)
    assert out_of_date(course) == [(3, 0)]
    again = preview(course.database, course.course, regrade)
    assert [c.effect for c in again.changes] == [c.effect for c in told.changes]

    assert course.roll_back(regrade) == Moved(3, 2, 0)
    assert (course.points("anna"), course.points("boris")) == (16, 10)
    for call in (course.apply, course.roll_back):
        with pytest.raises(BadInput):
            call(regrade)


def test_the_final_score_is_that_of_the_formula(course):
    """T = 36: Boris' final score is sqrt(36 * 10) = 18.97 before and sqrt(36 * 18) = 25.46 after."""
    from grader.core.scoring import rounded
    from grader.store.models import TheoryMark

    with course.database.writing() as session:
        session.add(TheoryMark(user_id=course.users["boris"].id, test=F(36)))
    told = preview(course.database, course.course, regraded(course, {8: 8, 6: 6, 5: 9}))
    (boris,) = told.changes
    assert str(rounded(boris.effect.final_before)) == "18.97"
    assert str(rounded(boris.effect.final_after)) == "25.46"
    assert told.same == 2


def seeds_of(course: Class, regrade: str) -> dict[str, str]:
    """By submission, what its job of a regrade draws its inputs from."""
    with course.database.reading() as session:
        return {
            submission: jobs.seed_of(session, session.get_one(Job, job), session.get_one(Submission, submission))
            for submission, job in course.regrade_jobs(regrade).items()
        }


def own_seeds(course: Class) -> dict[str, str]:
    with course.database.reading() as session:
        return dict(session.execute(select(Submission.id, Submission.seed)).all())


def test_the_same_inputs_are_met_again_and_other_ones_where_that_is_wanted(course):
    assert seeds_of(course, course.start(everything=True)) == own_seeds(course)
    others = seeds_of(course, course.start(other_inputs=True))
    assert others.keys() == own_seeds(course).keys(), "also what is not out of date"
    assert len(set(others.values())) == 2, "both submissions of Anna's meet the same ones"
    assert not set(others.values()) & set(own_seeds(course).values())
    assert not set(seeds_of(course, course.start(other_inputs=True)).values()) & set(others.values())


def test_what_was_graded_with_other_inputs_meets_those_again_once_they_count(course):
    regrade = course.start(other_inputs=True)
    others = seeds_of(course, regrade)
    for job in course.regrade_jobs(regrade).values():
        course.grade(job, 7)
    assert course.points("anna") == 16
    assert seeds_of(course, course.start(everything=True)) == own_seeds(course), "it was not applied"
    course.apply(regrade)
    assert course.points("anna") == 14
    assert seeds_of(course, course.start(everything=True)) == others
    with course.database.writing() as session:
        again = jobs.enqueue_after_due(session, next(iter(others)), "numpy", NOW)
        submission = session.get_one(Submission, again.submission_id)
        assert jobs.seed_of(session, again, submission) == others[submission.id]
    course.roll_back(regrade)
    assert seeds_of(course, course.start(everything=True)) == own_seeds(course)
    with course.database.reading() as session:
        again, submission = session.get_one(Job, again.id), session.get_one(Submission, again.submission_id)
        assert jobs.seed_of(session, again, submission) == submission.seed


def test_one_submission_alone_is_graded_again(course):
    boris = next(one for one, user in authors_of(course) if user == "boris")
    regrade = course.start(only=boris[:8], other_inputs=True)
    assert set(course.regrade_jobs(regrade)) == {boris}
    with course.database.reading() as session:
        told = session.scalars(select(AuditEntry).where(AuditEntry.action == "regrade.started")).one()
        assert (told.reason, told.actor) == ("a wrong test", course.users["boss"].id)
        assert told.after == {
            "assignment": NAME, "which": "one", "other inputs": True, "submissions": 1, "submission": boris,
        }  # fmt: skip
    assert set(seeds_of(course, course.start(only=boris)).items()) <= set(own_seeds(course).items())
    waiting = course.upload("boris", minutes=50)
    for wrong in (waiting, "nothing", "%"):
        with pytest.raises(BadInput, match="no upload"):
            course.start(only=wrong)
    with pytest.raises(BadInput):
        course.start(only=boris, why=" ")


def authors_of(course: Class) -> list[tuple[str, str]]:
    with course.database.reading() as session:
        return list(session.execute(select(Submission.id, User.login).join(User, User.id == Submission.user_id)).all())


def test_every_change_of_a_score_is_in_the_log_and_results_stay(course):
    regrade = regraded(course, {8: 4, 6: 6, 5: 9})
    course.apply(regrade)
    course.roll_back(regrade)
    with course.database.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
        told = [
            (e.action, e.after.get("score") if e.after else None) for e in entries if "re" in e.action.split(".")[0]
        ]
        assert [action for action, _ in told] == [
            "regrade.started",
            *["result.replaced"] * 2, "regrade.applied",
            *["result.replaced"] * 2, "regrade.rolled-back",
        ]  # fmt: skip
        assert {score for action, score in told[1:3]} == {"4/10", "9/10"}
        assert {score for action, score in told[4:6]} == {"8/10", "5/10"}
        assert audit.first_break(session) is None
        assert session.scalar(select(func.count()).select_from(Result)) == 6


def test_it_is_not_applied_while_submissions_are_being_graded(course):
    course.change_suite()
    regrade = course.start()
    with pytest.raises(BadInput, match="3 submissions are still"):
        course.apply(regrade)
    with course.database.reading() as session:
        (one,) = overviews(session)
        assert (one.total, one.waiting, one.regrade.state) == (3, 3, "planned")
    assert course.points("anna") == 16


def test_one_that_is_withdrawn_is_graded_no_further_and_never_counts(course):
    """Of four jobs one is graded by then, one held by a worker, one broken, one waits."""
    course.upload("boris", 3, minutes=7)
    course.change_suite()
    regrade = course.start()
    graded, running, failed, waiting = course.regrade_jobs(regrade).values()
    course.grade(graded, 0)
    later = NOW + timedelta(hours=1)
    with course.database.writing() as session:
        held = jobs.claim(session, running, "w", later)
        assert held is not None
        for attempt in range(1, jobs.ATTEMPTS + 1):
            lost = jobs.claim(session, failed, "w", later + timedelta(hours=attempt))
            jobs.fail(session, lost, "the engine is away", NOW)
    assert course.withdraw(regrade) == 2

    with course.database.writing() as session:
        report = Report(NAME, "hidden", (), "docker", 0.1)
        assert not jobs.heartbeat(session, held, later)
        assert not jobs.add_events(session, held, [{"event": "test"}])
        assert not jobs.finish(session, held, report, later)
        assert not jobs.fail(session, held, "the worker was lost", later)
        assert jobs.claim(session, waiting, "w", later) is None
        assert submissions.broken(session) == []
        assert jobs.queue_lengths(session) == {}
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
        assert (last.action, last.subject, last.after["stopped"]) == ("regrade.withdrawn", regrade, 2)
    told = preview(course.database, course.course, regrade)
    assert (told.overview.regrade.state, told.overview.waiting, told.broken, told.left) == ("withdrawn", 0, [], [])
    for call in (course.apply, course.roll_back, course.withdraw):
        with pytest.raises(BadInput):
            call(regrade)
    assert (course.points("anna"), course.points("boris")) == (16, 10)
    assert out_of_date(course) == [(4, 4)]


def test_one_that_was_applied_is_rolled_back_not_withdrawn(course):
    regrade = regraded(course, {8: 4, 6: 6, 5: 9})
    course.apply(regrade)
    with pytest.raises(BadInput, match="not applied"):
        course.withdraw(regrade)
    assert course.points("boris") == 18
    assert course.roll_back(regrade) == Moved(3, 2, 0)


def test_what_we_cannot_grade_keeps_its_result_and_is_listed(course):
    course.change_suite()
    regrade = course.start("counting")
    for job in course.regrade_jobs(regrade).values():
        now = NOW
        for _ in range(jobs.ATTEMPTS):
            now += timedelta(hours=1)
            with course.database.writing() as session:
                held = jobs.claim(session, job, "w", now)
                jobs.fail(session, held, "the engine is away", now)
    told = preview(course.database, course.course, regrade)
    assert [(user.login, outcome.error) for user, outcome in told.broken] == [
        ("anna", "the engine is away"), ("boris", "the engine is away"),
    ]  # fmt: skip
    assert course.apply(regrade) == Moved(0, 0, 0)
    assert (course.points("anna"), course.points("boris")) == (16, 10)


def test_what_was_decided_on_since_is_left_alone(course):
    first = regraded(course, {8: 1, 6: 1, 5: 1})
    second = regraded(course, {8: 9, 6: 9, 5: 9})
    course.apply(second)
    told = preview(course.database, course.course, first)
    assert told.changes == []
    assert len(told.left) == 3
    assert course.apply(first) == Moved(0, 0, 3)
    assert (course.points("anna"), course.points("boris")) == (18, 18)
    third = regraded(course, {9: 10})
    course.apply(third)
    assert course.roll_back(second) == Moved(0, 0, 3)
    assert course.points("boris") == 20
    course.roll_back(third)
    assert course.points("boris") == 18


def test_a_later_upload_is_not_touched(course):
    course.change_suite()
    regrade = course.start("latest")
    course.upload("boris", 10, minutes=60)
    for job in course.regrade_jobs(regrade).values():
        course.grade(job, 0)
    course.apply(regrade)
    assert course.points("boris") == 20


def test_a_team_s_submission_is_graded_once_and_counts_for_all(course):
    for login in ("clara", "dmitri"):
        course.person(login, team="T")
    course.upload("clara", 2)
    course.change_suite()
    regrade = course.start("counting")
    jobs_of = course.regrade_jobs(regrade)
    assert len(jobs_of) == 3
    for job in jobs_of.values():
        course.grade(job, 7)
    told = preview(course.database, course.course, regrade)
    assert {c.user.login: c.effect.after.points for c in told.changes if c.user.team} == {"clara": 14, "dmitri": 14}
    course.apply(regrade)
    assert (course.points("clara"), course.points("dmitri")) == (14, 14)


def test_a_submission_tells_its_history(course):
    regrade = regraded(course, {8: 4, 6: 6, 5: 9})
    with course.database.reading() as session:
        submission = session.scalars(
            select(Submission.id).join(Result, Result.id == Submission.result_id).where(Result.score == F(8))
        ).one()
        assert history(session, submission) == []
    course.apply(regrade)
    with course.database.reading() as session:
        (told,) = history(session, submission)
    assert (told.at, told.rolled_back_at, told.old, told.new) == (NOW, None, (8, 10), (4, 10))
    course.roll_back(regrade)
    with course.database.reading() as session:
        assert history(session, submission)[0].rolled_back_at == NOW


def test_the_preview_takes_a_number_of_queries_that_does_not_grow(sqlite, tmp_path):
    made, counts = Class(sqlite, copied(tmp_path)), []
    made.person("boss", "instructor")
    for batch in range(3):
        for number in range(4):
            login = f"s{batch}{number}"
            made.person(login)
            made.upload(login, 5)
        regrade = made.start(everything=True)
        for job in made.regrade_jobs(regrade).values():
            made.grade(job, 6)
        preview(sqlite, made.course, regrade)  # standings are kept from here on
        statements: list[str] = []

        def listen(*arguments, kept=statements):
            kept.append(arguments[2])

        event.listen(sqlite.engine, "before_cursor_execute", listen)
        assert len(preview(sqlite, made.course, regrade).changes) == 4 * (batch + 1)
        event.remove(sqlite.engine, "before_cursor_execute", listen)
        counts.append(len(statements))
    assert counts[0] == counts[1] == counts[2]


@pytest.fixture
def worker(sqlite, tmp_path) -> Iterator[tuple[Class, Grader]]:
    """A real worker: a judge that is forked, sandboxes of bubblewrap."""
    made = Class(sqlite, copied(tmp_path), now=datetime.now(UTC))
    zygote = Zygote(made.folder)
    spares = Spares(sandbox.find("bubblewrap"), ["numpy"], 1)
    settings = Settings(sqlite.engine.url.render_as_string(), sandbox="bubblewrap", assignments=made.folder)
    spares.start()
    yield made, Grader(settings, sqlite, zygote, spares, Health(lambda: ""))
    spares.close()
    zygote.close()


ADDED = """

@points(3)
@title(en="Added", ru="Добавлен")
@hint(en="An empty cluster keeps its centre.", ru="Пустой кластер сохраняет центр.")
def test_an_empty_cluster_keeps_its_place(submission):
    X = np.array([[0.0], [1.0]])
    start = np.array([[0.5], [100.0]])
    compare(submission.kmeans(X, start), kmeans(X, start))
"""


@pytest.mark.bubblewrap
def test_from_a_changed_suite_to_changed_marks_with_a_real_worker(worker, tmp_path, monkeypatch):
    made, grader = worker
    made.person("boss", "instructor")
    right = sorted((made.folder / NAME / "accepted").glob("*.py"))[0].read_bytes()
    partly = (ROOT / "grader" / "launch" / "solutions" / "kmeans_partly.py").read_bytes()
    ids = {}
    for login, source in (("anna", right), ("boris", partly)):
        made.person(login)
        ids[login] = made.upload(login, source=source)

    def work() -> None:
        with made.database.reading() as session:
            waiting = session.scalars(select(Job.id).where(Job.state == "queued")).all()
        assert waiting
        for job in waiting:
            assert grader.grade(job)

    work()
    before = made.points("boris")
    assert made.points("anna") == 20
    suite = made.folder / NAME / "hidden" / "test_kmeans.py"
    suite.write_text(suite.read_text() + ADDED)

    # from here on as an instructor does it, on the command line
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(made.folder))
    monkeypatch.setenv("GRADER_DATABASE", made.database.engine.url.render_as_string())
    course = tmp_path / "course.toml"
    course.write_text(f'[title]\nen = "ML"\nru = "МО"\n[[assignment]]\nname = "{NAME}"\npoints = 20\n')
    put_in_force(made.database, course, made.folder)
    monkeypatch.setenv("GRADER_AS", "boss")

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(cli, ["regrade", *arguments], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    assert json.loads(run("out-of-date", "--json")) == [{"assignment": NAME, "results": 2, "out_of_date": 2}]
    run("start", NAME, "--reason", "empty clusters were not tested")
    (listed,) = json.loads(run("list", "--json"))
    work()
    told = json.loads(run("show", listed["id"][:8], "--json"))
    assert told["same"] == 0
    boris = next(change for change in told["changes"] if change["login"] == "boris")
    assert boris["new_points"] < boris["old_points"]
    assert made.points("boris") == before
    assert "2 submissions have another result" in run("apply", listed["id"])
    assert (made.points("anna"), made.points("boris") < before) == (20, True)
    with made.database.reading() as session:
        submission = session.get_one(Submission, ids["boris"])
        report = from_json(session.get_one(Result, submission.result_id).report)
        assert report.tests[-1].title["en"] == "Added"
        assert not report.tests[-1].passed
        assert report.provenance["seed"] == submission.seed
    assert json.loads(run("out-of-date", "--json"))[0]["out_of_date"] == 0
    run("roll-back", listed["id"])
    assert made.points("boris") == before
    assert "anna" in run("show", listed["id"])
