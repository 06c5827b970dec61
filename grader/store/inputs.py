"""The seeds that hidden inputs are drawn from, and the key that the seeds come from.

A seed belongs to a student and an assignment, not to an upload: the same code gets the same points each time, and two
students never have the same inputs. Where an assignment is handed in by teams, it belongs to the team, by its name:
mates share the inputs as they share the budget, whoever of them uploads. A team that is renamed, and a student who
goes to another team, have other inputs from then on; what was uploaded before keeps the seed that it had.

The key is made once, by the migration, and is never changed: it is not the web's secret, which may be. Only the web's
login may read it (`grader.store.roles`).
"""

from __future__ import annotations

import hmac

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.errors import OurFault
from grader.store.models import InputKey, User

KEY_BYTES = 32


def seed(session: Session, assignment: str, user: User, *, team: bool) -> str:
    """The seed of what this person hands in now; with ``team`` that of the team, where there is one."""
    shared = team and bool(user.team)
    return _drawn(session, assignment, "team" if shared else "person", user.team if shared else user.id)


def other_seed(session: Session, assignment: str, regrade_id: str, seed: str) -> str:
    """Another seed than this one, for a regrade with other inputs: whoever had the same inputs has the same again."""
    return _drawn(session, assignment, "regrade", f"{regrade_id}\0{seed}")


def _drawn(session: Session, assignment: str, kind: str, identity: str) -> str:
    text = f"{assignment}\0{kind}\0{identity}"
    return hmac.digest(_key(session), text.encode(), "sha256").hex()


def _key(session: Session) -> bytes:
    found: bytes | None = session.scalar(select(InputKey.key))
    if found is None or len(found) != KEY_BYTES:
        raise OurFault("The database has lost the key of the hidden inputs: restore a backup.")
    return found
