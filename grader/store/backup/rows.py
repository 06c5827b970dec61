"""Rows as JSON lines, by the types of their columns."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import DateTime, LargeBinary, Table
from sqlalchemy.types import TypeEngine

from grader.store.models import Base
from grader.store.types import Exact, Moment

FORMAT = 1
LEFT_OUT = ("standings", "kept_marks", "figures", "workers")


def tables() -> list[Table]:
    """What is kept, each after what it points to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]


def at_once(table: Table) -> int:
    """How many rows may be in memory together: few of those with files, which are some megabytes each."""
    return 8 if any(isinstance(column.type, LargeBinary) for column in table.columns) else 500


def plain(value: Any) -> Any:
    """A column's value as JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return str(value) if isinstance(value, Fraction) else value


def typed(row: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """A line's values as the columns of a table take them. Raises KeyError, ValueError, TypeError."""
    if set(row) != {column.name for column in table.columns}:
        raise KeyError(f"columns of {table.name}")
    return {column.name: _value(row[column.name], column.type) for column in table.columns}


def _value(value: Any, kind: TypeEngine[Any]) -> Any:
    if value is None:
        return None
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    if isinstance(kind, DateTime):  # of a table as it was once, which SQLite holds without a zone
        return datetime.fromisoformat(value).replace(tzinfo=None)
    if isinstance(kind, Exact):
        return Fraction(value)
    return base64.b64decode(value, validate=True) if isinstance(kind, LargeBinary) else value
