"""``grader backup``: a whole course in one file, while everything runs."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.installation import FOLDER, existing_parts, now
from grader.cli.output import open_console, print_json
from grader.core.errors import BadInput

SECRET = "secret"  # noqa: S105 - a name in the archive


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--with-secret", is_flag=True, help="Also the installation's secret: keep the file as safe as that.")
@click.option("--data", envvar="GRADER_DATA", type=FOLDER, help="The folder of `grader up`.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def backup(file: Path, with_secret: bool, data: Path | None, as_json: bool) -> None:
    """Write people, submissions, results, marks and the audit log into FILE, as they are at one moment.

    The key that hidden inputs are drawn from is in it: keep FILE as safe as the database.
    """
    from grader.store.backup import write
    from grader.store.engine import Database

    found = existing_parts(data)
    files = {SECRET: _secret(found.secret)} if with_secret else {}
    database = Database(found.database)
    try:
        manifest = write(database, file, files, now())
    finally:
        database.close()
    if as_json:
        print_json({"file": str(file), **manifest})
        return
    rows = {name: part["rows"] for name, part in manifest["parts"].items() if part.get("rows")}
    console = open_console()
    console.print(f"{file}: {sum(rows.values())} rows of {len(rows)} tables, {file.stat().st_size:,} bytes.")
    if not with_secret:
        console.print(
            "The installation's secret is not in it. Without it all log-ins end, and receipts are signed by another "
            "key: keep a copy of it elsewhere, or use --with-secret."
        )


def _secret(path: Path | None) -> bytes:
    if path is None or not path.exists():
        raise BadInput("There is no secret to be found here: tell GRADER_SECRET_FILE, or leave --with-secret out.")
    return path.read_bytes()
