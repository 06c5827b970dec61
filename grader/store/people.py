"""People: accounts, personal tokens, and what staff enter about a student."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from fractions import Fraction

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.errors import BadInput
from grader.core.scoring import Exam
from grader.store import audit
from grader.store.models import ROLES, ApiToken, BonusEntry, DefenceMark, TheoryMark, User
from grader.store.records import touch

hasher = PasswordHasher()  # argon2id with the library's current parameters


def add_user(
    session: Session,
    login: str,
    name: str,
    *,
    role: str = "student",
    group: str = "",
    password: str | None,
    now: datetime,
) -> User:
    """A new account; without a password nobody can log in with it yet.

    Raises BadInput for a login that is taken and for a role that there is not.
    """
    if role not in ROLES:
        raise BadInput(f"There is no role {role!r}; there are {', '.join(ROLES)}.")
    if by_login(session, login) is not None:
        raise BadInput(f"The login {login!r} is taken.")
    user = User(
        login=login.strip().lower(),
        name=name,
        role=role,
        group=group,
        password_hash="" if password is None else hasher.hash(password),
        created_at=now,
    )
    session.add(user)
    session.flush()
    audit.append(session, user.id, "user.added", user.id, None, {"role": role}, now=now)
    return user


def by_login(session: Session, login: str) -> User | None:
    return session.scalar(select(User).where(User.login == login.strip().lower()))


def students(session: Session) -> list[User]:
    """All active students, by group and name."""
    query = select(User).where(User.role == "student", User.active).order_by(User.group, User.name, User.login)
    return list(session.scalars(query))


def issue_token(session: Session, user: User, label: str, now: datetime) -> str:
    """A personal token. This is the only moment at which it can be read."""
    token = "grd_" + secrets.token_urlsafe(32)
    session.add(ApiToken(user_id=user.id, sha256=_sha256(token), label=label[:100], created_at=now))
    return token


def by_token(session: Session, token: str, now: datetime) -> User | None:
    """Whose token this is, if it is still good."""
    found = session.scalar(select(ApiToken).where(ApiToken.sha256 == _sha256(token), ApiToken.revoked_at.is_(None)))
    if found is None or not found.user.active:
        return None
    return found.user


def set_theory(
    session: Session, user: User, *, test: Fraction | None, exam: Exam | None, actor: User, now: datetime
) -> None:
    """Enter theory points; the change is in the audit log."""
    mark = session.get(TheoryMark, user.id)
    before = None if mark is None else _theory_json(mark)
    if mark is None:
        mark = TheoryMark(user_id=user.id)
        session.add(mark)
    mark.test = test
    mark.exam_minimum, mark.exam_ticket = (exam.minimum, exam.ticket) if exam else (None, None)
    touch(session, [user.id])
    audit.append(session, actor.id, "theory.set", user.id, before, _theory_json(mark), now=now)


def add_bonus(session: Session, user: User, points: Fraction, reason: str, *, actor: User, now: datetime) -> None:
    """Give bonus points."""
    if points <= 0:
        raise BadInput("Bonus points must be more than 0.")
    session.add(BonusEntry(user_id=user.id, points=points, reason=reason, given_by=actor.id, created_at=now))
    touch(session, [user.id])
    audit.append(session, actor.id, "bonus.added", user.id, None, {"points": str(points)}, now=now, reason=reason)


def mark_defended(
    session: Session, user: User, assignment: str, *, share: Fraction = Fraction(1), actor: User, now: datetime
) -> None:
    """A lab was defended."""
    if not 0 <= share <= 1:
        raise BadInput("The share of a defence is from 0 to 1.")
    mark = session.get(DefenceMark, (user.id, assignment))
    before = None if mark is None else {"share": str(mark.share)}
    if mark is None:
        mark = DefenceMark(user_id=user.id, assignment=assignment)
        session.add(mark)
    mark.share, mark.marked_by, mark.at = share, actor.id, now
    subject = f"{user.id}/{assignment}"
    touch(session, [user.id])
    audit.append(session, actor.id, "defence.marked", subject, before, {"share": str(share)}, now=now)


def _theory_json(mark: TheoryMark) -> dict[str, str | None]:
    return {name: _text(getattr(mark, name)) for name in ("test", "exam_minimum", "exam_ticket")}


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
