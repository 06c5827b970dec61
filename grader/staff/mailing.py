"""Mails that staff set off: invitations, new passwords, and the news of a regrade. The sweeper sends them.

Nothing is queued while mail is off, so that switching it on sends nothing old.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.errors import BadInput
from grader.staff import invitations
from grader.store import audit, mails
from grader.store.models import Mail, Regrade, SubmissionAuthor, User


def invite(session: Session, users: Iterable[User], *, actor: User, now: datetime) -> list[User]:
    """Queue an invitation, or a link for a new password, for each; those who have no address.

    The link itself is made when it is sent. Raises BadInput where mail is off, or somebody is deactivated.
    """
    if not mails.service(session, now).active:
        raise BadInput(
            "Mail is off: set GRADER_MAIL_HOST for the sweeper, or give out links.",
            ru="Почта выключена: задайте GRADER_MAIL_HOST для sweeper или раздайте ссылки.",
        )
    listed = list(users)
    for user in listed:
        invitations.check(user)
    waiting = _waiting(session, [user.id for user in listed])
    for user in listed:
        if user.email and user.id not in waiting:
            kind = mails.PASSWORD if user.password_hash else mails.INVITATION
            mails.queue(session, [user], kind, mails.unique_key(), {}, now=now, requested_by=actor.id)
            audit.append(session, actor.id, "user.invited", user.id, None, {"by": "mail"}, now=now)
    return [user for user in listed if not user.email]


def tell_of_regrade(
    session: Session, regrade: Regrade, submissions: Collection[str], how: str, *, now: datetime
) -> int:
    """Queue the news for the authors of submissions whose score is another now; how many mails."""
    if not submissions or not mails.service(session, now).active:
        return 0
    authors = select(SubmissionAuthor.user_id).where(SubmissionAuthor.submission_id.in_(submissions)).distinct()
    users = session.scalars(select(User).where(User.id.in_(authors), User.role == "student")).all()
    details = {"assignment": regrade.assignment}
    return mails.queue(session, users, mails.REGRADE, f"{regrade.id}/{how}", details, now=now)


def again(session: Session, mail_id: str, *, actor: User, now: datetime) -> None:
    """Send once more what failed or may not have arrived: somebody has decided it. Raises BadInput."""
    row = mails.again(session, mail_id, now)
    audit.append(session, actor.id, "mail.again", row.user_id, None, {"mail": row.id, "kind": row.kind}, now=now)


def _waiting(session: Session, user_ids: Collection[str]) -> set[str]:
    """Whoever has an invitation in the queue already: pressing a button twice sends one."""
    kinds = (mails.INVITATION, mails.PASSWORD)
    query = select(Mail.user_id).where(Mail.kind.in_(kinds), Mail.state.in_((mails.QUEUED, mails.SENDING)))
    return set(session.scalars(query.where(Mail.user_id.in_(user_ids))))
