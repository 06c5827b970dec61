"""Lines of source as HTML, with the classes that the style sheet knows from statements."""

from __future__ import annotations

from markupsafe import Markup, escape

from grader.core.source import Source, Word

_CLASSES: dict[Word, str] = {"keyword": "k", "text": "s1", "comment": "c1"}


def html_of(source: Source, number: int) -> Markup:
    """One line, counted from 1. Whatever stands in it is text."""
    line, place, made = source.lines[number - 1], 0, Markup()
    for span in source.spans.get(number, ()):
        made += escape(line[place : span.begin])
        made += Markup('<span class="{}">{}</span>').format(_CLASSES[span.word], line[span.begin : span.end])
        place = span.end
    return made + escape(line[place:])
