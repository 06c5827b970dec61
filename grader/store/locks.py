"""Locks that hold until the transaction ends, by words that say what is locked."""

from __future__ import annotations

import hashlib

from sqlalchemy import text
from sqlalchemy.orm import Session


def lock(session: Session, what: str) -> None:
    """Wait until no other transaction holds this. SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], "big", signed=True)
        session.execute(text("select pg_advisory_xact_lock(:number)"), {"number": number})
