"""The page of the glossary, for everybody in the course."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template

from web import rendering
from web.glossary import service
from web.state import now, state

glossary = Blueprint("glossary", __name__, url_prefix="/glossary")


@glossary.get("/")
def page() -> Any:
    language = rendering.language()
    letters = service.letters(state().course, g.user, language, now())
    return render_template("glossary/page.html", letters=letters, other="en" if language == "ru" else "ru")
