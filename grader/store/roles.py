"""What web, worker and sweeper may do in PostgreSQL, each with a login of its own; the owner's is for migrations.

A worker, which lives next to students' code, can read no password's hash and no name, draw no seed of hidden inputs,
and change neither a mark nor a result that is stored. Nobody but the owner can change what stands in the audit log, or
the key that seeds come from, and only workers store results. The sweeper, which sends mail, may make an invitation:
its secret is nowhere else.
SQLite has no logins: who can open the file can do everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import sql
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, Engine

from grader.core.errors import BadInput, OurFault
from grader.store.models import Base

_ALL = ("select", "insert", "update", "delete")
_LOOK = ("select",)
_MARKS = (
    "bonus_entries",
    "codeforces_solutions",
    "defence_marks",
    "extensions",
    "group_extensions",
    "override_marks",
    "theory_marks",
)

# Of each part: the tables it may use, and how. `update (a, b)` is of these columns alone.
GRANTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "web": {
        **{table.name: _ALL for table in Base.metadata.sorted_tables},
        "alembic_version": _LOOK,
        "audit": ("select", "insert"),
        "blobs": ("select", "insert", "delete"),
        "course_versions": ("select", "insert"),
        "input_keys": _LOOK,
        "job_events": ("select", "delete"),
        "results": ("select", "delete"),
        "submission_files": ("select", "insert", "delete"),
        "workers": ("select", "update (sent_back_at)"),
    },
    "worker": {
        "alembic_version": _LOOK,
        "blobs": _LOOK,
        "job_events": ("select", "insert"),
        "jobs": (
            "select",
            "update (state, attempt, fence, lease_owner, lease_until, run_after, started_at, finished_at, error)",
        ),
        "results": ("select", "insert"),
        "submission_authors": _LOOK,
        "submission_files": _LOOK,
        "submissions": ("select", "update (result_id, costs, given_back)"),
        "users": ("select (id, record_version)", "update (record_version)"),
        "workers": _ALL,
    },
    "sweeper": {
        "alembic_version": _LOOK,
        **dict.fromkeys(_MARKS, _LOOK),
        "course_versions": _LOOK,
        "invitations": ("select", "insert", "update (expires_at)"),
        "job_events": ("select (job_id, number)",),
        "jobs": ("select", "insert", "update (state, attempt, lease_until, run_after, finished_at, error)"),
        "results": _LOOK,
        **dict.fromkeys(("standings", "kept_marks", "noted_deadlines"), _ALL),
        **dict.fromkeys(("mails", "mail_service"), ("select", "insert", "update")),
        "figures": ("select", "insert", "update"),
        "submission_authors": _LOOK,
        "submissions": ("select", "update (costs, given_back)"),
        "users": _LOOK,
        "workers": ("select", "delete"),
    },
}

OWNERS = "this needs the login of the database's owner"


@dataclass(frozen=True)
class Login:
    """A role of PostgreSQL with its password."""

    name: str
    password: str


def read_login(passfile: Path) -> Login:
    """The login in a password file as libpq has it: ``host:port:database:user:password``. Raises BadInput."""
    try:
        fields = passfile.read_text(encoding="utf-8").strip().split(":")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{passfile} cannot be read ({getattr(error, 'strerror', None) or 'not text'}).") from error
    if len(fields) != 5 or not all(fields) or "\n" in fields[4]:
        raise BadInput(f"{passfile} is no password file of one line: host:port:database:user:password.")
    return Login(fields[3], fields[4])


def prepare(engine: Engine, logins: Mapping[str, Login]) -> None:
    """Make these logins, by part, or change their passwords; each gets the rights of its part and no others.

    Raises BadInput where the database is no PostgreSQL, OurFault where this login may not do it.
    """
    if engine.dialect.name != "postgresql":
        raise BadInput("Only PostgreSQL has logins; this database is another one.")
    try:
        with engine.begin() as connection:
            for part, login in logins.items():
                _make(connection, login)
                _grant(connection, login.name, GRANTS[part])
    except InsufficientPrivilege as error:
        raise OurFault(f"The database refused: {OWNERS}, who may make logins.") from error


def _make(connection: Connection, login: Login) -> None:
    """The server is told a verifier, so that the password is in none of its logs."""
    driver = _driver(connection)
    known = driver.execute("select 1 from pg_roles where rolname = %s", (login.name,)).fetchone()
    verifier = driver.pgconn.encrypt_password(login.password.encode(), login.name.encode(), b"scram-sha-256")
    words = sql.SQL("alter role {} login password {}" if known else "create role {} login password {}")
    driver.execute(words.format(sql.Identifier(login.name), sql.Literal(verifier.decode())))


def _grant(connection: Connection, name: str, tables: Mapping[str, tuple[str, ...]]) -> None:
    driver, role = _driver(connection), sql.Identifier(name)
    driver.execute(sql.SQL("revoke all on all tables in schema public from {}").format(role))
    driver.execute(sql.SQL("grant usage on schema public to {}").format(role))
    for table, rights in tables.items():
        words = "grant " + ", ".join(rights) + " on {} to {}"
        driver.execute(sql.SQL(words).format(sql.Identifier(table), role))


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
