"""What-if as a student types it: texts to what is assumed, and the standing and the plan that follow. Saves nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy.orm import Session

from grader.core import planning
from grader.core.course import Course
from grader.core.errors import BadInput
from grader.core.gradebook import Standing
from grader.core.planning import Assumed, Plan
from grader.core.scoring import Exam, parse
from grader.store.models import User
from grader.store.records import records


@dataclass(frozen=True)
class Question:
    """What is asked, as texts; an empty one is not told."""

    items: Mapping[str, str]
    test: str = ""
    minimum: str = ""
    ticket: str = ""
    bonus: str = ""
    want: str = ""

    @property
    def asked(self) -> bool:
        return any((self.test, self.minimum, self.ticket, self.bonus, self.want, *self.items.values()))


@dataclass(frozen=True)
class Answer:
    """The standing that would be, and what the wanted score needs, where one was told."""

    standing: Standing
    plan: Plan | None


def question(course: Course, typed: Mapping[str, str]) -> Question:
    """What a form's fields ask; those of items are called ``item.NAME``."""
    fields = {name: typed.get(name, "").strip() for name in ("test", "minimum", "ticket", "bonus", "want")}
    return Question(items={item.name: typed.get(f"item.{item.name}", "").strip() for item in course.items}, **fields)


def answer(session: Session, course: Course, user: User, question: Question, now: datetime) -> Answer:
    """What would be. Raises BadInput naming what cannot be."""
    record, assumed = records(session, [user])[user.id], read(question)
    found = planning.what_if(course, record, assumed)
    if not question.want:
        return Answer(found, None)
    return Answer(found, planning.plan(course, record, assumed, parse("want", question.want, ru="желаемый балл"), now))


def read(question: Question) -> Assumed:
    """What is assumed; half of an exam is taken as 0 for the other half."""
    exam = None
    if question.minimum or question.ticket:
        exam = Exam(_exam(question.minimum), _exam(question.ticket))
    return Assumed(
        items={name: parse(name, text) for name, text in question.items.items() if text},
        test=parse("test", question.test, ru="тест") if question.test else None,
        exam=exam,
        bonus=parse("bonus", question.bonus, ru="бонус") if question.bonus else None,
    )


def _exam(text: str) -> Fraction:
    return parse("exam", text or "0", ru="экзамен")


def items_of(pairs: list[str]) -> dict[str, str]:
    """NAME=POINTS, one or several. Raises BadInput for a name that is told twice."""
    items: dict[str, str] = {}
    for pair in pairs:
        name, _, points = pair.partition("=")
        if name in items:
            raise BadInput(f"{name} is told twice.", ru=f"{name} указано дважды.")
        items[name] = points
    return items
