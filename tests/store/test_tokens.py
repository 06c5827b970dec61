"""Personal tokens: hashed, scoped, expiring, revocable, dead with their owner; last use told to the hour only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from grader.core.errors import BadInput
from grader.store import people, tokens
from grader.store.engine import Database
from grader.store.migrations import upgrade
from grader.store.models import ApiToken, AuditEntry, User

NOW = datetime(2027, 2, 14, 12, 34, 56, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def anna(database) -> User:
    with database.writing() as session:
        return people.add_user(session, "anna", "Anna", password=None, now=NOW)


def issue(database: Database, user: User, scopes=("read",), **settings) -> str:
    with database.writing() as session:
        return tokens.issue(session, user, "laptop", scopes, now=NOW, **settings)


def find(database: Database, secret: str, now: datetime = NOW) -> tokens.Held | None:
    with database.reading() as session:
        return tokens.find(session, secret, now)


def test_a_token_is_found_by_its_secret_and_only_its_hash_is_kept(database, anna):
    secret = issue(database, anna, ("submit", "read"))
    held = find(database, secret)
    assert held is not None
    assert (held.user.login, held.scopes) == ("anna", {"read", "submit"})
    assert find(database, secret[:-1]) is None
    with database.reading() as session:
        row = session.query(ApiToken).one()
        assert secret not in str({column.name: getattr(row, column.name) for column in ApiToken.__table__.columns})
        assert [entry.action for entry in session.query(AuditEntry)][-1] == "token.issued"


def test_it_ends_when_it_expires_is_revoked_or_its_owner_is_deactivated(database, anna):
    short, revoked, third = (issue(database, anna, expires_at=NOW + HOUR), issue(database, anna), issue(database, anna))
    assert find(database, short, NOW + HOUR - timedelta(seconds=1)) is not None
    assert find(database, short, NOW + HOUR) is None
    held = find(database, revoked)
    with database.writing() as session:
        other = people.add_user(session, "boris", "Boris", password=None, now=NOW)
        assert not tokens.revoke(session, other, held.token.id, NOW)
        assert tokens.revoke(session, anna, held.token.id, NOW)
        assert not tokens.revoke(session, anna, held.token.id, NOW)
        assert held.token.id not in [token.id for token in tokens.of(session, anna)]
    assert find(database, revoked) is None
    assert find(database, third) is not None
    with database.writing() as session:
        session.get_one(User, anna.id).active = False
    assert find(database, third) is None


def test_last_use_is_told_to_the_hour_and_written_once_an_hour(database, anna):
    held = find(database, issue(database, anna))
    assert tokens.stale(held.token, NOW)
    with database.writing() as session:
        tokens.note_use(session, held.token, NOW)
    with database.reading() as session:
        row = session.query(ApiToken).one()
    assert row.last_used_at == datetime(2027, 2, 14, 12, tzinfo=UTC)
    assert not tokens.stale(row, NOW + timedelta(minutes=25))
    assert tokens.stale(row, NOW + timedelta(minutes=26))


def test_scopes_that_cannot_be_are_refused(database, anna):
    for scopes, told in (((), "scopes out of"), (("root",), "scopes out of"), (("read", "staff"), "for staff")):
        with pytest.raises(BadInput, match=told):
            issue(database, anna, scopes)
    with pytest.raises(BadInput, match="expired already"):
        issue(database, anna, expires_at=NOW)
    with database.writing() as session:
        tutor = people.add_user(session, "tutor", "Tutor", role="assistant", password=None, now=NOW)
    assert find(database, issue(database, tutor, ("staff",))).scopes == {"staff"}


def test_a_person_has_a_bounded_number_of_good_tokens(sqlite):
    with sqlite.writing() as session:
        anna = people.add_user(session, "anna", "Anna", password=None, now=NOW)
        for _ in range(tokens.MOST):
            tokens.issue(session, anna, "", ("read",), now=NOW, expires_at=NOW + HOUR)
        with pytest.raises(BadInput, match="50 tokens"):
            tokens.issue(session, anna, "", ("read",), now=NOW)
        assert tokens.issue(session, anna, "", ("read",), now=NOW + HOUR)


def test_tokens_of_the_first_version_can_read_and_submit(database_url):
    database = Database(database_url)
    upgrade(database.engine, "0001")
    with database.engine.begin() as connection:
        for row in (
            'insert into users (id, login, name, role, "group", password_hash, language, active, session_version,'
            " created_at) values ('u1', 'anna', 'Anna', 'student', '', '', '', true, 1, '2026-11-01 10:00:00+00:00')",
            "insert into api_tokens (id, user_id, sha256, label, created_at)"
            " values ('t1', 'u1', 'x', '', '2026-11-01 10:00:00+00:00')",
        ):
            connection.execute(text(row))
    upgrade(database.engine)
    with database.reading() as session:
        assert session.get_one(ApiToken, "t1").scopes == "read submit"
    database.close()
