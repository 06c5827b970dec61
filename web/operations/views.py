"""Health for machines, status for staff."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from grader.store import jobs, submissions
from grader.store.engine import answers
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


@operations.get("/status")
def status() -> Any:
    with state().database.reading() as database:
        lengths = jobs.queue_lengths(database)
        broken = submissions.broken(database)
    return render_template("operations/status.html", lengths=sorted(lengths.items()), broken=broken)


@operations.post("/status/retry/<job_id>")
def retry(job_id: str) -> Any:
    with state().database.writing() as database:
        submissions.retry(database, job_id, g.user, now())
    flash(_("The job waits again."), "done")
    return redirect(url_for("operations.status"))
