"""People: accounts and their changes, the roster, invitations."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grader.core.errors import BadInput
from grader.staff import accounts, invitations, roster
from grader.store import audit, people, tokens
from grader.store.people import hasher
from tests.staff.conftest import NOW


def test_the_first_instructor_is_added_by_nobody_and_only_into_an_empty_course(database):
    with database.writing() as session:
        with pytest.raises(BadInput, match="in whose name"):
            accounts.add(session, "anna", {"name": "A"}, actor=None, now=NOW)
        boss = accounts.add(session, " Boss ", {"name": "B", "role": "instructor"}, actor=None, now=NOW)
        assert boss.login == "boss"
        with pytest.raises(BadInput, match="in whose name"):
            accounts.add(session, "boss2", {"name": "B", "role": "instructor"}, actor=None, now=NOW)


@pytest.mark.parametrize(
    ("login", "fields", "said"),
    [
        ("an na", {"name": "A"}, "no login"),
        ("", {"name": "A"}, "no login"),
        ("anna", {"name": "A"}, "taken"),
        ("new", {"name": "  "}, "name is missing"),
        ("new", {}, "name is missing"),
        ("new", {"name": "A", "role": "king"}, "role must be one of"),
        ("new", {"name": "A", "email": "a b@c"}, "email must be"),
        ("new", {"name": "A", "group": "x" * 61}, "group must be"),
        ("new", {"name": "A", "codeforces": "a;b"}, "codeforces must be"),
    ],
)
def test_what_is_wrong_with_a_new_person_is_named(term, login, fields, said):
    with term.database.writing() as session, pytest.raises(BadInput, match=said):
        accounts.add(session, login, fields, actor=term.users["boss"], now=NOW)


def change(term, login, **fields):
    with term.database.writing() as session:
        return accounts.change(session, accounts.found(session, login), fields, actor=term.users["boss"], now=NOW)


def test_a_change_is_logged_without_anything_personal(term):
    assert change(term, "anna", name="Anna Other", group="M9", email="anna@example.org").before["group"] == "M1"
    assert change(term, "anna", group="M9") is None
    (entry,) = term.log()
    assert (entry.action, entry.after) == ("user.changed", {"name": "…", "group": "M9", "email": "…"})


def test_a_handle_belongs_to_one_active_person(term):
    change(term, "anna", codeforces="Tourist")
    with pytest.raises(BadInput, match="anna's already"):
        change(term, "boris", codeforces="tourist")
    change(term, "anna", codeforces="tourist")  # her own, spelt otherwise
    with term.database.writing() as session:
        accounts.set_active(session, accounts.found(session, "anna"), False, actor=term.users["boss"], now=NOW)
    assert change(term, "boris", codeforces="tourist") is not None


def test_the_last_instructor_stays(term):
    boss = term.users["boss"]
    with pytest.raises(BadInput, match="last instructor"):
        change(term, "boss", role="student")
    with term.database.writing() as session, pytest.raises(BadInput, match="last instructor"):
        accounts.set_active(session, accounts.found(session, "boss"), False, actor=boss, now=NOW)
    change(term, "tutor", role="instructor")
    assert change(term, "boss", role="assistant").after == {"role": "assistant"}


def test_a_deactivated_person_has_no_session_and_no_token_and_is_not_in_the_gradebook(term):
    with term.database.writing() as session:
        anna = accounts.found(session, "anna")
        secret, version = tokens.issue(session, anna, "x", ["read"], now=NOW), anna.session_version
        assert accounts.set_active(session, anna, False, actor=term.users["boss"], now=NOW)
        assert not accounts.set_active(session, anna, False, actor=term.users["boss"], now=NOW)
        assert anna.session_version > version
        assert tokens.find(session, secret, NOW) is None
        assert "anna" not in [user.login for user in people.students(session)]
        accounts.set_active(session, anna, True, actor=term.users["boss"], now=NOW)
        assert tokens.find(session, secret, NOW) is not None


# -- the roster --------------------------------------------------------------------------------------------


def plan(term, text, **options):
    with term.database.reading() as session:
        return roster.plan(session, text, **options)


def apply(term, text, **options):
    with term.database.writing() as session:
        planned = roster.plan(session, text, **options)
        return roster.apply(session, planned, actor=term.users["boss"], now=NOW)


def test_a_roster_adds_and_changes_field_by_field(term):
    text = "Логин;ФИО;Группа\nANNA;;M7\nnew;Новый Студент;M7\nboris;;M1\n"
    found = plan(term, text)
    assert [(c.login, c.before, c.after) for c in found.changed] == [("anna", {"group": "M1"}, {"group": "M7"})]
    assert [(c.login, c.after) for c in found.added] == [("new", {"name": "Новый Студент", "group": "M7"})]
    assert (found.unchanged, [u.login for u in found.missing], found.problems) == (1, ["clara"], [])
    assert apply(term, text) == 2
    assert plan(term, text).empty
    with term.database.reading() as session:
        assert accounts.found(session, "new").group == "M7"
        assert accounts.found(session, "anna").name == term.users["anna"].name


def test_a_dash_empties_and_an_empty_cell_leaves(term):
    apply(term, "login,group,team\nanna,-,T1\n")
    apply(term, "login,group,team\nanna,,\n")
    with term.database.reading() as session:
        anna = accounts.found(session, "anna")
        assert (anna.group, anna.team) == ("", "T1")


def test_those_who_are_missing_are_left_alone_unless_it_is_asked_for(term):
    apply(term, "login,name\nanna,\n")
    with term.database.reading() as session:
        assert accounts.found(session, "boris").active
    assert apply(term, "login,name\nanna,\n", deactivate_missing=True) == 2
    with term.database.reading() as session:
        assert [accounts.found(session, login).active for login in ("anna", "boris", "clara", "tutor", "boss")] == [
            True, False, False, True, True,
        ]  # fmt: skip
    assert [u.login for u in plan(term, "login\nboris\n").reactivated] == ["boris"]


def test_handles_can_be_swapped_by_one_file(term):
    change(term, "anna", codeforces="one")
    change(term, "boris", codeforces="two")
    assert plan(term, "login,codeforces\nanna,two\n").problems != []
    assert apply(term, "login,codeforces\nanna,two\nboris,one\n") == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("login,name\nnew,N,M1\n", "line 2: 2 cells are expected, 3 came"),
        ("login,name\nnew\n", "line 2: new is new, and has no name"),
        ("login,name\n7.921E+10,X\n", "line 2: 7.921e+10 is a number that a spreadsheet has shortened"),
        ("login,name\nnew,\n", "line 2: new is new, and has no name"),
        ("login,name\nna me,X\n", "line 2: 'na me' is no login"),
        ("login,name\n\nanna,X\nANNA,Y\n", "line 4: anna stands in line 3 before"),
        ("login,role\nboss,student\n", "line 2: boss is the last instructor"),
        ("login,role\nanna,king\n", "line 2: role must be one of"),
        ('login,name\nnew,"two\nlines"\nanna,-\n', "line 4: name is missing"),
    ],
)
def test_each_bad_line_is_told_and_nothing_is_changed(term, text, said):
    found = plan(term, text)
    assert [problem for problem in found.problems if said in problem], found.problems
    with pytest.raises(BadInput, match="Nothing was changed"):
        apply(term, text)
    assert term.log() == []


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("name,group", 'login is missing among "name", "group"'),
        ("login,логин", 'Two columns may be login: "login", "логин"'),
        ("login,name,имя", 'Two columns may be name: "name", "имя"'),
    ],
)
def test_a_wrong_head_is_told(term, head, said):
    with pytest.raises(BadInput, match=said):
        plan(term, f"{head}\na,b\n")


def test_a_file_without_people_deactivates_nobody(term):
    head = "name,login id,section,role\n"
    with pytest.raises(BadInput, match="nobody in the file"):
        plan(term, head, deactivate_missing=True)
    found = plan(term, head)
    assert (found.empty, [str(note) for note in found.table.notes]) == (True, ["there is nobody in the file"])


def test_the_roles_of_other_systems_are_understood(term):
    text = "login,name,role\na1,A,StudentEnrollment\na2,B,TA\na3,C,Преподаватель\na4,D,Assistant\n"
    assert [one.after["role"] for one in plan(term, text).added] == ["student", "assistant", "instructor", "assistant"]


def test_what_is_wrong_with_a_line_is_told_in_russian_too(term):
    text = "login,name\nnew,\na b,X\nanna,Y,Z\n"
    assert plan(term, text, language="ru").problems == [
        "строка 2: new: новый человек без имени",
        "строка 3: «a b» — не логин: нужны буквы, цифры и . _ - @ + без пробелов.",
        "строка 4: нужно ячеек: 2, а здесь 3",
    ]


# -- invitations -------------------------------------------------------------------------------------------


def invite(term, login, at=NOW):
    with term.database.writing() as session:
        return invitations.invite(session, accounts.found(session, login), actor=term.users["boss"], now=at)


def accept(term, secret, at=NOW, password="a long password"):
    with term.database.writing() as session:
        return invitations.accept(session, secret, password, at)


def test_an_invitation_sets_the_password_once_and_ends_sessions(term):
    before = term.users["anna"].session_version
    secret = invite(term, "anna")
    anna = accept(term, secret)
    assert hasher.verify(anna.password_hash, "a long password")
    assert anna.session_version > before
    with pytest.raises(BadInput, match="not good any more"):
        accept(term, secret)
    assert [entry.action for entry in term.log()] == ["user.invited", "password.set"]


def test_a_newer_invitation_ends_the_older_and_all_end_with_time(term):
    old, new = invite(term, "anna"), invite(term, "anna", NOW + timedelta(hours=1))
    with pytest.raises(BadInput):
        accept(term, old, NOW + timedelta(hours=1))
    late = NOW + timedelta(hours=1) + invitations.LASTS
    with pytest.raises(BadInput):
        accept(term, new, late)
    assert accept(term, new, late - timedelta(seconds=1)).login == "anna"


def test_a_deactivated_person_cannot_use_an_invitation(term):
    secret = invite(term, "anna")
    with term.database.writing() as session:
        accounts.set_active(session, accounts.found(session, "anna"), False, actor=term.users["boss"], now=NOW)
        assert invitations.find(session, secret, NOW) is None
    with pytest.raises(BadInput):
        accept(term, secret)
    with pytest.raises(BadInput, match="deactivated"):
        invite(term, "anna")


def test_a_short_password_uses_nothing_up(term):
    secret = invite(term, "anna")
    with pytest.raises(BadInput, match="at least 10"):
        accept(term, secret, password="short")
    assert accept(term, secret).login == "anna"


def test_the_log_can_be_verified_after_all_this(term):
    change(term, "anna", group="M5")
    with term.database.reading() as session:
        assert audit.first_break(session) is None
