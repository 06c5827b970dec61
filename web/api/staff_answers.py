"""From what staff see to the shapes of `web.api.staff_shapes`."""

from __future__ import annotations

from fractions import Fraction

from grader.core.gradebook import Standing
from grader.core.report import number
from grader.core.scoring import rounded
from grader.staff.sheet import Row
from grader.staff.sheet import Sheet as Found
from grader.store.models import BonusEntry, User
from web.api import answers
from web.api import staff_shapes as shapes


def line(user: User, standing: Standing) -> shapes.GradebookLine:
    score = standing.score
    return shapes.GradebookLine(
        login=user.login,
        name=user.name,
        group=user.group,
        marks=[answers.mark(one) for one in standing.marks],
        theory=number(score.theory),
        practice=number(score.practice),
        bonus=float(score.bonus),
        final=float(rounded(score.final)),
    )


def listed(user: User) -> shapes.Listed:
    told = {name: getattr(user, name) for name in shapes.Listed.model_fields}
    return shapes.Listed(**told)


def bonus(entry: BonusEntry, by: User) -> shapes.BonusEntry:
    return shapes.BonusEntry(
        id=entry.id,
        points=number(entry.points),
        kind=entry.kind,
        reason=entry.reason,
        link=entry.link,
        given_by=by.login,
        created_at=entry.created_at,
        revoked=entry.revoked_at is not None,
    )


def sheet(found: Found) -> shapes.Sheet:
    theory = found.theory
    return shapes.Sheet(
        person=listed(found.user),
        grades=answers.grades(found.standing),
        items=[_item(row) for row in found.rows],
        theory=shapes.Theory(test=_points(theory.test), minimum=_points(theory.minimum), ticket=_points(theory.ticket)),
        bonus=[bonus(given.entry, given.by) for given in found.bonus],
    )


def _item(row: Row) -> shapes.Item:
    defence, override = row.defence, row.override
    return shapes.Item(
        assignment=row.item.name,
        deadline=row.deadline,
        defence=shapes.Defence(share=number(defence.mark.share), note=defence.mark.note) if defence else None,
        override=shapes.Override(points=number(override.mark.points), reason=override.mark.reason)
        if override
        else None,
    )


def _points(value: Fraction | None) -> int | float | None:
    return None if value is None else number(value)
