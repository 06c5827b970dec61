"""The application factory: extensions, slices, headers, error pages."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, render_template, request, session
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from grader.core import catalogue
from grader.core.assignment import LANGUAGES
from grader.core.errors import BadInput, NoCourse
from grader.harness.bounds import DEFAULT
from grader.harness.parsers import NoPlace
from grader.store.courses import AppliedCourse
from grader.store.engine import Database
from web import logs, metrics, permissions, refusals, rendering, sessions
from web.api.problems import problem
from web.auth.devices import BothCookies
from web.bell import Bell
from web.extensions import babel, csrf, limiter
from web.settings import Settings
from web.state import State

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(settings: Settings) -> Flask:
    """The application for these settings."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret,
        SECRET_KEY_FALLBACKS=list(settings.earlier_secrets),
        SESSION_COOKIE_NAME="grader" if settings.insecure_http else "__Host-grader",
        SESSION_COOKIE_SECURE=not settings.insecure_http,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=sessions.IDLE,
        MAX_CONTENT_LENGTH=DEFAULT.notebook_bytes + 64 * 1024,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=50,
        WTF_CSRF_TIME_LIMIT=None,
        **_limits_storage(settings),
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    database = Database(settings.database)
    applied = AppliedCourse(database, settings.assignments)
    app.extensions["grader"] = State(
        settings=settings,
        database=database,
        applied=applied,
        bell=Bell(settings.broker),
        lectures=catalogue.read(settings.assignments).lectures,
    )
    logs.register(app)  # first: whatever refuses a request, it has a number and is counted
    metrics.register(app)
    app.before_request(permissions.enforce)  # before the forms' tokens: a page can be rendered again only for somebody
    app.session_interface = BothCookies()
    csrf.init_app(app)
    limiter.init_app(app)
    babel.init_app(app, locale_selector=choose_language)
    rendering.register(app)
    refusals.register(app)
    _register_slices(app)
    _register_hooks(app)
    return app


def choose_language() -> str:
    """The person's own choice, then the browser's; a program says with each request what it wants."""
    if request.path.startswith("/api/") and request.accept_languages:
        return request.accept_languages.best_match(LANGUAGES) or "en"
    chosen = getattr(g.get("behind") or g.get("user"), "language", "") or session.get("language", "")
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or "en"


def _limits_storage(settings: Settings) -> dict[str, Any]:
    """Redis, asked without patience: limits fail open, and nobody's upload waits for a storage that hangs."""
    broker = settings.broker or ""
    if not broker.startswith("redis"):
        return {"RATELIMIT_STORAGE_URI": "memory://"}
    return {
        "RATELIMIT_STORAGE_URI": broker.replace("redis+socket://", "redis+unix://"),
        "RATELIMIT_STORAGE_OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }


def _register_slices(app: Flask) -> None:
    from web.api.routes import api
    from web.audit.views import audit
    from web.auth.views import auth
    from web.codeforces.views import codeforces
    from web.glossary.views import glossary
    from web.gradebook.views import gradebook
    from web.mail.views import mail
    from web.marking.extensions import extending
    from web.marking.student import marks
    from web.marking.views import marking
    from web.operations.views import operations
    from web.people.views import people
    from web.regrades.views import regrades_pages
    from web.similarity.views import similarity
    from web.statistics.views import statistics
    from web.student.views import student
    from web.viewing.views import viewing

    for blueprint in (
        auth,
        student,
        glossary,
        gradebook,
        marks,
        marking,
        extending,
        codeforces,
        mail,
        similarity,
        people,
        audit,
        regrades_pages,
        statistics,
        operations,
        api,
        viewing,
    ):
        app.register_blueprint(blueprint)
    csrf.exempt(api)  # it takes personal tokens, never the session's cookie


def _register_hooks(app: Flask) -> None:
    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _CSP)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        response.headers["X-Request-Id"] = g.request_id
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Any:
        return _error_page(app, error)


def _error_page(app: Flask, error: Exception) -> Any:
    """A page, or a problem for programs; nobody outside reads a traceback."""
    code = error.code if isinstance(error, HTTPException) and error.code else 500
    text = error.told(choose_language()) if isinstance(error, BadInput | NoPlace | NoCourse) else ""
    if isinstance(error, BadInput):
        code = 400
    if isinstance(error, NoPlace | NoCourse):
        code = 503
    if code == 500:
        app.logger.exception("a request failed", extra={"request": g.request_id})
    if isinstance(error, HTTPException):
        text = text or refusals.reason(error)
    later = getattr(error, "retry_after", None)
    headers = {"Retry-After": str(later)} if later is not None else {}
    if request.path.startswith("/api/"):
        return *problem(code, text), headers
    if code == 401:
        from web.auth.views import logged_out

        return logged_out(refusals.way_back())
    text = text or _message(code)
    form = refusals.again(text, code) if _may_try_again(error) else None
    if form is not None:
        return *form, headers
    return render_template("error.html", code=code, message=text, back=refusals.way_back()), code, headers


def _may_try_again(error: Exception) -> bool:
    """Whether the form can be sent once more, by somebody who may see its page."""
    known = BadInput | NoPlace | RequestEntityTooLarge | TooManyRequests
    return isinstance(error, known) or (isinstance(error, CSRFError) and refusals.is_from_here())


def _message(code: int) -> str:
    messages: dict[int, str] = {
        400: _("The form has expired or is incomplete. Go back, reload the page and try again."),
        403: _("You see the pages as a student does: only to read. Leave this view first.")
        if g.get("behind")
        else _("This is not for you."),
        404: _("There is no such page, or it is not yours."),
        405: _("There is no such page, or it is not yours."),
        413: _("The file is too large."),
        429: _("Too many attempts. Wait a minute and try again."),
    }
    if code not in messages and 400 <= code < 500:
        return str(_("This request was not understood. Go back and try again."))
    ours = _("Something went wrong on our side. Nothing that was acknowledged is lost. Try again in a moment.")
    return str(messages.get(code, ours))
