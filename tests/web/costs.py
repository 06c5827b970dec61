"""What answering a request costs a database: queries, and steps or rows, measured where they are done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event, text

_STEPS = 10  # of SQLite's machine between two looks


@dataclass
class Cost:
    """``read`` counts steps of SQLite's machine, or rows that PostgreSQL went through."""

    queries: list[tuple[str, Any]] = field(default_factory=list)
    read: int = 0


@contextmanager
def measured(engine: Engine) -> Iterator[Cost]:
    """The cost of what is done with this engine inside of the block."""
    cost = Cost()

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_others: Any) -> None:
        if not statement.startswith("BEGIN"):
            cost.queries.append((statement, parameters))

    def step() -> None:
        cost.read += _STEPS

    def watch(connection: Any, *_others: Any) -> None:
        connection.set_progress_handler(step, _STEPS)

    def leave(connection: Any, *_others: Any) -> None:
        connection.set_progress_handler(None, 0)

    listeners = [("before_cursor_execute", listen)]
    if engine.dialect.name == "sqlite":
        listeners += [("checkout", watch), ("checkin", leave)]
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield cost
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)
    if engine.dialect.name == "postgresql":
        cost.read = _rows(engine, cost.queries)


def _rows(engine: Engine, queries: list[tuple[str, Any]]) -> int:
    """The rows that these queries go through, by plans as they are for large tables: along indexes where there are."""
    with engine.connect() as connection:
        connection.execute(text("set enable_seqscan = off"))
        cursor = connection.connection.driver_connection.cursor()
        total = 0
        for statement, parameters in queries:
            if statement.lstrip().startswith("SELECT"):
                cursor.execute("explain (analyze, format json) " + statement, parameters)
                found = cursor.fetchone()[0]
                total += _of_plan((json.loads(found) if isinstance(found, str) else found)[0]["Plan"])
        connection.rollback()
        return total


def _of_plan(plan: dict[str, Any]) -> int:
    """The rows of all tables in a plan, those that a filter has thrown away included."""
    own = 0
    if "Relation Name" in plan:
        removed = sum(rows for name, rows in plan.items() if name.startswith("Rows Removed by"))
        own = round((plan["Actual Rows"] + removed) * plan["Actual Loops"])
    return own + sum(_of_plan(inner) for inner in plan.get("Plans", ()))
