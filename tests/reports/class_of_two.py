"""A small course and two students, for the tests of what goes outside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from grader.core.course import Course
from grader.core.gradebook import Attempt, Defence, Override, Record, standing
from grader.reports.gradebook import Student
from tests.core.courses import item

F = Fraction
DUE = datetime(2027, 2, 14, 20, 59, tzinfo=UTC)
COURSE = Course(
    {"en": "ML", "ru": "МО"},
    ZoneInfo("Europe/Moscow"),
    (item("a/lab", F(20), DUE), item("a/lab2", F(50)), item("a/task", F(15, 2), DUE)),
)
# a/lab: 3/4 of 20, one started week late: 0.6 + 0.4 / 2 = 0.8, so 12. a/task: 2/3 of 7.5 is 5.
ANNA = Record(
    attempts={
        "a/lab": [Attempt("s1", DUE + timedelta(days=1), F(3, 4))],
        "a/lab2": [Attempt("s2", DUE, F(1, 2))],
        "a/task": [Attempt("s3", DUE, F(2, 3))],
    },
    defences={"a/lab": Defence(DUE + timedelta(days=2))},
    test=F(54),
    bonus=F(12),
)
BORIS = Record(overrides={"a/task": Override(F(6), "handed in on paper")})
STUDENTS = [
    Student("anna", "Иванова Анна", "M1", "anna@example.org", standing(COURSE, ANNA)),
    Student("boris", "=cmd|' /C calc'!A0", "+7", "", standing(COURSE, BORIS)),
]
