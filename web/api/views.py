"""What the command line needs: a token, the assignments, uploads and their results, the grades."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, request, url_for

from grader.core.budget import Budget
from grader.core.gradebook import Mark
from grader.core.report import number, to_json
from grader.core.scoring import rounded
from grader.store import budgets, people
from web.api.problems import problem
from web.auth.service import authenticate
from web.extensions import limiter
from web.state import now, state
from web.student import service
from web.student.views import item_or_404

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.post("/tokens")
@limiter.limit("10/minute")
def create_token() -> Any:
    """A personal token for a login and a password."""
    data = request.get_json(silent=True) or {}
    login, password = data.get("login"), data.get("password")
    if not isinstance(login, str) or not isinstance(password, str):
        return problem(400, "Give login and password.")
    with state().database.writing() as database:
        user = authenticate(database, login, password[:1024])
        if user is None:
            return problem(401, "Login or password is wrong.")
        token = people.issue_token(database, user, str(data.get("label", "command line")), now())
    return {"token": token, "name": user.name}, 201


@api.get("/assignments")
def list_assignments() -> Any:
    with state().database.reading() as database:
        rows = service.rows(database, state().course, g.user, now())
    return [
        {
            "name": row.item.name,
            "title": dict(row.item.title),
            "kind": row.item.kind,
            "points": number(row.item.points),
            "opens": row.item.opens.isoformat() if row.item.opens else None,
            "open": row.open,
            "deadline": row.deadline.isoformat() if row.deadline else None,
            "over": row.over,
            "practice": row.practice,
            **_budget(row.budget),
            "mark": _mark(row.mark),
        }
        for row in rows
    ]


@api.post("/submissions")
@limiter.limit("20/minute")
def create_submission() -> Any:
    """Hand a file in for an assignment; 201 once it is stored."""
    item = item_or_404(request.form.get("assignment", ""))
    file = request.files.get("file")
    if file is None or not file.filename:
        return problem(400, "Send the solution as the file `file`.")
    content, secret = file.read(), state().settings.secret
    with state().database.writing() as database:
        submission, job = service.upload(
            database, g.user, state().course, item, file.filename, content, secret=secret, now=now()
        )
        left = budgets.left(database, [item], g.user, now()).get(item.name)
    state().bell.ring(job.id, job.queue)
    page = url_for("student.submission", submission_id=submission.id, _external=True)
    return {
        "id": submission.id,
        "sha256": submission.sha256,
        "received_at": _iso(submission.received_at),
        "page": page,
        "practice": submission.practice,
        **_budget(left),
    }, 201


@api.get("/submissions")
def list_submissions() -> Any:
    """The person's submissions to one assignment, newest first."""
    name = request.args.get("assignment", "")
    with state().database.reading() as database:
        found = service.uploads(database, g.user, item_or_404(name))
    return [
        {
            "id": u.submission.id,
            "received_at": _iso(u.submission.received_at),
            "state": u.job.state,
            "score": number(u.result.score) if u.result else None,
            "max_score": number(u.result.max_score) if u.result else None,
            "complete": u.result.complete if u.result else None,
            "practice": u.practice,
        }
        for u in found
    ]


@api.get("/submissions/<submission_id>")
def get_submission(submission_id: str) -> Any:
    """State, place in the queue, and the report once there is one."""
    with state().database.reading() as database:
        shown = service.show(database, state().course, submission_id, g.user, now())
    if shown is None:
        abort(404)
    return {
        "id": shown.submission.id,
        "assignment": shown.submission.assignment,
        "state": shown.job.state,
        "waiting_before": shown.waiting_before,
        "practice": shown.practice,
        "report": to_json(shown.report) if shown.report is not None else None,
    }


@api.get("/grades")
def get_grades() -> Any:
    """Every mark, and the formula's numbers."""
    with state().database.reading() as database:
        standing = service.my_standing(database, state().course, g.user)
    score = standing.score
    return {
        "marks": [_mark(mark) for mark in standing.marks],
        "theory": number(score.theory),
        "practice": number(score.practice),
        "bonus": float(score.bonus),
        "final": float(rounded(score.final)),
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "assignment": mark.assignment,
        "state": mark.state,
        "points": number(mark.points),
        "max_points": number(mark.max_points),
        "weeks_late": number(mark.weeks),
        "factor": number(mark.factor),
    }


def _budget(budget: Budget | None) -> dict[str, Any]:
    """What is left of the uploads; both None where they are not limited."""
    return {
        "uploads_left": budget.left if budget else None,
        "next_upload_at": budget.next_at.isoformat() if budget and budget.next_at else None,
    }


def _iso(moment: Any) -> str:
    return str(moment.isoformat())
