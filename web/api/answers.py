"""From the domain to the shapes of `web.api.shapes`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from grader.core import receipts
from grader.core.assignment import Assignment as Folder
from grader.core.assignment import student_sha256
from grader.core.budget import Budget
from grader.core.course import CourseItem
from grader.core.gradebook import Mark, Standing
from grader.core.planning import Need, Plan
from grader.core.report import number, to_json
from grader.core.scoring import rounded
from grader.core.solution import Solution
from web.api import shapes
from web.student.service import Row, Shown, Upload


def texts(both: Any) -> shapes.Texts:
    return shapes.Texts(en=both["en"], ru=both["ru"])


def mark(told: Mark) -> shapes.Mark:
    return shapes.Mark(
        assignment=told.assignment,
        kind=told.kind,  # type: ignore[arg-type]
        state=told.state,
        points=number(told.points),
        max_points=number(told.max_points),
        share=number(told.share),
        weeks_late=number(told.weeks),
        factor=number(told.factor),
        defended=number(told.defended),
        submission=told.submission,
        override=told.override,
    )


def left(budget: Budget | None) -> dict[str, Any]:
    """What is left of the uploads; both None where they are not limited."""
    return {"uploads_left": budget.left if budget else None, "next_upload_at": budget.next_at if budget else None}


def assignment(row: Row) -> shapes.Assignment:
    item = row.item
    contest = item.contest
    return shapes.Assignment(
        name=item.name,
        title=texts(item.title),
        kind=item.kind,
        points=number(item.points),
        opens=item.opens,
        open=row.open,
        deadline=row.deadline,
        over=row.over,
        practice=row.practice,
        team=item.team,
        uploads=row.uploads,
        contest=shapes.Contest(number=contest.number, problems=list(contest.problems)) if contest else None,
        mark=mark(row.mark),
        **left(row.budget),
    )


def statement(folder: Folder) -> shapes.Statement:
    return shapes.Statement(
        name=folder.name,
        title=texts(folder.title),
        statement=shapes.Texts(en=folder.statement("en"), ru=folder.statement("ru")),
        environment=folder.environment,
        required=list(folder.required),
        public_sha256=student_sha256(folder),
    )


def solution(item: CourseItem, found: Solution, *, shown: bool) -> shapes.Solution:
    helpers = set(found.helpers)
    sources = {**found.files, **found.checks}

    def role(path: str) -> Literal["asked", "helper", "check"]:
        return "check" if path in found.checks else "helper" if path in helpers else "asked"

    return shapes.Solution(
        name=item.name,
        title=texts(item.title),
        shown=shown,
        names={name: place[0] if place is not None else None for name, place in found.places.items()},
        files=[shapes.SolutionFile(path=path, role=role(path), source=sources[path].text) for path in sources],
        withheld=sorted(found.withheld),
    )


def receipt(signed: receipts.Signed) -> shapes.Receipt:
    return shapes.Receipt(**receipts.to_json(signed))


def submission_line(upload: Upload) -> shapes.SubmissionLine:
    submission, job, result = upload.submission, upload.job, upload.result
    return shapes.SubmissionLine(
        id=submission.id,
        assignment=submission.assignment,
        received_at=submission.received_at,
        state=job.state,  # type: ignore[arg-type]
        practice=upload.practice,
        score=number(result.score) if result else None,
        max_score=number(result.max_score) if result else None,
        complete=result.complete if result else None,
    )


def submission(shown: Shown) -> shapes.Submission:
    told = shown.submission
    return shapes.Submission(
        id=told.id,
        assignment=told.assignment,
        received_at=told.received_at,
        state=shown.job.state,  # type: ignore[arg-type]
        practice=shown.practice,
        costs=shown.costs,
        sha256=told.sha256,
        files=sorted(shown.content.files),
        waiting_before=shown.wait.before,
        wait_seconds=shown.wait.seconds,
        report=shapes.Report(**to_json(shown.report)) if shown.report is not None else None,
    )


def progress(state: str, events: Sequence[tuple[int, dict[str, Any]]]) -> shapes.Progress:
    counts = [payload.get("count") for _, payload in events if payload["event"] == "tests"]
    tests = [_event(told, payload) for told, payload in events if payload["event"] == "test"]
    return shapes.Progress(state=state, count=counts[-1] if counts else None, tests=tests)  # type: ignore[arg-type]


def _event(place: int, payload: dict[str, Any]) -> shapes.TestEvent:
    told = {name: payload[name] for name in ("name", "title", "verdict", "points", "max_points")}
    return shapes.TestEvent(number=place, **told)


def grades(standing: Standing) -> shapes.Grades:
    score = standing.score
    return shapes.Grades(
        marks=[mark(one) for one in standing.marks],
        theory=number(score.theory),
        practice=number(score.practice),
        bonus=float(score.bonus),
        final=float(rounded(score.final)),
        steps=[shapes.Step(symbol=s.symbol, formula=s.plain, value=float(s.value)) for s in score.steps],
    )


def plan(found: Plan) -> shapes.Plan:
    return shapes.Plan(
        wanted=number(found.wanted),
        theory=_need(found.theory),
        practice=_need(found.practice),
        best=float(rounded(found.best)),
        reachable=found.reachable,
    )


def _need(need: Need) -> shapes.Need:
    points = None if need.points is None else number(need.points)
    return shapes.Need(points=points, most=number(need.most), reachable=need.reachable)
