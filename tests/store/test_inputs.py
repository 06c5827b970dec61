"""Whose hidden inputs are whose: a student's, or a team's, for an assignment; not an upload's."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from sqlalchemy import delete, select, update

from grader.core.errors import OurFault
from grader.store import inputs, people
from grader.store.models import InputKey, Job, Submission, User
from tests.store.test_budgets import hand_in
from tests.store.test_jobs import NOW, upload

KMEANS = "clustering/kmeans"


def seeds(database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Submission.seed).order_by(Submission.received_at, Submission.id)))


def seed(database, login: str, *, team: bool = False, assignment: str = KMEANS) -> str:
    with database.reading() as session:
        return inputs.seed(session, assignment, people.by_login(session, login), team=team)


@pytest.fixture
def class_of(database):
    """Anna and Boris hand in together; Clara is alone in a team; Dora has none."""
    with database.writing() as session:
        for login, team in (("anna", "pair"), ("boris", "pair"), ("clara", "single"), ("dora", "")):
            people.add_user(session, login, login, password=None, now=NOW).team = team
    return database


def test_every_upload_of_a_student_meets_the_same_inputs_and_no_other_student_does(database):
    for login, text in (("anna", b"x = 1"), ("anna", b"x = 2"), ("anna", b"x = 1"), ("boris", b"x = 1")):
        upload(database, login, text)
    with database.reading() as session:
        found = session.execute(select(User.login, Submission.seed).join(User, User.id == Submission.user_id)).all()
    assert len({seed for login, seed in found if login == "anna"}) == 1
    assert len({seed for _, seed in found}) == 2
    assert seed(database, "anna") == next(seed for login, seed in found if login == "anna")
    assert seed(database, "anna", assignment="audio/fourier") not in seeds(database)


def test_a_team_shares_its_inputs_where_teams_hand_in_and_only_there(class_of):
    assert seed(class_of, "anna", team=True) == seed(class_of, "boris", team=True)
    assert seed(class_of, "anna") != seed(class_of, "boris")
    every = [seed(class_of, login, team=team) for login in ("anna", "clara", "dora") for team in (True, False)]
    assert len(set(every)) == 5, "who has no team has the own inputs; all the others are different"


def test_an_upload_for_a_team_has_the_seed_of_the_team_whoever_sends_it(class_of):
    with class_of.writing() as session:
        sent = [hand_in(session, people.by_login(session, login), team=True)[0] for login in ("anna", "boris")]
    assert {one.seed for one in sent} == {seed(class_of, "boris", team=True)}


def test_a_team_that_is_called_like_a_persons_id_has_other_inputs_than_the_person(class_of):
    with class_of.writing() as session:
        session.execute(update(User).where(User.login == "clara").values(team=people.by_login(session, "dora").id))
    assert seed(class_of, "clara", team=True) != seed(class_of, "dora")


def test_who_changes_team_has_other_inputs_from_then_on_and_the_team_keeps_its_own(class_of):
    with class_of.writing() as session:
        before, _ = hand_in(session, people.by_login(session, "anna"), team=True)
        people.by_login(session, "anna").team = "single"
    assert seeds(class_of) == [before.seed], "what was uploaded keeps its seed"
    assert seed(class_of, "anna", team=True) == seed(class_of, "clara", team=True)
    assert seed(class_of, "boris", team=True) == before.seed


def test_it_is_the_digest_of_key_assignment_and_student_as_it_is_told(database):
    upload(database)
    with database.reading() as session:
        key, user = session.scalars(select(InputKey.key)).one(), people.by_login(session, "anna")
        text = f"{KMEANS}\0person\0{user.id}".encode()
    assert seeds(database) == [hmac.new(key, text, hashlib.sha256).hexdigest()]


def test_a_regrade_has_other_inputs_and_equal_ones_for_those_who_had_equal_ones(database):
    with database.reading() as session:
        one, same, other = (inputs.other_seed(session, KMEANS, "r1", seed) for seed in ("a", "a", "b"))
        later = inputs.other_seed(session, KMEANS, "r2", "a")
    assert one == same
    assert len({"a", one, other, later}) == 4


@pytest.mark.parametrize("lost", [delete(InputKey), update(InputKey).values(key=b"short")])
def test_without_the_key_nothing_is_taken_in(database, lost):
    with database.writing() as session:
        session.execute(lost)
    with pytest.raises(OurFault, match="restore a backup"):
        upload(database)
    with database.reading() as session:
        assert session.scalars(select(Submission)).all() == []
        assert session.scalars(select(Job)).all() == []
