"""What could not be delivered, for instructors; and whether somebody wants to be reminded of deadlines."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from grader.staff import mailing
from grader.store import mails
from grader.store.models import User
from web.refusals import stands_on
from web.state import now, state

mail = Blueprint("mail", __name__)


@mail.get("/mail")
def table() -> Any:
    with state().database.reading() as database:
        service = mails.service(database, now())
        counts = mails.counts(database)
        undelivered = mails.undelivered(database)
    return render_template("mail/table.html", service=service, counts=counts, undelivered=undelivered)


@mail.post("/mail/<mail_id>/again")
@stands_on(lambda mail_id: table(), "again")
def again(mail_id: str) -> Any:
    with state().database.writing() as database:
        mailing.again(database, mail_id, actor=g.user, now=now())
    flash(_("The mail waits again."), "done")
    return redirect(url_for("mail.table"))


@mail.post("/account/reminders")
def set_reminders() -> Any:
    with state().database.writing() as database:
        database.get_one(User, g.user.id).reminders = request.form.get("reminders") == "1"
    flash(_("Saved."), "done")
    return redirect(url_for("auth.account"))
