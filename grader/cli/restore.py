"""``grader restore``: put a backup into this installation, also while everything runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.backup import SECRET
from grader.cli.installation import FOLDER, Parts, now, parts
from grader.cli.output import open_console, print_json, print_rows
from grader.core.errors import BadInput, OurFault

if TYPE_CHECKING:
    from grader.store.backup import Backup, Restored


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Also where there is something already: all of that is lost.")
@click.option("--dry-run", is_flag=True, help="Say what would come and what would be lost; change nothing.")
@click.option("--data", envvar="GRADER_DATA", type=FOLDER, help="The folder of `grader up`.")
@click.option("--as", "acting", envvar="GRADER_AS", default="", metavar="LOGIN", help="Who does it, for the audit log.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def restore(file: Path, replace: bool, dry_run: bool, data: Path | None, acting: str, as_json: bool) -> None:
    """Put everything that is in FILE into this installation, all of it or nothing.

    Services that run meanwhile go on with it. All log-ins end; jobs that were running wait again.
    """
    from grader.store import backup as backups
    from grader.store.engine import Database
    from grader.store.migrations import upgrade

    found = parts(data)
    with backups.opened(file) as opened:
        if not found.exists and not dry_run and found.folder is not None:
            _make(found.folder)
        database = Database(found.database if found.exists or not dry_run else "sqlite://")
        try:
            if not dry_run:
                upgrade(database.engine)
            done = backups.restore(database, opened, replace=replace, dry_run=dry_run, actor=acting, now=now())
        finally:
            database.close()
        notes = [] if dry_run else _put_secret(opened, found)
    _tell(opened, done, notes, dry_run=dry_run, as_json=as_json)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadInput(f"{folder} cannot be made: {error.strerror}.") from error


def _put_secret(opened: Backup, found: Parts) -> list[str]:
    """The secret, where there is none; otherwise beside the one there is. What was done."""
    path, content = found.secret, opened.file(SECRET)
    if path is None or content is None or (path.exists() and path.read_bytes() == content):
        return []
    target = path.with_name(path.name + ".restored") if path.exists() else path
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        raise OurFault(f"The database is restored, but {target} cannot be written: {error.strerror}.") from error
    return [f"{target} was written" + ("" if target == path else f"; {path} is another one and was left as it is")]


def _tell(opened: Backup, done: Restored, notes: list[str], *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        told = {"made_at": opened.manifest["made_at"], "revision": opened.revision, "dry_run": dry_run}
        print_json({**told, "rows": dict(done.rows), "lost": dict(done.lost), "notes": notes})
        return
    console = open_console()
    names = [name for name in done.rows if done.rows[name] or done.lost.get(name)]
    print_rows(console, ("table", "comes", "is lost"), ([n, done.rows[n], done.lost.get(n, 0)] for n in names))
    for note in notes:
        console.print(note, markup=False)
    made = opened.manifest["made_at"]
    console.print(f"Nothing was changed. The backup is of {made}." if dry_run else f"Restored, as it was at {made}.")
