"""The shapes of what a student sends and gets, as pydantic's models; numbers are points, exact where they are whole."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

Number = int | float
Scope = Literal["read", "submit", "staff"]
State = Literal["queued", "running", "graded", "broken"]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


_NO_TEXT = re.compile("[\0\ud800-\udfff]")
Short = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Points = Annotated[int | float | str, Field(description='Points, exactly as they are written: 41.5, "41,5" or "83/2".')]


class Shape(BaseModel):
    """An object with these members and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="after")
    @classmethod
    def _can_be_kept(cls, value: Any) -> Any:
        """Neither NUL nor half of a surrogate pair: no database takes them."""
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and _NO_TEXT.search(text):
                raise ValueError("not a text")
        return value


class Texts(Shape):
    """A text in both languages."""

    en: str
    ru: str


class Problem(Shape):
    """An error (RFC 9457); ``errors`` names the fields that are wrong."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class FieldProblem(Shape):
    field: str
    detail: str


class LogIn(Shape):
    """What a token is asked for with. The scope staff is for staff."""

    login: Short
    password: Annotated[str, StringConstraints(min_length=1, max_length=1024)]
    label: Annotated[str, StringConstraints(max_length=100)] = "command line"
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=3)] = ["read", "submit"]
    days: Annotated[int, Field(ge=1, le=3650, description="After how many days it expires.")] | None = None


class Token(Shape):
    """A new token; it is told this once."""

    token: str
    name: str
    scopes: list[Scope]
    expires_at: datetime | None


class Person(Shape):
    """Who this token belongs to, and what it may be used for."""

    login: str
    name: str
    role: Literal["student", "assistant", "instructor"]
    group: str
    scopes: list[Scope]


class Mark(Shape):
    """The mark of one item: ``points = share * max_points * factor * defended``, unless staff has set it."""

    assignment: str
    kind: Literal["lab", "task"]
    state: Literal["none", "counted", "waiting"]
    points: Number
    max_points: Number
    share: Number
    weeks_late: Number
    factor: Number
    defended: Number
    submission: str | None
    override: str | None


class Contest(Shape):
    """A contest on Codeforces, where this item is judged."""

    number: int
    problems: list[str]


class Assignment(Shape):
    """One item of the course for this person. ``practice``: what is handed in now gives no points."""

    name: str
    title: Texts
    kind: Literal["lab", "task"]
    points: Number
    opens: datetime | None
    open: bool
    deadline: datetime | None
    over: bool
    practice: bool
    team: bool
    uploads: int
    uploads_left: int | None
    next_upload_at: datetime | None
    contest: Contest | None
    mark: Mark


class Statement(Shape):
    """What is to be done. ``public_sha256`` tells one edition of statement, starter and public tests from another."""

    name: str
    title: Texts
    statement: Texts
    environment: str
    required: list[str]
    public_sha256: Sha256


class SolutionFile(Shape):
    """A module of the reference: it defines what is asked for, or is needed for that, or checks arguments."""

    path: str
    role: Literal["asked", "helper", "check"]
    source: str


class Solution(Shape):
    """The reference of an assignment. ``names``: what is asked for, and in which file it is defined.

    Files that belong to another assignment, whose reference is not shown yet, are ``withheld``; a name that is defined
    in one of them has no path. ``shown`` tells whether students may read this now.
    """

    name: str
    title: Texts
    shown: bool
    names: dict[str, str | None]
    files: list[SolutionFile]
    withheld: list[str]


class Upload(Shape):
    """The fields of an upload; the solution itself is the file ``file``."""

    assignment: Short


class Receipt(Shape):
    """A signed receipt, as `grader receipt verify` reads it."""

    version: Literal[1]
    submission: str
    assignment: str
    login: str
    file_sha256: Sha256
    content_sha256: Sha256
    received_at: str
    key: str
    signature: str


class ReceiptKey(Shape):
    """The public key that receipts are signed with: Ed25519, in base64."""

    algorithm: Literal["Ed25519"]
    key: str
    fingerprint: str


class Accepted(Shape):
    """An upload that was taken in. ``sha256`` is of what is graded; the receipt has the file's own too.

    ``notices`` are texts by language: what the file lacks, and what of it is not graded.
    """

    id: str
    sha256: Sha256
    received_at: datetime
    page: str
    practice: bool
    notices: list[dict[str, str]]
    uploads_left: int | None
    next_upload_at: datetime | None
    receipt: Receipt


class SubmissionLine(Shape):
    """A submission in a list. One that is not ``complete`` has tests that run after the deadline."""

    id: str
    assignment: str
    received_at: datetime
    state: State
    practice: bool
    score: Number | None
    max_score: Number | None
    complete: bool | None


class Raised(Shape):
    type: str
    file: str | None
    line: int | None
    text: str


class Test(Shape):
    """One test of a report, as its reader may see it."""

    name: str
    verdict: str
    points: Number
    max_points: Number
    exact: list[str]
    seconds: float
    title: dict[str, str]
    hint: dict[str, str]
    visibility: Literal["always", "after_due", "staff"]
    raised: Raised | None
    message: str
    output: str


class ImportFault(Shape):
    verdict: str
    raised: Raised | None
    traceback: str
    at_first: bool


class ToCome(Shape):
    """Tests that run only after the deadline, while they have not run."""

    tests: int
    points: Number
    exact: str


class Withheld(Shape):
    """Tests that the reader is not shown. They count, and are in the score."""

    tests: int
    points: Number
    max_points: Number
    exact: list[str]


class Report(Shape):
    """A report, as its reader may see it. ``refusals`` tell, by language, what it uses that the assignment forbids."""

    assignment: str
    suite: Literal["public", "hidden"]
    score: Number
    max_score: Number
    sandbox: str
    seconds: float
    tests: list[Test]
    import_fault: ImportFault | None
    cell_fault: Raised | None
    provenance: dict[str, str]
    staff_notes: list[str]
    to_come: ToCome
    withheld: Withheld
    refusals: list[dict[str, str]]


class Submission(Shape):
    """A submission. While it waits: how many come before it, and an estimate of the seconds until it is graded.

    ``costs`` tells whether it takes one of the uploads, where they are limited.
    """

    id: str
    assignment: str
    received_at: datetime
    state: State
    practice: bool
    costs: bool
    sha256: Sha256
    files: list[str]
    waiting_before: int
    wait_seconds: float | None
    report: Report | None


class TestEvent(Shape):
    """A test that has finished. Those with a larger ``number`` came later."""

    number: int
    name: str
    title: dict[str, str]
    verdict: str
    points: Number
    max_points: Number


class Progress(Shape):
    """How far the grading of a submission is; ``count`` is the number of tests, once it is known."""

    state: State
    count: int | None
    tests: list[TestEvent]


class Step(Shape):
    """One step of the formula."""

    symbol: str
    formula: str
    value: float


class Grades(Shape):
    """Every mark, and the formula with its steps: theory T, practice P, bonus B', the final score."""

    marks: list[Mark]
    theory: Number
    practice: Number
    bonus: float
    final: float
    steps: list[Step]


class Need(Shape):
    """Points that a wanted score needs (null: no number of points would do), and the most that can still be had."""

    points: Number | None
    most: Number
    reachable: bool


class Plan(Shape):
    """What a wanted score needs of T with P as it is, and of P with T as it is; ``best`` is what can still be had."""

    wanted: Number
    theory: Need
    practice: Need
    best: float
    reachable: bool


class WhatIf(Shape):
    """The grades that would be, and the plan for a wanted score."""

    grades: Grades
    plan: Plan | None


Typed = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class WhatIfQuery(Shape):
    """What is assumed; what is left out is as it is."""

    item: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^[^=]{1,100}=[^=]{1,60}$")]], Field(max_length=100)
    ] = []
    test: Typed | None = None
    exam: Annotated[str, StringConstraints(pattern=r"^[^,;]{1,60}[,;][^,;]{1,60}$")] | None = None
    bonus: Typed | None = None
    want: Typed | None = None


class SubmissionsQuery(Shape):
    assignment: Short | None = None


class ProgressQuery(Shape):
    after: Annotated[int, Field(ge=0, le=10**9)] = 0
