"""The demonstration: the whole course, a handful of people, real uploads through the front door.

What is there already is left as it is: a demonstration that was interrupted is made to its end at the next start.
"""

from __future__ import annotations

import base64
import hmac
import io
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import httpx
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.core import catalogue
from grader.core.assignment import Assignment, load, load_all, names
from grader.core.course import Course
from grader.core.course_example import example
from grader.core.course_part import part
from grader.core.errors import OurFault
from grader.staff.bonus import add_bonus
from grader.staff.defences import mark_defended
from grader.staff.theory import Theory, set_theory
from grader.store import people
from grader.store.engine import Database
from grader.store.models import Job, JobEvent, Submission, User

SOLUTIONS = Path(__file__).resolve().parent / "solutions"

SINCE = timedelta(days=31)  # the course has run: a deadline each week, that of lecture 2 ten days ago
HANDED_IN = (  # by one student: a lab that is late, a task that is too late and only practice, and what is in time
    "autodiff/scalar-graph",
    "hyperparameters/search",
    "deep/perceptron",
    "convolutions/layers",
    "sequences/lstm",
    "clustering/kmeans",
    "audio/fourier",
)


@dataclass(frozen=True)
class Person:
    """Somebody of the demonstration, with the password that is printed."""

    login: str
    name: str
    role: str
    group: str
    password: str


@dataclass(frozen=True)
class Upload:
    """One upload: by whom, for what, which file."""

    login: str
    assignment: str
    file_name: str
    content: bytes
    about: str


def begin(database: Database, course: Course, people_there: list[Person], now: datetime) -> None:
    """Make the people and their marks, unless an earlier start has."""
    with database.reading() as session:
        if people.by_login(session, people_there[0].login) is not None:
            return
    settle(database, course, people_there, now)


def write_course(path: Path, folder: Path, now: datetime) -> None:
    """The file of a course in the middle of its term, with all assignments that there are."""
    groups = part(load_all(folder), catalogue.read(folder).lectures)
    path.write_text(example(groups, (now - SINCE).date()), encoding="utf-8")


def cast(secret: str) -> list[Person]:
    """The people. Their passwords follow from the installation's secret, so that each start can print them."""

    def person(login: str, name: str, role: str = "student", group: str = "M3339") -> Person:
        drawn = hmac.digest(secret.encode(), f"password of {login} in the demonstration".encode(), "sha256")
        password = base64.urlsafe_b64encode(drawn[:9]).decode()
        return Person(login, name, role, group if role == "student" else "", password)

    return [
        person("instructor", "Irina Instructor", "instructor"),
        person("anna", "Anna Ivanova"),
        person("boris", "Boris Petrov"),
        person("clara", "Clara Smirnova", group="M3338"),
        person("dmitri", "Dmitri Sokolov", group="M3338"),
    ]


def settle(database: Database, course: Course, cast_list: list[Person], now: datetime) -> None:
    """Accounts, and marks for theory, bonus and a defence."""
    with database.writing() as session:
        users = {
            p.login: people.add_user(session, p.login, p.name, role=p.role, group=p.group, password=p.password, now=now)
            for p in cast_list
        }
        staff = users["instructor"]
        theory = {
            "anna": Theory(Fraction(54)),
            "boris": Theory(Fraction(40), Fraction(45), Fraction(38)),
            "clara": Theory(Fraction(31)),
        }
        for login, points in theory.items():
            set_theory(session, users[login], points, course.formula, actor=staff, now=now)
        add_bonus(session, users["anna"], Fraction(12), "lecture notes", kind="notes", actor=staff, now=now)
        lab = course.item("autodiff/scalar-graph")
        if lab is not None:
            mark_defended(session, users["anna"], lab, actor=staff, now=now)


def uploads(folder: Path) -> Iterator[Upload]:
    """Right, partly right, endless and hostile solutions, and an untouched starter."""
    for login, file, about in (
        ("boris", "kmeans_partly.py", "partly right"),
        ("clara", "kmeans_endless.py", "loops for ever in some cases"),
        ("dmitri", "kmeans_hostile.py", "hostile"),
    ):
        yield Upload(login, "clustering/kmeans", file, (SOLUTIONS / file).read_bytes(), about)
    for name in names(folder):
        if name in HANDED_IN:
            yield Upload("anna", name, "solution.py", _accepted(load(name, folder)), "right")
        if name == "audio/fourier":
            yield Upload("boris", name, "solution.zip", _starter_zip(load(name, folder)), "the starter, as an archive")


def handed_in(database: Database) -> set[tuple[str, str]]:
    """The logins and assignments of what was handed in before."""
    with database.reading() as session:
        rows = session.execute(select(User.login, Submission.assignment).join(Submission.user))
        return {(login, assignment) for login, assignment in rows}


def hand_in(
    url: str, cast_list: list[Person], folder: Path, there: set[tuple[str, str]], say: Callable[[str], None]
) -> dict[str, Upload]:
    """Upload through the interface what is not there yet; acknowledged submissions by id."""
    tokens: dict[str, str] = {}
    acknowledged: dict[str, Upload] = {}
    with httpx.Client(base_url=f"{url}/api/v1", timeout=30) as client:
        for person in cast_list:
            answer = client.post("/tokens", json={"login": person.login, "password": person.password})
            tokens[person.login] = _json(answer)["token"]
        for upload in uploads(folder):
            if (upload.login, upload.assignment) in there:
                continue
            answer = client.post(
                "/submissions",
                headers={"Authorization": f"Bearer {tokens[upload.login]}"},
                data={"assignment": upload.assignment},
                files={"file": (upload.file_name, upload.content)},
            )
            acknowledged[_json(answer)["id"]] = upload
            say(f"uploaded {upload.assignment} by {upload.login}: {upload.about}")
    return acknowledged


def follow(
    database: Database,
    waiting: dict[str, Upload],
    say: Callable[[str], None],
    now_at: Callable[[str], None],
    seconds: float,
) -> None:
    """Tell each submission's result as it comes, and ``now_at`` what is being graded and how far it is.

    Raises OurFault when some have no result in time.
    """
    from grader.store.submissions import find_results

    left, end = dict(waiting), time.monotonic() + seconds
    while left:
        with database.reading() as session:
            found, running = find_results(session, list(left)), tests_finished(session, list(left))
        for submission_id, outcome in found.items():
            upload = left.pop(submission_id)
            say(f"{outcome}  {upload.assignment} by {upload.login}: {upload.about}")
        parts = [_at(left[submission_id], tests) for submission_id, tests in running.items() if submission_id in left]
        now_at(", ".join(parts) or f"{len(left)} waiting")
        if time.monotonic() > end:
            raise OurFault(f"{len(left)} uploads have no result yet; see the logs.")
        time.sleep(0.1)


def tests_finished(session: Session, submission_ids: Sequence[str]) -> dict[str, int]:
    """Of these submissions, those that are being graded, and how many of their tests have finished."""
    told = (JobEvent.job_id == Job.id) & (JobEvent.fence == Job.fence)
    rows = session.execute(
        select(Job.submission_id, func.count(JobEvent.number))
        .outerjoin(JobEvent, told)
        .where(Job.submission_id.in_(submission_ids), Job.state == "running")
        .group_by(Job.submission_id)
    )
    return {submission_id: max(0, events - 1) for submission_id, events in rows}  # the first tells how many there are


def _at(upload: Upload, tests: int) -> str:
    return f"{upload.assignment} by {upload.login}: {tests} tests finished"


def _accepted(assignment: Assignment) -> bytes:
    return sorted((assignment.folder / "accepted").glob("*.py"))[0].read_bytes()


def _starter_zip(assignment: Assignment) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("solution.py", assignment.starter())
    return packed.getvalue()


def _json(answer: httpx.Response) -> dict[str, str]:
    if answer.status_code != 201:
        raise OurFault(f"The web server answered {answer.status_code}: {answer.text[:300]}")
    data: dict[str, str] = answer.json()
    return data
