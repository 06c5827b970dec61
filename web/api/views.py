"""What a student does: assignments, uploads with their receipts, results, grades, what-if."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from flask import Response, abort, g, request, url_for
from flask_babel import gettext as _

from grader.core.assignment import student_files
from grader.core.course import CourseItem
from grader.store import budgets, submissions
from web import limits
from web.api import answers, shapes
from web.api.blueprint import api
from web.api.contract import File, contract
from web.api.problems import problem
from web.rendering import language
from web.state import now, state
from web.student import planning, service, solutions

_ZIP = "application/zip"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a zip; the same files make the same archive


@api.get("/assignments")
@contract(list[shapes.Assignment])
def list_assignments() -> Any:
    """Every item of the course, with the deadline that holds for this person, and the mark."""
    with state().database.reading() as database:
        rows = service.rows(database, state().course, g.user, now())
    return [answers.assignment(row) for row in rows]


@api.get("/assignments/<lecture>/<name>")
@contract(shapes.Assignment)
def get_assignment(lecture: str, name: str) -> Any:
    """One item of the course."""
    item = _item(f"{lecture}/{name}")
    with state().database.reading() as database:
        row = service.row(database, state().course, g.user, item, now())
    return answers.assignment(row)


@api.get("/assignments/<lecture>/<name>/statement")
@contract(shapes.Statement)
def get_statement(lecture: str, name: str) -> Any:
    """The statement in both languages, once the assignment is open."""
    return answers.statement(_open_assignment(f"{lecture}/{name}"))


@api.get("/assignments/<lecture>/<name>/files.zip")
@contract(File(_ZIP))
def get_files(lecture: str, name: str) -> Any:
    """What students get: statement, starter, public tests and data."""
    files = student_files(_open_assignment(f"{lecture}/{name}"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path, _EARLIEST), content)
    return Response(packed.getvalue(), content_type=_ZIP)


@api.get("/assignments/<lecture>/<name>/solution")
@contract(shapes.Solution)
def get_solution(lecture: str, name: str) -> Any:
    """The reference's modules, once no upload of anybody can change a mark any more, where the course shows them.

    Before that, and where it never does, 404 tells why. Staff read them at any time.
    """
    item, at = _item(f"{lecture}/{name}"), now()
    with state().database.reading() as database:
        shown, found = solutions.readable(database, state().course, item, g.user, at)
        refusal = solutions.refusal(database, state().course, item, g.user, at) if found is None else None
    if refusal is not None:
        return problem(404, refusal.told(language()))
    if found is None:
        abort(404)
    return answers.solution(item, found, shown=shown)


@api.post("/submissions")
@limits.uploads
@contract(shapes.Accepted, status=201, form=shapes.Upload)
def create_submission(form: shapes.Upload) -> Any:
    """Hand a file in for an assignment.

    201 once it is stored; what is refused is not stored, and costs nothing. The same bytes within a minute are answered
    with the first one's receipt, and cost nothing more.
    """
    item, file = _item(form.assignment), request.files.get("file")
    if file is None or not file.filename:
        text = _("Send the solution as the file `file`.")
        return problem(400, text, [("file", text)])
    at = now()
    with limits.reading():
        received = service.receive(state().database, g.user, state().course, item, file.filename, file.read(), at)
    with state().database.writing() as database:
        submission, job = service.upload(database, g.user, state().course, received, now=at)
        left = budgets.left(database, [item], g.user, now()).get(item.name)
    state().bell.ring(job)
    return shapes.Accepted(
        id=submission.id,
        sha256=submission.sha256,
        received_at=submission.received_at,
        page=url_for("student.submission", submission_id=submission.id, _external=True),
        practice=submission.practice,
        notices=[dict(notice) for notice in received.content.notices],
        receipt=answers.receipt(service.receipt(submission, g.user.login, state().settings.secret)),
        **answers.left(left),
    )


@api.get("/submissions")
@contract(list[shapes.SubmissionLine], query=shapes.SubmissionsQuery)
def list_submissions(query: shapes.SubmissionsQuery) -> Any:
    """One's own submissions, newest first: to one assignment, or all."""
    with state().database.reading() as database:
        if query.assignment is not None:
            found = service.uploads(database, g.user, _item(query.assignment))
        else:
            found = service.all_uploads(database, state().course, g.user)
    return [answers.submission_line(upload) for upload in found]


@api.get("/submissions/<submission_id>")
@contract(shapes.Submission)
def get_submission(submission_id: str) -> Any:
    """State, wait, and the report once there is one."""
    return answers.submission(_shown(submission_id))


@api.get("/submissions/<submission_id>/progress")
@contract(shapes.Progress, query=shapes.ProgressQuery)
def get_progress(submission_id: str, query: shapes.ProgressQuery) -> Any:
    """The tests that have finished since `after`, while a submission is graded."""
    with state().database.reading() as database:
        found = service.progress(database, submission_id, g.user, query.after)
    if found is None:
        abort(404)
    return answers.progress(found.state, found.tests)


@api.get("/submissions/<submission_id>/receipt")
@contract(shapes.Receipt)
def get_receipt(submission_id: str) -> Any:
    """The receipt of an upload; it is the same whenever it is asked for."""
    submission = _shown(submission_id).submission
    return answers.receipt(service.receipt(submission, submission.user.login, state().settings.secret))


@api.get("/submissions/<submission_id>/file")
@contract(File("application/octet-stream"))
def get_file(submission_id: str) -> Any:
    """The file as it was uploaded, byte for byte."""
    submission = _shown(submission_id).submission
    with state().database.reading() as database:
        content = submissions.uploaded(database, submission)
    return Response(content, content_type="application/octet-stream")


@api.get("/grades")
@contract(shapes.Grades)
def get_grades() -> Any:
    """Every mark, and the final score with every step of the formula."""
    with state().database.reading() as database:
        standing = service.my_standing(database, state().course, g.user)
    return answers.grades(standing)


@api.get("/what-if")
@contract(shapes.WhatIf, query=shapes.WhatIfQuery)
def what_if(query: shapes.WhatIfQuery) -> Any:
    """What would be with points that are assumed, and what a wanted score needs. Nothing is saved.

    `item` is NAME=POINTS and can be given several times; `exam` is MINIMUM,TICKET.
    """
    minimum, _comma, ticket = (query.exam or "").replace(";", ",").partition(",")
    question = planning.Question(
        items=planning.items_of(query.item),
        test=query.test or "",
        minimum=minimum,
        ticket=ticket,
        bonus=query.bonus or "",
        want=query.want or "",
    )
    with state().database.reading() as database:
        found = planning.answer(database, state().course, g.user, question, now())
    return shapes.WhatIf(
        grades=answers.grades(found.standing), plan=answers.plan(found.plan) if found.plan is not None else None
    )


def _item(name: str) -> CourseItem:
    item = state().course.item(name)
    if item is None:
        abort(404)
    return item


def _open_assignment(name: str) -> Any:
    """The assignment of an item that this person may see; what Codeforces judges has none."""
    item = _item(name)
    if item.assignment is None or not service.may_open(item, g.user, now()):
        abort(404)
    return item.assignment


def _shown(submission_id: str) -> service.Shown:
    with state().database.reading() as database:
        shown = service.show(database, state().course, submission_id, g.user, now())
    if shown is None:
        abort(404)
    return shown
