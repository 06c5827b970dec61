"""The addresses of database and broker, which may hold passwords: from a file that the environment names, or from it.

GRADER_DATABASE_FILE and GRADER_BROKER_FILE are the better way: what stands in a process's environment can be read for
as long as it runs, and goes to all that it starts.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from grader.core.errors import BadInput

DATABASE, BROKER = "GRADER_DATABASE", "GRADER_BROKER"


def database(environ: Mapping[str, str] = os.environ) -> str | None:
    """The database's URL, or None where none is told. Raises BadInput for a file that cannot be read."""
    return _told(environ, DATABASE)


def broker(environ: Mapping[str, str] = os.environ) -> str | None:
    """The broker's URL, or None: then workers look into the table."""
    return _told(environ, BROKER)


def forget(environ: MutableMapping[str, str] = os.environ) -> None:
    """Take them out of the environment, so that nothing that is started from now on inherits them."""
    for name in (DATABASE, BROKER):
        environ.pop(name, None)
        environ.pop(f"{name}_FILE", None)


def _told(environ: Mapping[str, str], name: str) -> str | None:
    path = environ.get(f"{name}_FILE")
    if not path:
        return environ.get(name) or None
    try:
        return Path(path).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not text"
        raise BadInput(f"{name}_FILE: {path} cannot be read ({reason}).") from error
