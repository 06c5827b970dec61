"""Exam tickets as a page to print and to cut, as text, and as the table into which results are entered."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from html import escape

from grader.core.statement import html
from grader.core.text import clean
from grader.core.tickets import Ticket

_WORDS = {
    "en": {"ticket": "Ticket", "list": "Who has which ticket", "seed": "Seed", "student": "Student"},
    "ru": {"ticket": "Билет", "list": "Кому какой билет", "seed": "Начальное значение", "student": "Студент"},
}
_STYLE = """
body { font: 12pt/1.45 serif; margin: 1.5cm; }
article { border: 1px dashed #888; padding: .6cm; margin-bottom: .6cm; break-inside: avoid; }
h2 { font-size: 1.1em; margin: 0; } header p { color: #444; margin: .1em 0 .6em; }
article li { margin-bottom: .5em; } article li p { margin: 0; } small { color: #444; }
.list { break-before: page; } td { padding: .1em 1em .1em 0; }
"""


def to_html(
    tickets: Sequence[Ticket], names: Mapping[int, str], *, title: str, day: str, seed: str, language: str
) -> str:
    """A page: a frame for each ticket, and on the last sheet, for the examiner, who has which."""
    words = _WORDS[language]
    cards = "".join(_card(ticket, names.get(ticket.number, ""), title, day, words["ticket"]) for ticket in tickets)
    rows = "".join(f"<tr><td>{number}</td><td>{escape(name)}</td></tr>" for number, name in sorted(names.items()))
    listed = f"<h2>{words['list']}</h2><table>{rows}</table>" if rows else ""
    end = f'<section class="list">{listed}<p><small>{words["seed"]}: {escape(seed)}</small></p></section>'
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>{cards}{end}</body></html>\n"
    )


def to_text(tickets: Sequence[Ticket], names: Mapping[int, str], *, language: str) -> str:
    """The same for a terminal."""
    lines = []
    for ticket in tickets:
        name = names.get(ticket.number, "")
        lines.append(f"{_WORDS[language]['ticket']} {ticket.number}" + (f"  {name}" if name else ""))
        for place, question in enumerate(ticket.questions, 1):
            text = " ".join(question.text.split())
            lines.append(f"  {place}. {text}  ({question.lecture})")
        lines.append("")
    return clean("\n".join(lines), limit=10_000_000)


def to_csv(logins: Sequence[str]) -> str:
    """A table with an empty cell for each result, as ``theory import`` takes it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("login", "minimum", "ticket"))
    writer.writerows((login, "", "") for login in logins)
    return out.getvalue()


def _card(ticket: Ticket, name: str, title: str, day: str, word: str) -> str:
    told = " · ".join(escape(part) for part in (title, day, name) if part)
    questions = "".join(
        f"<li>{html(question.text)}<small>{escape(question.lecture)}</small></li>" for question in ticket.questions
    )
    return f"<article><header><h2>{word} {ticket.number}</h2><p>{told}</p></header><ol>{questions}</ol></article>"
