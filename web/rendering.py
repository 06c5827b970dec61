"""From data to what people read: Markdown with formulas as MathML, numbers, moments, verdicts in words."""

from __future__ import annotations

import re
from datetime import datetime
from fractions import Fraction

from flask import Flask, url_for
from flask_babel import format_datetime, get_locale, lazy_gettext
from flask_babel import gettext as _
from markupsafe import Markup

from grader.core import environments, moments
from grader.core.scoring import rounded, written
from grader.core.statement import html, line, mathml
from grader.core.term_links import Links
from grader.core.text import durations
from grader.core.verdicts import Verdict
from grader.store import unimported
from grader.store.models import User
from web.permissions import TABLE, allowed
from web.state import now, state

VERDICTS = {
    Verdict.PASSED: lazy_gettext("passed"),
    Verdict.FAILED: lazy_gettext("wrong result"),
    Verdict.ERROR: lazy_gettext("exception"),
    Verdict.TIMEOUT: lazy_gettext("too slow"),
    Verdict.MEMORY: lazy_gettext("out of memory"),
    Verdict.OUTPUT: lazy_gettext("too much output"),
    Verdict.PROTOCOL: lazy_gettext("broken answer"),
    Verdict.DIED: lazy_gettext("the process ended"),
    Verdict.SKIPPED: lazy_gettext("skipped"),
    Verdict.REFUSED: lazy_gettext("not allowed"),
}
STATES = {
    "queued": lazy_gettext("waiting"),
    "running": lazy_gettext("being graded"),
    "graded": lazy_gettext("graded"),
    "broken": lazy_gettext("our fault"),
}
WORKER_STATES = {
    "ready": lazy_gettext("at work"),
    "ill": lazy_gettext("ill"),
    "stopping": lazy_gettext("stopping"),
    "lost": lazy_gettext("not seen for long"),
}
MAIL_KINDS = {
    "invitation": lazy_gettext("an invitation"),
    "password": lazy_gettext("a new password"),
    "regrade": lazy_gettext("a regrade"),
    "deadline": lazy_gettext("a deadline that changed"),
    "reminder": lazy_gettext("a near deadline"),
}
MAIL_STATES = {
    "queued": lazy_gettext("is tried again"),
    "failed": lazy_gettext("could not be delivered"),
    "unsure": lazy_gettext("may have arrived"),
}
# The pages of staff, in the order in which they stand beside each other; who may see which, `permissions` decides.
KB = 1000
STAFF_PAGES = (
    ("gradebook.table", lazy_gettext("Gradebook")),
    ("marking.defence_list", lazy_gettext("Defences")),
    ("marking.theory_grid", lazy_gettext("Theory")),
    ("extending.table", lazy_gettext("Extensions")),
    ("codeforces.contests", "Codeforces"),
    ("statistics.table", lazy_gettext("Statistics")),
    ("similarity.choice", lazy_gettext("Similarity")),
    ("regrades.table", lazy_gettext("Regrades")),
    ("people.table", lazy_gettext("People")),
    ("mail.table", lazy_gettext("E-mail")),
    ("audit.log", lazy_gettext("Audit log")),
    ("operations.status", lazy_gettext("Status")),
)
ROLES = {
    "student": lazy_gettext("student"),
    "assistant": lazy_gettext("assistant"),
    "instructor": lazy_gettext("instructor"),
}
BONUS_KINDS = {
    "notes": lazy_gettext("lecture notes"),
    "visualiser": lazy_gettext("visualiser"),
    "improvement": lazy_gettext("improvement of the course"),
    "other": lazy_gettext("other"),
}
SCOPES = {
    "read": lazy_gettext("read"),
    "submit": lazy_gettext("hand in"),
    "staff": lazy_gettext("do what staff do"),
}
KINDS = {"lab": lazy_gettext("lab"), "task": lazy_gettext("task")}


def register(app: Flask) -> None:
    """Filters and globals for the templates."""
    app.jinja_env.filters.update(
        points=points,
        seconds=seconds,
        moment=moment,
        exact_moment=exact_moment,
        deadline=deadline,
        due=due,
        exact_due=exact_due,
        ratio=ratio,
        size=size,
        duration=duration,
        verdict=verdict,
        state_word=state_word,
        worker_state=worker_state,
        mail_kind=lambda value: str(MAIL_KINDS.get(value, value)),
        mail_state=lambda value: str(MAIL_STATES.get(value, value)),
        kind=kind,
        role=role,
        scope=scope,
        math=math,
        markdown=markdown,
        bilingual=bilingual,
        bonus_kind=bonus_kind,
        exact=exact,
        local=local,
        written=written,
        logged=logged,
        environment=environments.written,
    )
    app.jinja_env.globals.update(
        language=language, staff_pages=staff_pages, course_problem=course_problem, unimported=unimported.FREE
    )


def staff_pages(user: User) -> list[tuple[str, str]]:
    """The endpoints and names of the pages that this member of staff may see."""
    return [(endpoint, str(text)) for endpoint, text in STAFF_PAGES if allowed(user, TABLE[endpoint])]


def course_problem() -> str:
    """Why the course in force does not fit the assignments, while an older reading of it holds; empty when it does."""
    problem = state().applied.problem
    return problem.told(language()) if problem is not None else ""


def language() -> str:
    return str(get_locale() or "en")


def bilingual(texts: dict[str, str]) -> str:
    """A text of an assignment in the reader's language."""
    return texts.get(language()) or texts.get("en", "")


def points(value: Fraction | int | float | str) -> str:
    """Points for people: at most two decimals, none where none are needed, a decimal comma in Russian."""
    shown = rounded(Fraction(str(value)))
    text = str(int(shown)) if shown == int(shown) else str(shown)
    return text.replace(".", ",") if language() == "ru" else text


def size(count: int) -> str:
    """How large a file is: bytes, kB or MB of a thousand each."""
    if count < KB:
        return str(_("%(n)s B", n=count))
    if count < KB * KB:
        return str(_("%(n)s kB", n=exact(f"{count / KB:.1f}")))
    return str(_("%(n)s MB", n=exact(f"{count / KB**2:.1f}")))


def seconds(value: float) -> str:
    """How long a test took: one decimal, whatever it is, so that a column of them can be compared."""
    text = f"{value:.1f}"
    return text.replace(".", ",") if language() == "ru" else text


def moment(value: datetime | None) -> str:
    """A moment in the course's time zone."""
    if value is None:
        return "—"
    return str(format_datetime(value.astimezone(state().course.zone), "d MMM y, HH:mm", rebase=False))


def exact_moment(value: datetime | None) -> str:
    """A moment to the second, for where it stands beside a deadline."""
    if value is None:
        return "—"
    return str(format_datetime(value.astimezone(state().course.zone), "d MMM y, HH:mm:ss", rebase=False))


def deadline(value: datetime | None, seconds: bool = False) -> str:
    """A deadline with weekday, zone, and what is left of it; with ``seconds`` its last one."""
    if value is None:
        return "—"
    return moments.deadline(value, state().course.zone, language(), now(), seconds=seconds)


def due(value: datetime | None) -> str:
    """A deadline without what is left of it."""
    return "—" if value is None else moments.due(value, state().course.zone, language(), now())


def exact_due(value: datetime | None) -> str:
    """The last second of a deadline, for where an upload stands beside it."""
    return "—" if value is None else moments.due(value, state().course.zone, language(), now(), seconds=True)


def ratio(pair: tuple[Fraction, Fraction]) -> str:
    """A score and what there was to get."""
    return f"{points(pair[0])} / {points(pair[1])}"


def duration(seconds: float) -> str:
    """A length of time, rounded up so that nobody is promised too much."""
    en, ru = durations(seconds)
    return ru if language() == "ru" else en


def verdict(value: str) -> str:
    return str(VERDICTS[Verdict(value)])


def state_word(value: str) -> str:
    return str(STATES[value])


def worker_state(value: str) -> str:
    return str(WORKER_STATES[value])


def scope(value: str) -> str:
    return str(SCOPES[value])


def role(value: str) -> str:
    return str(ROLES[value])


def kind(value: str) -> str:
    return str(KINDS[value])


def bonus_kind(value: str) -> str:
    return str(BONUS_KINDS[value])


def exact(text: str) -> str:
    """A number as a person types it in their language; it is read back exactly."""
    return text.replace(".", ",") if language() == "ru" else text


def logged(text: str) -> str:
    """A value of the audit log: a moment in the course's time zone, a hash or an id by its beginning."""
    try:
        return moment(datetime.fromisoformat(text)) if len(text) >= len("2027-02-14T23:59+00:00") else text
    except ValueError:
        return text if len(text) <= 30 or "/" in text else f"{text[:8]}…"


def local(value: datetime | None) -> str:
    """A moment as a field for a local time takes it, in the course's time zone."""
    return "" if value is None else value.astimezone(state().course.zone).strftime("%Y-%m-%dT%H:%M")


def math(latex: str, display: bool = False) -> Markup:
    """A formula as MathML: the browser sets it, no script is needed. Decimals are the reader's language's."""
    made = mathml(latex, display)
    return Markup(re.sub(r"<mn>(\d+)\.(\d+)</mn>", r"<mn>\1,\2</mn>", made) if language() == "ru" else made)


def statement(text: str, links: Links) -> Markup:
    """A statement's Markdown as HTML, with links to the glossary."""
    return Markup(html(text, links, url_for("glossary.page")))


def markdown(text: str) -> Markup:
    """A line of an assignment's Markdown as HTML."""
    return Markup(line(text))
