"""The migrations: `upgrade` brings any database to today's tables."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


def configuration(engine: Engine | None = None) -> Config:
    """Alembic's configuration, for this database where something is done to one; without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["engine"] = engine
    return config


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(configuration())


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to ``revision``; a new one gets all tables."""
    command.upgrade(configuration(engine), revision)


def revision(connection: Connection) -> str | None:
    """Which tables the database has; None where it has none."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """Today's tables."""
    return _scripts().get_current_head()


def knows(revision: str) -> bool:
    """Whether there is a way from these tables to today's."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def is_current(engine: Engine) -> bool:
    """Whether the database has today's tables."""
    with engine.connect() as connection:
        return revision(connection) == head()
