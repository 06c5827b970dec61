"""The pages of people, for instructors; and for whoever has an invitation the page on which it is used."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from grader.core.errors import BadInput
from grader.staff import accounts, csv_file, invitations, mailing, personal_data, roster, used_extensions
from grader.staff.accounts import Change
from grader.staff.mark_changes import MarkChange, digest
from grader.staff.used_extensions import Moves
from grader.store import listing, mails
from grader.store import people as listed
from grader.store.models import ROLES, User
from web import columns, refusals, sessions
from web.agreeing import settle
from web.extensions import limiter
from web.people.forms import FirstPasswordForm
from web.refusals import stands_on
from web.rendering import language
from web.state import now, state

people = Blueprint("people", __name__)

PAGE = 100
_COLUMNS = ("login", *accounts.FIELDS)


@people.get("/people")
def table(*, asks: bool = False) -> Any:
    """Everybody, 100 a page; found by a part of login or name, and by group.

    The form below ``asks`` whether a login that looks like another one is meant.
    """
    text, group = request.args.get("search", "").strip().lower(), request.args.get("group") or None
    with state().database.reading() as database:
        page = listing.page(
            database, request.args.get("page", 1, type=int), PAGE, group=group, search=text, everybody=True
        )
        groups = listing.groups(database, everybody=True)
        mail = mails.service(database, now()).active
    return render_template(
        "people/table.html",
        users=page.users,
        total=page.total,
        number=page.number,
        pages_count=page.pages,
        groups=[name for name in groups if name],
        group=group,
        search=text,
        roles=ROLES,
        asks=asks,
        mail=mail,
    )


def _account_page(user_id: str, link: str = "") -> Any:
    with state().database.reading() as database:
        user = _found(database, user_id)
        removal = personal_data.removal(database, user)
        mail = mails.service(database, now()).active
    return render_template("people/account.html", user=user, link=link, removal=removal, roles=ROLES, mail=mail)


@people.post("/people")
@stands_on(table, "add")
def add() -> Any:
    fields = {field: request.form.get(field, "") for field in accounts.FIELDS if request.form.get(field)}
    login, is_another = request.form.get("login", ""), "is_another" in request.form
    try:
        with state().database.writing() as database:
            user = accounts.add(database, login, fields, may_look_alike=is_another, actor=g.user, now=now())
    except accounts.LooksLike as error:
        refusals.tell(error.told(language()), "add")
        return table(asks=True), 400
    flash(_("%(name)s was added. An invitation lets them in.", name=user.name), "done")
    return redirect(url_for("people.account", user_id=user.id))


@people.get("/people/<user_id>")
def account(user_id: str) -> Any:
    return _account_page(user_id)


@people.post("/people/<user_id>")
@stands_on(_account_page, "account")
def change(user_id: str) -> Any:
    """Where another group changes marks, or makes a deadline earlier, that is shown first."""
    fields = {field: request.form.get(field, "") for field in accounts.FIELDS}
    how: Any = {"actor": g.user, "now": now()}

    def set_fields(database: Session) -> tuple[tuple[Change | None, Moves], list[MarkChange]]:
        user = _found(database, user_id)
        groups = {user.id: accounts.checked("group", fields["group"])}
        made = used_extensions.moving(
            database, state().course, groups, lambda: accounts.change(database, user, fields, **how), **how
        )
        return made, made[1].changes

    back = url_for("people.account", user_id=user_id)
    (changed, moves), page = settle(set_fields, back)
    if page:
        return page
    flash(_("Saved.") if changed is not None else _("Nothing has changed."), "done")
    if moves.used:
        flash(_("Deadlines that were used already, and stay: %(n)s.", n=len(moves.used)), "done")
    return redirect(back)


@people.post("/people/<user_id>/active")
@stands_on(_account_page, "active")
def set_active(user_id: str) -> Any:
    def switch(database: Any, user: User) -> str:
        active = request.form.get("active") == "1"
        accounts.set_active(database, user, active, actor=g.user, now=now())
        return str(_("Reactivated.") if active else _("Deactivated. Nothing was lost."))

    return _do(user_id, switch)


@people.post("/people/<user_id>/invite")
@stands_on(_account_page, "invite")
def invite(user_id: str) -> Any:
    """The link stands on the page that answers, and nowhere else."""
    if request.form.get("how") == "mail":
        return _invite_by_mail(user_id)
    with state().database.writing() as database:
        secret = invitations.invite(database, _found(database, user_id), actor=g.user, now=now())
    return _account_page(user_id, link=url_for("people.invitation", secret=secret, _external=True))


def _invite_by_mail(user_id: str) -> Any:
    with state().database.writing() as database:
        user = _found(database, user_id)
        if not user.email:
            raise BadInput("There is no e-mail address.", ru="Адрес почты не указан.")
        mailing.invite(database, [user], actor=g.user, now=now())
    flash(_("The link will be sent in a minute."), "done")
    return redirect(url_for("people.account", user_id=user_id))


@people.post("/people/invite")
@stands_on(table, "invite-all")
def invite_all() -> Any:
    """Invitations for everybody who cannot log in yet, of one group or of all: by mail, or as a page of links.

    The links stand on the page that answers, and nowhere else.
    """
    group = request.form.get("group") or None
    with state().database.writing() as database:
        users = invitations.without_password(database, listed.listed(database, group=group))
        if request.form.get("how") == "mail":
            without = mailing.invite(database, users, actor=g.user, now=now())
            return render_template("people/invited.html", links=[], queued=len(users) - len(without), without=without)
        links = [(user, invitations.invite(database, user, actor=g.user, now=now())) for user in users]
    shown = [(user, url_for("people.invitation", secret=secret, _external=True)) for user, secret in links]
    return render_template("people/invited.html", links=shown, queued=None, without=[])


@people.get("/people/<user_id>/data.zip")
def export(user_id: str) -> Any:
    with state().database.reading() as database:
        user = _found(database, user_id)
        return archive(personal_data.export(database, state().course, user, now()), user)


@people.post("/people/<user_id>/remove")
@stands_on(_account_page, "remove")
def remove(user_id: str) -> Any:
    """Removal asks for the login to be typed: it cannot be undone."""
    with state().database.writing() as database:
        user = _found(database, user_id)
        if request.form.get("login", "").strip().lower() != user.login:
            raise BadInput("Type the login to confirm.", ru="Для подтверждения введите логин.")
        personal_data.remove(database, user, actor=g.user, now=now())
    flash(_("All personal data was removed."), "done")
    return redirect(url_for("people.table"))


def _import_page() -> str:
    return render_template("people/import.html", plan=None, columns=None)


@people.route("/people/import", methods=["GET", "POST"])
@stands_on(_import_page, "import", most=columns.MOST_BYTES)
def import_roster() -> Any:
    """A file is looked at first; the plan's page brings its text back to be applied, or read by other columns."""
    if request.method == "GET":
        return _import_page()
    gone = request.form.get("deactivate_missing") == "1"
    text, wanted, are_others = columns.sent_text(), request.form.get("apply") == "1", "are_others" in request.form
    with state().database.writing() as database:
        said = columns.chosen(request.form, _COLUMNS)
        try:
            plan = roster.plan(database, text, deactivate_missing=gone, chosen=said, language=language())
        except csv_file.NoColumns as error:
            refusals.tell(error.told(language()), "columns")
            asked_for = columns.form(error.names, error.places, _COLUMNS)
            return render_template("people/import.html", plan=None, columns=asked_for, text=text, gone=gone), 400
        moves = used_extensions.of_moves(database, state().course, used_extensions.groups_after(plan.changed), now())
        asked = bool(plan.alike) and not are_others
        agreed = not moves.changes or request.form.get("agreed", "") == digest(moves.changes)
        applied = wanted and not plan.problems and not asked and agreed
        count = roster.apply(database, plan, may_look_alike=True, actor=g.user, now=now()) if applied else 0
        if applied:
            used_extensions.keep(database, moves.used, actor=g.user, now=now())
    if applied:
        flash(_("People changed: %(n)s.", n=count), "done")
        return redirect(url_for("people.table"))
    if wanted and asked:
        refusals.tell(_("Nothing was changed: say first that these are other people."), "apply")
    elif wanted and not agreed:
        refusals.tell(_("Marks have changed meanwhile: look at it once more."), "apply")
    return _plan_page(plan, text, moves), 400 if plan.problems or wanted else 200


def _plan_page(plan: roster.Plan, text: str, moves: Moves) -> str:
    return render_template(
        "people/import.html",
        plan=plan,
        text=text,
        gone=plan.deactivates,
        notes=[note.told(language()) for note in plan.table.notes],
        columns=columns.form(plan.table.names, plan.table.places, _COLUMNS),
        alike=[accounts.LooksLike([pair]).told(language()) for pair in plan.alike],
        moves=moves,
        agreed=digest(moves.changes),
    )


def _invitation_page(secret: str, form: FirstPasswordForm | None = None) -> str:
    with state().database.reading() as database:
        user = invitations.find(database, secret, now())
    return render_template("people/invitation.html", user=user, form=form or FirstPasswordForm(formdata=None))


@people.route("/invitation/<secret>", methods=["GET", "POST"])
@stands_on(_invitation_page, "invitation")
@limiter.limit("30/minute")
def invitation(secret: str) -> Any:
    """Whoever has the link sets a password and is in. Looking at the page uses nothing up."""
    with state().database.reading() as database:
        user = invitations.find(database, secret, now())
    form = FirstPasswordForm()
    if user is None:
        return _invitation_page(secret, form), 404
    if form.validate_on_submit():
        with state().database.writing() as database:
            user = invitations.accept(database, secret, form.new.data, now())
        sessions.begin(user, now())
        flash(_("Welcome! Your password is set."), "done")
        return redirect(url_for("student.home"))
    return _invitation_page(secret, form), 200 if request.method == "GET" else 400


@people.get("/account/data.zip")
@limiter.limit("5/minute")
def own_data() -> Any:
    """Everything that is known of whoever asks."""
    with state().database.reading() as database:
        return archive(personal_data.export(database, state().course, g.user, now()), g.user)


def archive(content: bytes, user: User) -> Response:
    response = Response(content, content_type="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"{user.login}.zip")
    return response


def _found(database: Any, user_id: str) -> User:
    user: User | None = database.get(User, user_id)
    if user is None:
        abort(404)
    return user


def _do(user_id: str, change: Any) -> Any:
    with state().database.writing() as database:
        said = change(database, _found(database, user_id))
    flash(said, "done")
    return redirect(url_for("people.account", user_id=user_id))
