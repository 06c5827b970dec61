"""The audit log: newest first, filtered, names put in as it is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, render_template, request

from grader.core.errors import BadInput
from grader.staff import audit_log
from grader.staff.audit_log import Filter
from grader.staff.entering import Name, time
from web.rendering import language
from web.state import state

audit = Blueprint("audit", __name__, url_prefix="/audit")

_SINCE = Name("Since", "С")


@audit.get("/")
def log() -> Any:
    fields = {name: request.args.get(name, "").strip() for name in ("subject", "action", "actor")}
    wanted, since = Filter(fields["subject"], fields["action"], fields["actor"]), request.args.get("since", "").strip()
    try:
        wanted = replace(wanted, since=time(_SINCE, since, state().course.zone) if since else None)
    except BadInput as error:
        flash(error.told(language()), "error")
    number = request.args.get("page", 1, type=int)
    with state().database.reading() as database:
        page = audit_log.page(database, state().course, wanted, number=number)
        actions = audit_log.actions(database)
    query = {**fields, "since": since}
    return render_template("audit/log.html", page=page, actions=actions, query=query)
