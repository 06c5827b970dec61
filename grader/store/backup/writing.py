"""Writing a backup: one snapshot, a table after the other, never more than some rows in memory."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Table, inspect, select

from grader.core.errors import BadInput
from grader.store.backup.rows import FORMAT, at_once, plain, tables
from grader.store.engine import Database
from grader.store.migrations import revision


def write(database: Database, path: Path, files: Mapping[str, bytes], now: datetime) -> dict[str, Any]:
    """Write a backup beside ``path`` and put it there when it is whole; its manifest.

    ``files`` are kept as they are: the secret. Only its owner may read the file. Raises BadInput where
    it cannot be written, or where the database has tables from before today's.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            manifest = _write(database, file, files, now)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            beside.unlink()
    return manifest


def _write(database: Database, file: BinaryIO, files: Mapping[str, bytes], now: datetime) -> dict[str, Any]:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, _snapshot(database) as connection:
        _check_tables(connection)
        parts = {f"tables/{table.name}.jsonl": _write_table(archive, connection, table) for table in tables()}
        for name, content in files.items():
            archive.writestr(f"files/{name}", content)
            parts[f"files/{name}"] = {"sha256": hashlib.sha256(content).hexdigest()}
        manifest = {
            "format": FORMAT,
            "revision": revision(connection),
            "made_at": now.isoformat(),
            "database": connection.dialect.name,
            "parts": parts,
        }
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    return manifest


@contextmanager
def _snapshot(database: Database) -> Iterator[Connection]:
    """A transaction in which everything is as it was at one moment, while others write."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with database.engine.connect() as connection:
        yield connection.execution_options(**options) if connection.dialect.name == "postgresql" else connection
        connection.rollback()


def _check_tables(connection: Connection) -> None:
    there = inspect(connection).get_multi_columns()
    for table in tables():
        columns = {column["name"] for column in there.get((None, table.name), ())}
        if not columns.issuperset(column.name for column in table.columns):
            raise BadInput(
                f"This database is one of an older grader (schema {revision(connection)}): "
                "back it up with that one, or bring it up to date with `grader migrate`."
            )


def _write_table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    columns = [column.name for column in table.columns]
    ordered = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=at_once(table))
    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as part:
        for row in connection.execute(ordered):
            values = dict(zip(columns, map(plain, row), strict=True))
            line = json.dumps(values, ensure_ascii=False).encode() + b"\n"
            digest.update(line)
            part.write(line)
            count += 1
    return {"rows": count, "sha256": digest.hexdigest()}
