"""One person's data: the archive is complete and tells nothing hidden; a removal leaves nothing personal."""

from __future__ import annotations

import io
import json
import zipfile
from fractions import Fraction

import pytest
from sqlalchemy import select

from grader.core.errors import BadInput
from grader.core.submission import Submission as Content
from grader.staff import accounts, bonus, personal_data
from grader.staff.theory import Theory, set_theory
from grader.store import audit, submissions
from grader.store.models import Base, Blob, InputKey, Submission, User
from tests.staff.conftest import COURSE, NOW, TASK

F = Fraction


def filled(term):
    """Anna with an upload of her own, theory and a bonus."""
    own = term.upload("anna", TASK)
    with term.database.writing() as session:
        anna, boss = accounts.found(session, "anna"), term.users["boss"]
        set_theory(session, anna, Theory(test=F(50)), COURSE.formula, actor=boss, now=NOW)
        bonus.add_bonus(session, anna, F(5), "lecture notes", actor=boss, now=NOW)
    return own


def shared(term):
    """An upload of anna's that counts for boris too."""
    with term.database.writing() as session:
        for login in ("anna", "boris"):
            accounts.change(session, accounts.found(session, login), {"team": "T1"}, actor=term.users["boss"], now=NOW)
        item, source = COURSE.item(TASK), b"# ours"
        submission, _ = submissions.record(
            session, accounts.found(session, "anna"), item.assignment, Content("a.py", {"a.py": source}), source,
            team=True, now=NOW,
        )  # fmt: skip
        return submission.id


def remove(term, login):
    with term.database.writing() as session:
        return personal_data.remove(session, accounts.found(session, login), actor=term.users["boss"], now=NOW)


def test_the_archive_holds_everything_and_nothing_hidden(term):
    filled(term)
    with term.database.reading() as session:
        packed = personal_data.export(session, COURSE, accounts.found(session, "anna"), NOW)
    archive = zipfile.ZipFile(io.BytesIO(packed))
    told = json.loads(archive.read("person.json"))
    assert (told["profile"]["login"], told["theory_marks"][0]["test"], told["bonus_entries"][0]["reason"]) == (
        "anna", "50", "lecture notes",
    )  # fmt: skip
    (submission,) = told["submissions"]
    assert submission["report"]["score"] == 3
    assert submission["report"]["provenance"] == {}
    sources = [name for name in archive.namelist() if name.endswith("files/a.py")]
    assert archive.read(sources[0]) == b"# anna 3"
    assert "password" not in archive.read("person.json").decode()
    with term.database.reading() as session:
        seed, key = session.scalars(select(Submission.seed)).one(), session.scalars(select(InputKey.key)).one()
    assert not any(seed.encode() in part or key in part for part in map(archive.read, archive.namelist()))
    assert term.users["boss"].id not in archive.read("person.json").decode()


def test_a_removal_leaves_nothing_of_the_person(term):
    filled(term)
    anna = term.users["anna"]
    with term.database.reading() as session:
        planned = personal_data.removal(session, anna)
    assert (planned.submissions, planned.shared, planned.entries, planned.row_stays) == (1, 0, 2, False)
    assert remove(term, "anna") == planned
    with term.database.reading() as session:
        assert session.get(User, anna.id) is None
        assert session.scalars(select(Blob)).all() == []
        assert audit.first_break(session) is None
        for table in Base.metadata.sorted_tables:
            if table.name == "audit":
                continue
            for column in table.columns:
                if column.name in ("user_id", "given_by", "marked_by", "started_by"):
                    assert session.execute(select(table).where(column == anna.id)).all() == [], table.name
    assert "anna" not in json.dumps([[e.before, e.after, e.action] for e in term.log()])


def test_a_team_keeps_what_it_shares(term):
    submission_id, own = shared(term), term.upload("boris", TASK)
    assert remove(term, "anna").shared == 1
    with term.database.reading() as session:
        kept = session.get_one(Submission, submission_id)
        assert kept.user_id == term.users["boris"].id
        assert [author.user_id for author in kept.authors] == [term.users["boris"].id]
        assert submissions.content_of(session, submission_id).files == {"a.py": b"# ours"}
        assert session.get(Submission, own) is not None


def test_a_file_that_others_have_too_stays(term):
    term.upload("anna", TASK)
    with term.database.writing() as session:
        source = b"# anna 3"
        submissions.record(
            session, accounts.found(session, "boris"), COURSE.item(TASK).assignment, Content("a.py", {"a.py": source}),
            source, now=NOW,
        )  # fmt: skip
    remove(term, "anna")
    with term.database.reading() as session:
        (left,) = session.scalars(select(Submission)).all()
        assert submissions.content_of(session, left.id).files == {"a.py": source}


def test_who_has_given_marks_is_emptied(term):
    filled(term)
    with term.database.writing() as session:
        accounts.change(
            session, accounts.found(session, "tutor"), {"role": "instructor"}, actor=term.users["boss"], now=NOW
        )
        assert personal_data.remove(
            session, accounts.found(session, "boss"), actor=term.users["tutor"], now=NOW
        ).row_stays
    with term.database.reading() as session:
        left = session.get_one(User, term.users["boss"].id)
        assert (left.name, left.active, left.password_hash, left.email) == ("—", False, "", "")
        assert "boss" not in left.login


def test_the_last_instructor_is_not_removed(term):
    with pytest.raises(BadInput, match="last instructor"):
        remove(term, "boss")
    with term.database.reading() as session:
        assert accounts.found(session, "boss").active
