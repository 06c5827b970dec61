"""Putting a backup into a database, in one transaction: whoever runs meanwhile sees all of the old, or all of the new.

Jobs that were running wait again. Fences and the versions of sessions go on from what the database had, so that a
worker from before cannot store into the restored rows, and old log-ins end. The key of the hidden inputs is the
backup's; one from before there was such a key leaves the database's own.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from psycopg.errors import QueryCanceled
from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select, text, update
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from grader.core.errors import BadInput, OurFault
from grader.store import audit
from grader.store.backup.reading import DAMAGED, Backup
from grader.store.backup.rows import at_once, plain, tables, typed
from grader.store.engine import Database
from grader.store.migrations import head, knows, upgrade
from grader.store.models import Base, CourseVersion, InputKey, Job, User
from grader.store.roles import OWNERS

Rows = Iterable[Mapping[str, Any]]
_COURSE_FILE = "course.toml"
_KEYS = Base.metadata.tables[InputKey.__tablename__]
LOCK_PATIENCE = 60.0  # seconds until a database whose tables are never all free is called in use
_TRY_MILLISECONDS = 400  # less than PostgreSQL's deadlock_timeout, after which it ends one of those that wait
_PAUSE = 0.1  # seconds between two tries, for those who waited for us
DOES_NOT_FIT = (*DAMAGED, KeyError, TypeError)  # what rows that were made up lead to


@dataclass(frozen=True)
class Restored:
    """Rows by table: what is there now, and what was there before and is not any more."""

    rows: Mapping[str, int]
    lost: Mapping[str, int]


def contents(connection: Connection) -> dict[str, int]:
    """How many rows there are of what a restore would remove; without the tables that hold none, or are not there.

    Every database has a key of the hidden inputs, an empty one too.
    """
    there = set(inspect(connection).get_table_names())
    listed = [table for table in tables() if table.name in there and table is not _KEYS]
    counts = {table.name: _count(connection, table) for table in listed}
    return {name: count for name, count in counts.items() if count}


def restore(database: Database, backup: Backup, *, replace: bool, dry_run: bool, actor: str, now: datetime) -> Restored:
    """Put a backup into a database with today's tables. Raises BadInput, and then nothing has changed.

    What the database holds is lost, and only with ``replace``.
    """
    if not knows(backup.revision):
        raise BadInput(f"{backup.path} was made by a newer grader (schema {backup.revision}): update this one first.")
    rows = {table.name: backup.count(table.name) for table in tables()}
    if dry_run:
        with database.engine.connect() as connection:
            lost = contents(connection)
    else:
        try:
            with tempfile.TemporaryDirectory(prefix="grader-restore-") as folder, database.writing() as session:
                lost = _locked(session.connection(), replace=replace)
                _replace(session, _of_today(database, backup, Path(folder)), lost, backup, actor, now)
        except (*DOES_NOT_FIT, IntegrityError, DataError) as error:
            raise BadInput(f"{backup.path} does not fit ({type(error).__name__}). Nothing was changed.") from error
        except ProgrammingError as error:
            raise OurFault(
                f"The database refused ({type(error.orig).__name__}): {OWNERS}. Nothing was changed."
            ) from error
        except OperationalError as error:
            raise OurFault(f"The database refused ({type(error.orig).__name__}). Nothing was changed.") from error
    return Restored(rows, lost)


def _locked(connection: Connection, *, replace: bool) -> dict[str, int]:
    """What will be lost, now that nobody can add to it. Raises BadInput where that was not allowed."""
    if connection.dialect.name == "postgresql":
        _lock_all(connection)
    lost = contents(connection)
    if lost and not replace:
        told = ", ".join(f"{name} {count}" for name, count in lost.items())
        raise BadInput(f"This database is not empty ({told}). With --replace all of that is lost.")
    return lost


def _lock_all(connection: Connection) -> None:
    """Lock every table, or none for long: whoever has one and waits for another of ours must not wait for ever.

    Raises OurFault when somebody kept a table for all of ``LOCK_PATIENCE``.
    """
    usual = connection.execute(text("select current_setting('statement_timeout')")).scalar()
    limit = text("select set_config('statement_timeout', :value, true)")  # until the transaction ends
    connection.execute(limit, {"value": str(_TRY_MILLISECONDS)})
    deadline = time.monotonic() + LOCK_PATIENCE
    while not _try_to_lock_all(connection):
        if time.monotonic() > deadline:
            raise OurFault(
                f"The database is in use (a table was not free for {LOCK_PATIENCE:.0f} s). Nothing was changed: "
                "wait until what runs has ended (a backup?), or stop the services, and restore again."
            )
        time.sleep(_PAUSE)
    connection.execute(limit, {"value": usual})


def _try_to_lock_all(connection: Connection) -> bool:
    """Whether all tables are locked now, within the limit of a statement; if not, none is."""
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    try:
        with connection.begin_nested():
            connection.execute(text(f"lock table {names} in access exclusive mode"))
    except OperationalError as error:
        if isinstance(error.orig, QueryCanceled):
            return False
        raise
    return True


def _replace(
    session: Session,
    parts: Iterator[tuple[Table, Rows]],
    lost: Mapping[str, int],
    backup: Backup,
    actor: str,
    now: datetime,
) -> None:
    connection = session.connection()
    end = audit.last(session)
    before = {"rows": dict(lost), "audit": [end.number, end.hash] if end else None} if lost else None
    fence = session.scalar(select(func.max(Job.fence))) or 0
    versions = session.execute(select(func.max(User.session_version), func.max(User.record_version))).one()
    session.expunge_all()
    kept = [_KEYS] if not backup.count(_KEYS.name) else []
    for table in reversed(Base.metadata.sorted_tables):
        if table not in kept:
            connection.execute(table.delete())
    for table, rows in parts:
        if table not in kept:
            _fill(connection, table, rows)
    _take_course_file(session, backup, now)
    _go_on(session, fence, versions[0] or 0, versions[1] or 0)
    broken = audit.first_break(session)
    if broken is not None:
        raise BadInput(f"The audit log in {backup.path} is broken at entry {broken}. Nothing was changed.")
    after = {"made_at": backup.manifest["made_at"], "revision": backup.revision}
    audit.append(session, actor, "restore", "backup", before, after, now=now)


def _take_course_file(session: Session, backup: Backup, now: datetime) -> None:
    """In a backup from before the course was a row it is a file: that is in force again."""
    content = backup.file(_COURSE_FILE)
    if content is not None and not backup.count(CourseVersion.__tablename__):
        session.add(CourseVersion(number=1, applied_at=now, text=content.decode()))
        session.flush()


def _fill(connection: Connection, table: Table, rows: Rows) -> None:
    waiting = iter(rows)
    while some := [typed(row, table) for row in islice(waiting, at_once(table))]:
        connection.execute(insert(table), some)


def _go_on(session: Session, fence: int, session_version: int, record_version: int) -> None:
    session.execute(update(Job).values(fence=Job.fence + fence + 1))
    waits = {"state": "queued", "lease_until": None, "lease_owner": ""}
    session.execute(update(Job).where(Job.state == "running").values(**waits))
    session.execute(
        update(User).values(
            session_version=User.session_version + session_version + 1,
            record_version=User.record_version + record_version + 1,
        )
    )


def _of_today(database: Database, backup: Backup, folder: Path) -> Iterator[tuple[Table, Rows]]:
    """The tables with their rows as of today; older ones go through the migrations, in a database of their own."""
    if backup.revision == head():
        yield from ((table, backup.rows(table.name)) for table in tables())
        return
    with closing(Database(f"sqlite:///{folder / 'older.db'}")) as older:
        upgrade(older.engine, backup.revision)
        known = MetaData()
        known.reflect(older.engine)
        with older.engine.begin() as connection:
            for table in known.sorted_tables:
                _fill(connection, table, backup.rows(table.name))
        upgrade(older.engine)
        with older.engine.connect() as connection:
            for table in tables():
                columns = [column.name for column in table.columns]
                found = connection.execute(select(table).execution_options(yield_per=at_once(table)))
                yield table, (dict(zip(columns, map(plain, row), strict=True)) for row in found)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar() or 0
