"""What was wrong with a form, told in that form: its page is rendered again, with what was typed.

A view says with `stands_on` on which page its form stands. Whatever refuses the request then (bad input, a form that
is too old, too much, too often) ends in `again`. Templates ask `refused`, `typed` and `said`; a page that has no such
form any more shows the text at its top. A field for a file cannot be filled in again, and the form says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, TooManyRequests

from grader.core.errors import BadInput
from grader.harness.bounds import DEFAULT, MIB
from web.rendering import duration, exact

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Page:
    """The page on which a form stands: what renders it from the view's arguments, the form, the most it takes."""

    render: Callable[..., Any]
    form: str
    most: int


@dataclass(frozen=True)
class Refusal:
    """What is told in a form, and what had been typed into it."""

    form: str
    text: str
    typed: MultiDict[str, str]


def stands_on(render: Callable[..., Any], form: str, *, most: int = DEFAULT.upload_bytes) -> Callable[[View], View]:
    """Say on which page a view's form stands; where it has several, the field ``form`` tells which it was."""

    def decorate(view: View) -> View:
        view.page = Page(render, form, most)  # type: ignore[attr-defined]
        return view

    return decorate


def register(app: Flask) -> None:
    """What templates ask."""
    for function in (refused, refusal_here, refused_elsewhere, said, typed, value, ticked):
        app.jinja_env.globals[function.__name__] = function


def page_of_form() -> Page | None:
    """The page of the form that this request has sent, if it was one of ours."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "page", None) if request.method == "POST" else None


def tell(text: str, form: str) -> None:
    """Have the form say this on the page that is rendered now."""
    g.refusal = Refusal(form, text, _sent())


def again(text: str, code: int) -> Any:
    """The page of the form once more, and the code; None where there is no such page."""
    page = page_of_form()
    if page is None:
        return None
    tell(text, _sent().get("form") or page.form)
    try:
        made = page.render(**(request.view_args or {}))
    except (HTTPException, BadInput):  # what the form was about has gone
        return None
    return current_app.make_response(made[0] if isinstance(made, tuple) else made), code


def reason(error: HTTPException) -> str:
    """What a person can do about it, with the limit; empty where nothing more is known than the code."""
    told: Any = ""
    if isinstance(error, CSRFError) and page_of_form() and is_from_here():
        told = _(
            "The page was open for too long, or you have logged in again since, so nothing was sent. "
            "What was typed is still here: look it through and send it again."
        )
    elif isinstance(error, RequestEntityTooLarge):
        page = page_of_form()
        most = exact(f"{(page.most if page else DEFAULT.notebook_bytes) / MIB:.1f}".removesuffix(".0"))
        told = _("This is too large: at most %(n)s MiB are accepted. Nothing was sent.", n=most)
    elif isinstance(error, RateLimitExceeded):
        item = error.limit.limit
        told = _(
            "This was too often: at most %(n)s times in %(time)s. Wait for a moment, and send it again.",
            n=item.amount,
            time=duration(item.get_expiry()),
        )
    elif isinstance(error, TooManyRequests) and isinstance(error.retry_after, int):
        length = duration(error.retry_after)
        told = _("Reading what you send has taken too long lately. Send it again in %(time)s.", time=length)
    return str(told)


def is_from_here() -> bool:
    """Whether a page of ours has sent this; what another site has typed is not shown as if a person had."""
    sender = request.headers.get("Origin") or request.referrer or ""
    return urlsplit(sender)[:2] == urlsplit(request.host_url)[:2]


def way_back() -> str:
    """The page from which this request came, if it can be asked for; else the first one."""
    before = urlsplit(request.referrer or "")
    adapter = current_app.create_url_adapter(request)
    here = request.method == "GET" and before.path == request.path
    if adapter is not None and before.path and is_from_here() and not here and adapter.test(before.path, method="GET"):
        return f"{before.path}?{before.query}" if before.query else before.path
    return url_for("student.home")


def refused(*forms: str) -> str:
    """What is to be told in one of these forms."""
    refusal: Refusal | None = g.get("refusal")
    return refusal.text if refusal is not None and refusal.form in forms else ""


def refusal_here(form: str) -> str:
    """The same, at the place where the form tells it."""
    text = refused(form)
    g.refusal_shown = g.get("refusal_shown", False) or bool(text)
    return text


def refused_elsewhere() -> str:
    """What no form on this page has told."""
    refusal: Refusal | None = g.get("refusal")
    return refusal.text if refusal is not None and not g.get("refusal_shown") else ""


def said(form: str) -> Markup:
    """The attribute that links a field to what its form says."""
    return Markup(' aria-describedby="{}-error"').format(form) if refused(form) else Markup("")


def value(form: str, name: str, default: Any = "") -> str:
    """What had been typed into a field of a refused form, else the default."""
    kept = g.refusal.typed.get(name) if refused(form) else None
    return str(default) if kept is None else kept


def typed(form: str, name: str, default: Any = "") -> Markup:
    """A field's name and value, and its link to what the form says."""
    return Markup('name="{}" value="{}"{}').format(name, value(form, name, default), said(form))


def ticked(form: str, name: str, default: bool = False, value: str = "") -> Markup:
    """Whether a box is ticked."""
    if refused(form):
        sent = g.refusal.typed.getlist(name)
        default = value in sent if value else bool(sent)
    return Markup(" checked") if default else Markup("")


def _sent() -> MultiDict[str, str]:
    """The fields of the form, if they could be read at all."""
    try:
        return request.form
    except HTTPException:
        return MultiDict()
