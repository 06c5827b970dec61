"""``grader migrate``: today's tables, and in PostgreSQL the logins of the services."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.installation import FOLDER, existing_parts


@click.command()
@click.option("--data", envvar="GRADER_DATA", type=FOLDER, help="The folder of `grader up`.")
@click.option(
    "--logins",
    type=FOLDER,
    help="A folder with libpq's password files web, worker and sweeper: make these logins in PostgreSQL, each with "
    "the rights that this service needs.",
)
def migrate(data: Path | None, logins: Path | None) -> None:
    """Bring the database's tables up to date, with its owner's login. What is up to date is left alone."""
    from grader.store.engine import Database
    from grader.store.migrations import revision, upgrade
    from grader.store.roles import GRANTS, prepare, read_login

    found = existing_parts(data)
    read = {part: read_login(logins / part) for part in GRANTS} if logins else {}
    database = Database(found.database)
    try:
        with database.engine.connect() as connection:
            before = revision(connection)
        upgrade(database.engine)
        with database.engine.connect() as connection:
            after = revision(connection)
        if read:
            prepare(database.engine, read)
    finally:
        database.close()
    click.echo(f"Tables {after}: " + ("up to date." if before == after else f"brought there from {before or 'none'}."))
    for part, login in read.items():
        click.echo(f"{part} logs in as {login.name}.")
