"""Figures over everybody's marks, counted once for each version of them: statistics of thousands open at once.

`grader.store.standings` calls `changed` when it writes marks that differ from those it had kept. `kept` gives what was
counted from the marks as they are, or counts it and keeps that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from grader.store.engine import Database
from grader.store.models import Figures

COURSE = ""  # the name of what is counted over all assignments
RESULTS = "results:"  # before an assignment's name: what is counted over the results of its uploads


def changed(session: Session, assignments: Collection[str]) -> None:
    """Marks, uploads or results of these assignments are other ones, or totals are: what was counted of them is old."""
    kind = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    names = {COURSE, *assignments, *(RESULTS + name for name in assignments)}
    rows = [{"name": name, "version": 1, "counted": ""} for name in sorted(names)]  # whoever locks them, in this order
    insert = kind.insert(Figures)
    session.execute(insert.on_conflict_do_update(index_elements=["name"], set_={"version": Figures.version + 1}), rows)


def kept(
    database: Database, names: Sequence[str], rules: str, count: Callable[[str], dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """The figures by these names, of today's marks by rules with this fingerprint; ``count`` makes those that are old.

    What is counted while marks change is kept for the version that there was before, and so is old at once.
    """
    with database.reading() as session:
        found = {row.name: row for row in session.scalars(select(Figures).where(Figures.name.in_(names)))}
    values = {}
    for name in names:
        row = found.get(name)
        told = f"{row.version if row else 0}/{rules}"
        if row is not None and row.counted == told and row.value is not None:
            values[name] = row.value
            continue
        values[name] = count(name)
        _keep(database, name, told, values[name])
    return values


def _keep(database: Database, name: str, told: str, value: dict[str, Any]) -> None:
    with database.writing() as session:
        kind = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        insert = kind.insert(Figures).values(name=name, version=0, counted=told, value=value)
        session.execute(
            insert.on_conflict_do_update(
                index_elements=["name"], set_={"counted": insert.excluded.counted, "value": insert.excluded.value}
            )
        )
