"""Logging in and out, the account and its tokens, the language."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from grader.core.assignment import LANGUAGES
from grader.core.errors import BadInput
from grader.store import tokens
from grader.store.models import User
from web import refusals, sessions
from web.auth import entrance, service
from web.auth.forms import LogInForm, PasswordForm
from web.extensions import limiter
from web.refusals import stands_on
from web.state import now, state

auth = Blueprint("auth", __name__)

EXPIRIES = ("30", "120", "365")  # days after which a new token may expire


def _log_in_again() -> str:
    return _log_in_page(LogInForm(), request.args.get("next"))


@auth.route("/login", methods=["GET", "POST"])
@stands_on(_log_in_again, "log-in")
def log_in() -> Any:
    form = LogInForm()
    status, headers = 200 if request.method == "GET" else 401, {}
    if form.validate_on_submit():
        try:
            user = entrance.authenticate(form.login.data, form.password.data)
        except entrance.TooSoon as error:
            refusals.tell(entrance.told(error.seconds), "log-in")
            status, headers = 429, {"Retry-After": str(error.seconds)}
        else:
            if user is not None:
                sessions.begin(user, now())
                return redirect(local_target(request.args.get("next")))
            refusals.tell(_("Login or password is wrong."), "log-in")
    return _log_in_page(form, request.args.get("next")), status, headers


def logged_out(back: str) -> Any:
    """The answer to a form that nobody who has logged in has sent; after the log-in its page is there again."""
    refusals.tell(
        _("You were logged out, perhaps in another tab, so nothing was sent. Log in, and you are back at the page; "
          "what you typed must be typed again, and a file chosen again."), "log-in"
    )  # fmt: skip
    return _log_in_page(LogInForm(formdata=None), back), 401


def _log_in_page(form: LogInForm, target: str | None) -> str:
    return render_template("auth/login.html", form=form, target=target)


@auth.post("/logout")
def log_out() -> Any:
    """Ends the sessions on other machines too: a cookie that stayed somewhere is good for nothing."""
    with state().database.writing() as database:
        sessions.end(database, g.behind or g.user)
    return redirect(url_for("auth.log_in"))


@auth.post("/language")
def set_language() -> Any:
    """Remember the chosen language: in the account of who is logged in, in the session for others."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
        if g.user is not None:
            with state().database.writing() as database:
                database.get_one(User, g.user.id).language = chosen
    return redirect(local_target(request.form.get("back")))


def _account_page(form: PasswordForm | None = None, secret: str | None = None) -> str:
    with state().database.reading() as database:
        listed = [(token, tokens.good(token, now())) for token in tokens.of(database, g.user)]
    scopes = [scope for scope in tokens.SCOPES if scope != tokens.STAFF or g.user.is_staff]
    return render_template(
        "auth/account.html",
        form=form or PasswordForm(formdata=None),
        secret=secret,
        listed=listed,
        scopes=scopes,
        expiries=EXPIRIES,
    )


@auth.route("/account", methods=["GET", "POST"])
@stands_on(_account_page, "password")
@limiter.limit("10/minute", methods=["POST"])
def account() -> Any:
    """Change the password; below it stand the personal tokens."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            user = service.change_password(state().database, g.user, form.current.data, form.new.data)
            sessions.begin(user, now())
            flash(_("The password was changed, and other sessions have ended."), "done")
            return redirect(url_for("auth.account"))
        except BadInput:
            refusals.tell(_("The current password is wrong."), "password")
    return _account_page(form), 200 if request.method == "GET" else 400


@auth.post("/account/tokens")
@stands_on(_account_page, "token")
@limiter.limit("10/minute")
def issue_token() -> Any:
    """A new token stands on the page that answers, and nowhere else: not in a session, not behind a redirect."""
    days, at = request.form.get("days", ""), now()
    with state().database.writing() as database:
        secret = tokens.issue(
            database,
            g.user,
            request.form.get("label", ""),
            request.form.getlist("scopes"),
            now=at,
            expires_at=at + timedelta(days=int(days)) if days in EXPIRIES else None,
        )
    return _account_page(secret=secret)


@auth.post("/account/tokens/<token_id>/revoke")
@stands_on(lambda token_id: _account_page(), "revoke")
def revoke_token(token_id: str) -> Any:
    with state().database.writing() as database:
        if not tokens.revoke(database, g.user, token_id, now()):
            abort(404)
    flash(_("The token was revoked; nobody can use it any more."), "done")
    return redirect(url_for("auth.account"))


def local_target(target: str | None) -> str:
    """A path of this site to go to, never another site, and nothing that would break a head of an answer."""
    safe = target and target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return str(target) if safe else url_for("student.home")
