"""The web's settings, from the environment. No secret has a default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.core import addresses
from grader.core.assignment import assignments_folder
from grader.core.errors import BadInput


@dataclass(frozen=True)
class Settings:
    """``secret`` signs sessions and receipts; with ``earlier_secrets`` sessions are still read.

    ``insecure_http`` is for one machine alone.
    """

    database: str
    secret: str
    broker: str | None = None
    assignments: Path = field(default_factory=assignments_folder)
    insecure_http: bool = False
    earlier_secrets: tuple[str, ...] = ()
    proxies: int = 0  # how many proxies in front may tell the client's address
    metrics_token: str | None = None  # with which monitoring reads /metrics


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings that GRADER_* variables tell. Raises BadInput naming the one that is missing."""
    database = addresses.database(environ)
    if database is None:
        raise BadInput("Neither GRADER_DATABASE_FILE nor GRADER_DATABASE is set.")
    if not environ.get("GRADER_SECRET_FILE"):
        raise BadInput("GRADER_SECRET_FILE is not set.")
    secret, *earlier = _read_secrets("GRADER_SECRET_FILE", Path(environ["GRADER_SECRET_FILE"]))
    metrics_file = environ.get("GRADER_METRICS_TOKEN_FILE")
    return Settings(
        database=database,
        secret=secret,
        earlier_secrets=tuple(earlier),
        broker=addresses.broker(environ),
        insecure_http=environ.get("GRADER_INSECURE_HTTP") == "1",
        proxies=int(environ.get("GRADER_PROXIES", "0")),
        metrics_token=_read_secrets("GRADER_METRICS_TOKEN_FILE", Path(metrics_file))[0] if metrics_file else None,
    )


def _read_secrets(name: str, path: Path) -> list[str]:
    """The secret, a line; each further line is one that was the secret before."""
    try:
        secrets = [line.strip() for line in path.read_text().splitlines() if line.strip()]
    except OSError as error:
        raise BadInput(f"{name}: {path} cannot be read ({error.strerror}).") from error
    if not secrets or min(map(len, secrets)) < 32:
        raise BadInput(f"{name}: {path} must hold at least 32 characters, in each line.")
    return secrets
