"""A database with data in it is brought to today's tables, and nothing of it is lost."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from grader.store import people
from grader.store.engine import Database
from grader.store.migrations import upgrade
from grader.store.models import CodeforcesSolution, InputKey, Result, Submission, User
from tests.services import fresh_postgres

ROWS = (
    'insert into users (id, login, name, role, "group", password_hash, language, active, session_version, created_at)'
    " values ('u1', 'anna', 'Anna', 'student', 'M1', '', '', true, 1, '2026-11-01 10:00:00+00:00')",
    "insert into blobs (sha256, size, compressed) values ('b1', 1, '')",
    "insert into submissions (id, user_id, assignment, received_at, file_name, upload_sha256, entry, sha256, seed,"
    " practice) values ('s1', 'u1', 'clustering/kmeans', '2026-11-01 10:00:00+00:00', 'k.py', 'b1', 'k.py', 'x', 'y',"
    " false)",
    "insert into jobs (id, submission_id, key, queue, priority, state, attempt, fence, lease_owner, run_after,"
    " created_at, error) values ('j1', 's1', 'first', 'numpy', 0, 'graded', 1, 1, '', '2026-11-01 10:00:00+00:00',"
    " '2026-11-01 10:00:00+00:00', '')",
    "insert into results (id, job_id, submission_id, score, max_score, suite_sha256, report, created_at) values ('r1',"
    """ 'j1', 's1', '3', '4', 'abc', '{"provenance": {"reference_sha256"\\: "def"}}', '2026-11-01 10:00:00+00:00')""",
)


@pytest.fixture
def old(database_url):
    """A database of the first version, with a student and a submission."""
    database = Database(database_url)
    upgrade(database.engine, "0001")
    with database.engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    yield database
    database.close()


def test_what_there_was_is_still_there(old):
    upgrade(old.engine)
    with old.reading() as session:
        user, submission = session.get_one(User, "u1"), session.get_one(Submission, "s1")
        assert (user.login, user.team, user.record_version, submission.costs) == ("anna", "", 1, True)
        assert (submission.seed, submission.given_back) == ("y", False)
        assert [author.user_id for author in submission.authors] == ["u1"]
        result = session.get_one(Result, "r1")
        assert (result.score, result.complete, result.reference_sha256) == (3, True, "def")


def test_what_came_from_standings_knows_its_handle(old):
    upgrade(old.engine, "0005")
    row = "insert into codeforces_solutions (remote_id, user_id, item, problem, at, share, imported_at) values"
    when = "'2026-11-01 10:00:00+00:00'"
    with old.engine.begin() as connection:
        for number in ("standings/566/A/anna_cf/1800000000", "12345"):
            connection.execute(text(f"{row} ('{number}', 'u1', 'x', 'A', {when}, '1', {when})"))
    upgrade(old.engine)
    with old.reading() as session:
        kept = {one.remote_id: (one.handle, one.provisional) for one in session.scalars(select(CodeforcesSolution))}
    assert kept == {"standings/566/A/anna_cf/1800000000": ("anna_cf", False), "12345": ("", False)}


def test_each_installation_has_a_key_of_its_own_for_hidden_inputs_and_keeps_it(old, tmp_path):
    upgrade(old.engine)
    with old.reading() as session:
        kept = session.scalars(select(InputKey.key)).one()
    upgrade(old.engine)
    with closing(Database(f"sqlite:///{tmp_path / 'another.db'}")) as another:
        upgrade(another.engine)
        with old.reading() as mine, another.reading() as others:
            assert mine.scalars(select(InputKey.key)).one() == kept
            assert len(kept) == 32
            assert others.scalars(select(InputKey.key)).one() != kept


@pytest.mark.postgres
def test_a_server_of_another_locale_keeps_what_is_written(postgres_server):
    """Without telling the client's encoding, such a one answers in bytes."""
    url = fresh_postgres(postgres_server, "template template0 encoding sql_ascii lc_collate 'C' lc_ctype 'C'")
    with closing(Database(url)) as database:
        upgrade(database.engine)
        with database.writing() as session:
            people.add_user(session, "anna", "Анна Ёлкина", password=None, now=datetime.now(UTC))
        with database.reading() as session:
            assert people.by_login(session, "anna").name == "Анна Ёлкина"
