"""``grader broken``: uploads that we have failed to grade, and what staff do about them."""

from __future__ import annotations

import click

from grader.cli.installation import Installation, now, on_server
from grader.cli.output import open_console, print_json, print_rows


@click.group()
def broken() -> None:
    """What we have failed to grade: list it, try it again, give the upload back."""


@broken.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@on_server
def list_(found: Installation, as_json: bool) -> None:
    """All jobs that are broken, the oldest first. What is spent takes an upload until it is given back."""
    from grader.store import jobs, submissions

    with found.database.reading() as session:
        listed = [
            {
                "submission": job.submission_id,
                "job": job.key,
                "login": job.submission.user.login,
                "assignment": job.submission.assignment,
                "received_at": job.submission.received_at.isoformat(),
                "spent": job.key == jobs.FIRST and job.submission.costs,
                "error": job.error,
            }
            for job in submissions.broken(session)
        ]
    if as_json:
        print_json(listed)
        return
    kept = ("submission", "job", "login", "assignment", "received_at", "error")
    rows = (("spent" if one["spent"] else "", *(one[name] for name in kept)) for one in listed)
    print_rows(open_console(), ("upload", "submission", "job", "by", "assignment", "received", "what was wrong"), rows)


@broken.command()
@click.argument("submission")
@on_server
def retry(found: Installation, submission: str) -> None:
    """Put the job of SUBMISSION (the first letters of its id are enough) back in line, with fresh attempts."""
    from grader.staff import broken_jobs
    from grader.store import submissions

    with found.database.writing() as session:
        job = broken_jobs.find(session, submission)
        submissions.retry(session, job.id, found.actor(session), now())
    click.echo("It waits again. Once it is graded it takes an upload as any other.")


@broken.command("give-back")
@click.argument("submission")
@click.option("--reason", required=True, help="It is kept in the audit log.")
@on_server
def give_back(found: Installation, submission: str, reason: str) -> None:
    """Give the upload of SUBMISSION back: it takes nothing from what the student has left."""
    from grader.staff import broken_jobs

    with found.database.writing() as session:
        job = broken_jobs.find(session, submission)
        broken_jobs.give_back(session, job.id, why=reason, actor=found.actor(session), now=now())
    click.echo("Given back.")
