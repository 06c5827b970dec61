"""Opening a database: SQLite with what keeps it safe under several processes, or PostgreSQL.

SQLite: write-ahead log, every commit on the disk, foreign keys on. `writing` begins its transaction with BEGIN
IMMEDIATE, since one that reads first and writes later fails at once when another has written between.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session, sessionmaker

BUSY_MILLISECONDS = 15_000


class Database:
    """One database: sessions for reading and for writing."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that writes nothing; what it has loaded can be used after the block."""
        with self._sessions() as session:
            yield session
            session.expunge_all()
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at the end of the block, or not at all."""
        with self._sessions() as session:
            if self.engine.dialect.name == "sqlite":
                session.connection(execution_options={"grader_immediate": True})
            yield session
            session.commit()

    def close(self) -> None:
        self.engine.dispose()


def open_engine(url: str) -> Engine:
    """An engine for ``sqlite:///path`` or ``postgresql+psycopg://...``."""
    served = not url.startswith("sqlite")
    engine = create_engine(
        url,
        pool_pre_ping=served,
        hide_parameters=True,  # what is written to a row stands in no error, and so in no log
        connect_args={"client_encoding": "utf8"} if served else {},  # whatever the server's own locale says
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def answers(engine: Engine) -> bool:
    """Whether the database answers a question."""
    with engine.connect() as connection:
        return bool(connection.execute(text("select 1")).scalar() == 1)


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    immediate = connection.get_execution_options().get("grader_immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
