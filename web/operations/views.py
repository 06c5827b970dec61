"""Health and figures for machines, status for staff."""

from __future__ import annotations

from contextlib import suppress
from secrets import compare_digest
from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from prometheus_client import CONTENT_TYPE_LATEST

from grader.staff import broken_jobs
from grader.store import jobs, submissions, workers
from grader.store.engine import answers
from grader.store.migrations import is_current
from web import metrics as counted
from web.refusals import stands_on
from web.state import now, state

operations = Blueprint("operations", __name__)


@operations.get("/healthz")
def health() -> Any:
    """200 when the database answers."""
    try:
        fine = answers(state().database.engine)
    except Exception:
        fine = False
    return {"database": fine}, 200 if fine else 503


@operations.get("/readyz")
def ready() -> Any:
    """200 when the database answers and has today's tables, and a course is in force."""
    found = {"database": False, "migrations": False, "course": False}
    with suppress(Exception):
        found["database"] = answers(state().database.engine)
        found["migrations"] = is_current(state().database.engine)
        found["course"] = bool(state().course)
    return found, 200 if all(found.values()) else 503


@operations.get("/metrics")
def metrics() -> Any:
    """For monitoring with its token, and for staff; for others there is no such page."""
    if not _monitors() and not (g.user is not None and g.user.is_staff):
        abort(404)
    return Response(counted.exposition(state().database), content_type=CONTENT_TYPE_LATEST)


def _monitors() -> bool:
    token, given = state().settings.metrics_token, request.headers.get("Authorization", "")
    return token is not None and compare_digest(given.encode(), f"Bearer {token}".encode())


@operations.get("/status")
def status() -> Any:
    with state().database.reading() as database:
        lengths = jobs.queue_lengths(database)
        broken = submissions.broken(database)
        there = [(worker, workers.state_of(worker, now())) for worker in workers.table(database)]
    return render_template("operations/status.html", lengths=sorted(lengths.items()), broken=broken, workers=there)


@operations.post("/status/retry/<job_id>")
@stands_on(lambda job_id: status(), "retry")
def retry(job_id: str) -> Any:
    with state().database.writing() as database:
        submissions.retry(database, job_id, g.user, now())
    flash(_("The job waits again."), "done")
    return redirect(url_for("operations.status"))


@operations.post("/status/give-back/<job_id>")
@stands_on(lambda job_id: status(), "give-back")
def give_back(job_id: str) -> Any:
    """An upload that we could not grade takes nothing from the student's budget."""
    with state().database.writing() as database:
        broken_jobs.give_back(database, job_id, why=request.form.get("reason", ""), actor=g.user, now=now())
    flash(_("The upload was given back."), "done")
    return redirect(url_for("operations.status"))


@operations.post("/status/workers/<path:worker_id>/send-back")
@stands_on(lambda worker_id: status(), "send-back")
def send_back(worker_id: str) -> Any:
    """An ill worker goes back to work: an instructor knows that it is well."""
    with state().database.writing() as database:
        workers.send_back(database, worker_id, actor=g.user, now=now())
    flash(_("The worker goes back to work in a few seconds."), "done")
    return redirect(url_for("operations.status"))
