"""The student's pages: a view parses, calls one service function, renders."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from grader.core import data_files, receipts
from grader.core.assignment import Assignment
from grader.core.course import CourseItem
from grader.core.errors import BadInput
from grader.core.lectures import by_lecture
from grader.core.text import clean
from grader.harness.bounds import DEFAULT, MIB
from grader.staff import bonus
from grader.staff.gradebook import transcript_of
from web import limits, rendering
from web.glossary import service as glossary
from web.refusals import stands_on
from web.state import now, state
from web.student import order, pictures, planning, service, solutions, streams

student = Blueprint("student", __name__)

STREAM_SECONDS = 300
STEP_SECONDS, WAITING_SECONDS = 0.15, 0.5  # between two looks: while it is graded, and before
PING_SECONDS = 15
NOTICES = 3  # of an upload that are shown
MANY = 10  # assignments: more than these, and what is due next is told before them


def item_or_404(name: str) -> CourseItem:
    item = state().course.item(name)
    if item is None:
        abort(404)
    return item


def assignment_or_404(name: str) -> Assignment:
    """The assignment of an item that is open; what Codeforces judges has none."""
    item = item_or_404(name)
    if item.assignment is None or not service.may_open(item, g.user, now()):
        abort(404)
    return item.assignment


@student.get("/")
def home() -> Any:
    with state().database.reading() as database:
        rows = service.rows(database, state().course, g.user, now())
        standing = service.my_standing(database, state().course, g.user)
    return render_template(
        "student/home.html",
        groups=by_lecture(rows, lambda row: row.item.assignment and row.item.assignment.lecture, state().lectures),
        next=service.next_due(rows) if len(rows) > MANY else [],
        standing=standing,
        course=state().course,
    )


@student.get("/assignments/<path:name>")
def assignment(name: str) -> Any:
    item = item_or_404(name)
    with state().database.reading() as database:
        uploads = service.uploads(database, g.user, item)
        row = service.row(database, state().course, g.user, item, now())
        solved = service.solved(database, g.user, item)
        together = service.team(database, g.user, item)
        solution = solutions.notice(database, item, g.user, row.deadline, now())
        before = order.before(database, state().course, g.user, item.assignment) if item.assignment else []
    if item.contest is not None:
        return render_template("student/contest.html", item=item, contest=item.contest, row=row, solved=solved)
    given = item.assignment if row.open else None
    text = _statement(given) if given else ""
    return render_template(
        "student/assignment.html",
        item=item,
        row=row,
        uploads=uploads,
        statement=text,
        drawn=pictures.shown(given) if given else None,
        data=data_files.sizes(given.folder) if given else {},
        together=together,
        solution=solution,
        before=before,
        after=order.after(state().course, name),
        course=state().course,
        most_mib=DEFAULT.upload_bytes // MIB,
        most_notebook_mib=DEFAULT.notebook_bytes // MIB,
    )


def _statement(given: Assignment) -> Markup:
    language = rendering.language()
    return rendering.statement(given.statement(language), glossary.links(state().course, given, language))


@student.get("/pictures/<path:name>")
def picture(name: str) -> Any:
    """The assignment's picture. A browser keeps it, and asks each time whether it is still right and may be seen."""
    drawn = pictures.shown(assignment_or_404(name))
    if drawn is None:
        abort(404)
    response = Response(drawn.content, content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = pictures.POLICY
    response.cache_control.private = True
    response.cache_control.no_cache = True
    response.add_etag()
    return response.make_conditional(request)


@student.get("/solutions/<path:name>")
def solution(name: str) -> Any:
    """The reference beside one's own upload. Where it may not be read there is no such page."""
    item = item_or_404(name)
    with state().database.reading() as database:
        page = solutions.page(database, state().course, item, g.user, now())
    if page is None:
        abort(404)
    return render_template("student/solution.html", item=item, page=page)


@student.get("/download/<any(starter,public,data):what>/<path:name>")
def download(what: str, name: str) -> Any:
    """The starter, the public tests as an archive, or a ``file`` of the data; always as a file to save."""
    chosen = assignment_or_404(name)
    if what == "data":
        asked = request.args.get("file", "")
        content = chosen.data_files().get(asked)
        if content is None:
            abort(404)
        return _file(content, asked.rpartition("/")[2], "application/octet-stream")
    if what == "starter":
        return _file(chosen.starter(rendering.language()).encode(), "solution.py")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(chosen.suite("public").glob("*.py")):
            archive.writestr(f"public/{path.name}", path.read_text(encoding="utf-8"))
    return _file(packed.getvalue(), "public.zip", "application/zip")


@student.post("/assignments/<path:name>")
@stands_on(assignment, "upload", most=DEFAULT.notebook_bytes)
@limits.uploads
def upload(name: str) -> Any:
    item = item_or_404(name)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise BadInput("Choose a file first.", ru="Сначала выберите файл.")
    at = now()
    try:
        with limits.reading():
            received = service.receive(state().database, g.user, state().course, item, file.filename, file.read(), at)
        with state().database.writing() as database:
            submission, job = service.upload(database, g.user, state().course, received, now=at)
    except BadInput as error:
        lead = _("Not accepted, and nothing was counted:")
        raise BadInput(f"{lead} {error.told(rendering.language())}") from error
    if submission.received_at == at:
        state().bell.ring(job)
    else:
        flash(_("You sent this very file a moment ago: this is that upload, and it was counted once."), "done")
    for notice in received.content.notices[:NOTICES]:
        flash(clean(notice[rendering.language()], limit=300), "told")  # they are kept in a cookie
    return redirect(url_for("student.submission", submission_id=submission.id))


@student.get("/submissions/<submission_id>")
def submission(submission_id: str) -> Any:
    with state().database.reading() as database:
        shown = service.show(database, state().course, submission_id, g.user, now())
        counted = service.counted(database, state().course, shown, g.user) if shown is not None else None
    if shown is None:
        abort(404)
    return render_template(
        "student/submission.html",
        shown=shown,
        item=state().course.item(shown.submission.assignment),
        counted=counted,
        course=state().course,
        source_line=service.source_line,
    )


@student.get("/submissions/<submission_id>/receipt.json")
def receipt(submission_id: str) -> Any:
    """The signed receipt of an upload, as a file to keep."""
    with state().database.reading() as database:
        shown = service.show(database, state().course, submission_id, g.user, now())
    if shown is None:
        abort(404)
    submission = shown.submission
    signed = receipts.to_json(service.receipt(submission, submission.user.login, state().settings.secret))
    content = json.dumps(signed, ensure_ascii=False, indent=2) + "\n"
    return _file(content.encode(), f"{submission.file_name}.receipt.json", "application/json")


@student.get("/submissions/<submission_id>/source/<path:path>")
def source(submission_id: str, path: str) -> Any:
    """One file of a submission, as text to save; never shown as anything that a browser would run."""
    with state().database.reading() as database:
        shown = service.show(database, state().course, submission_id, g.user, now())
    if shown is None or path not in shown.content.files:
        abort(404)
    return _file(shown.content.files[path], path.rpartition("/")[2])


@student.get("/submissions/<submission_id>/live")
def live(submission_id: str) -> Any:
    """The polling fallback: the state, the tests that have finished since ``after``, and when to ask ``again``."""
    with state().database.reading() as database:
        found = service.progress(database, submission_id, g.user, request.args.get("after", 0, type=int))
    if found is None:
        abort(404)
    tests = [_shown_event(number, payload) for number, payload in found.tests]
    return {"state": found.state, "tests": tests, "again": streams.ask_again(found.before)}


@student.get("/submissions/<submission_id>/events")
def events(submission_id: str) -> Any:
    """The same as a stream of server-sent events, until the job has ended or the stream's time is up.

    503 when all places for streams are taken: the page polls then.
    """
    user, after = g.user, request.headers.get("Last-Event-ID", "0")
    with state().database.reading() as database:
        if service.progress(database, submission_id, user, 0) is None:
            abort(404)
    give_back = state().streams.take()
    if give_back is None:
        return Response(status=503, headers={"Retry-After": str(STREAM_SECONDS)})
    lines = _stream(submission_id, user, int(after) if after.isdecimal() else 0)
    response = Response(stream_with_context(lines), mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})
    response.call_on_close(give_back)
    return response


def _stream(submission_id: str, user: Any, after: int) -> Iterator[str]:
    """No database session is held between two looks."""
    end, ping, told = time.monotonic() + STREAM_SECONDS, time.monotonic(), ""
    while time.monotonic() < end:
        with state().database.reading() as database:
            found = service.progress(database, submission_id, user, after)
        for number, payload in found.tests if found else []:
            after = number
            yield f"id: {number}\nevent: test\ndata: {json.dumps(_shown_event(number, payload))}\n\n"
        job_state = found.state if found else "absent"
        if job_state != told:
            told = job_state
            yield f"event: state\ndata: {json.dumps({'state': job_state})}\n\n"
        if job_state in ("graded", "broken", "absent"):
            return
        if time.monotonic() - ping > PING_SECONDS:
            ping = time.monotonic()
            yield ": still here\n\n"
        time.sleep(STEP_SECONDS if job_state == "running" else WAITING_SECONDS)


def _shown_event(number: int, payload: dict[str, Any]) -> dict[str, Any]:
    if payload["event"] != "test":
        return {"number": number, "count": payload.get("count", 0)}
    return {
        "number": number,
        "title": rendering.bilingual(payload["title"]) or payload["name"],
        "verdict": payload["verdict"],
        "word": rendering.verdict(payload["verdict"]),
        "points": f"{rendering.points(payload['points'])} / {rendering.points(payload['max_points'])}",
    }


@student.get("/standing")
def standing() -> Any:
    """Where one stands; below it what would be with other points, told in the address so that it can be kept."""
    question, answer, wrong = planning.question(state().course, request.args), None, ""
    with state().database.reading() as database:
        found = service.my_standing(database, state().course, g.user)
        extra = bonus.entries(database, g.user.id)
        if question.asked:
            try:
                answer = planning.answer(database, state().course, g.user, question, now())
            except BadInput as error:
                wrong = error.told(rendering.language())
    told = {"standing": found, "bonus": extra, "question": question, "answer": answer, "wrong": wrong}
    return render_template("student/standing.html", **told, course=state().course)


@student.get("/standing/transcript")
def transcript() -> Any:
    """Where one stands with every step, to print."""
    with state().database.reading() as database:
        made = transcript_of(database, state().course, g.user, now())
    return render_template("student/transcript.html", made=made, course=state().course)


def _file(content: bytes, name: str, kind: str = "text/plain; charset=utf-8") -> Response:
    response = Response(content, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
