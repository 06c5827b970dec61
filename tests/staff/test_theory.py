"""Theory points: what counts, the grid (all or nothing, no silent overwriting), and the file."""

from __future__ import annotations

import threading

import pytest

from grader.core.errors import BadInput
from grader.core.scoring import LECTURE, Exam, Formula
from grader.staff.csv_file import read_text
from grader.staff.theory import Entry, Theory, kept, save, set_theory
from grader.staff.theory_file import apply, plan
from grader.store.standings import standings
from tests.staff.conftest import COURSE, NOW, F

EMPTY = {"test": "", "minimum": "", "ticket": ""}


def entered(term, login, theory, formula=LECTURE):
    with term.database.writing() as session:
        return set_theory(session, term.users[login], theory, formula, actor=term.users["boss"], now=NOW)


def saved(term, *rows, formula=LECTURE):
    """Rows are (login, typed, was)."""
    entries = [Entry(term.users[login].id, typed, was) for login, typed, was in rows]
    with term.database.writing() as session:
        changed, faults = save(session, entries, formula, actor=term.users["boss"], now=NOW)
    logins = {user.id: login for login, user in term.users.items()}
    return changed, [(logins[fault.user_id], fault.column) for fault in faults]


def now_kept(term, login):
    with term.database.reading() as session:
        return kept(session, [term.users[login].id])[term.users[login].id]


def typed(test="", minimum="", ticket=""):
    return {"test": test, "minimum": minimum, "ticket": ticket}


def t_of(term, login):
    found = standings(term.database, COURSE, [term.users[login]])
    return found[term.users[login].id].score.theory


def test_an_exam_replaces_the_test_once_one_part_is_there(term):
    entered(term, "anna", Theory(F(50)))
    assert t_of(term, "anna") == 50
    entered(term, "anna", Theory(F(50), F(20)))
    assert (t_of(term, "anna"), term.record("anna").exam) == (20, Exam(F(20), F(0)))
    entered(term, "anna", Theory(F(50), F(20), F(0)))
    assert (t_of(term, "anna"), term.record("anna").exam) == (20, Exam(F(20), F(0)))
    entered(term, "anna", Theory(F(50)))
    assert t_of(term, "anna") == 50
    assert [entry.action for entry in term.log()] == ["theory.set"] * 4
    assert term.log()[3].before == {"test": "50", "minimum": "20", "ticket": "0"}
    assert term.log()[3].after == {"test": "50", "minimum": None, "ticket": None}


def test_the_same_again_is_no_change(term):
    assert entered(term, "anna", Theory(F(1, 3)))
    assert not entered(term, "anna", Theory(F(1, 3)))
    assert len(term.log()) == 1


def test_ranges_are_those_of_the_course(term):
    halved = Formula(test=F(30))
    with pytest.raises(BadInput, match="test must be from 0 to 30, not 31"):
        entered(term, "anna", Theory(F(31)), halved)
    with pytest.raises(BadInput, match="ticket"):
        entered(term, "anna", Theory(ticket=F(61)))
    with pytest.raises(BadInput, match="no such student"):
        entered(term, "tutor", Theory(F(1)))
    assert saved(term, ("anna", typed("31"), EMPTY), formula=halved) == (0, [("anna", "test")])
    assert term.log() == []


def test_a_grid_is_saved_with_decimal_commas_and_one_entry_for_each_changed_row(term):
    rows = [("anna", typed("41,5"), EMPTY), ("boris", typed("", "40", "35.25"), EMPTY), ("clara", EMPTY, EMPTY)]
    assert saved(term, *rows) == (2, [])
    assert now_kept(term, "anna") == Theory(F(83, 2))
    assert now_kept(term, "boris") == Theory(None, F(40), F(141, 4))
    assert [entry.subject for entry in term.log()] == [term.users["anna"].id, term.users["boris"].id]


def test_nothing_of_a_grid_is_saved_when_one_cell_is_wrong_and_every_wrong_cell_is_named(term):
    rows = [
        ("anna", typed("41"), EMPTY),
        ("boris", typed("ten", "", "61"), EMPTY),
        ("clara", typed("", "-1"), EMPTY),
    ]
    assert saved(term, *rows) == (0, [("boris", "test"), ("boris", "ticket"), ("clara", "minimum")])
    assert now_kept(term, "anna") == Theory()
    assert term.log() == []


def test_a_row_that_somebody_else_has_changed_is_not_overwritten(term):
    entered(term, "anna", Theory(F(10)))
    rows = [("anna", typed("30"), EMPTY), ("boris", typed("20"), EMPTY)]  # the page was shown before the 10
    assert saved(term, *rows) == (0, [("anna", None)])
    assert (now_kept(term, "anna"), now_kept(term, "boris")) == (Theory(F(10)), Theory())
    assert saved(term, ("anna", typed("30"), typed("10"))) == (1, [])


def test_a_row_that_was_left_alone_is_passed_over_whatever_it_is_now(term):
    entered(term, "anna", Theory(F(10)))
    assert saved(term, ("anna", EMPTY, EMPTY), ("boris", typed("20"), EMPTY)) == (1, [])
    assert now_kept(term, "anna") == Theory(F(10))


def test_two_who_enter_the_same_do_not_disturb_each_other(term):
    entered(term, "anna", Theory(F(10)))
    assert saved(term, ("anna", typed("10,0"), EMPTY)) == (0, [])
    assert len(term.log()) == 1


def test_a_value_is_shown_as_it_is_read_back(term):
    for value in (F(1, 3), F(83, 2), F("0.001"), F(60)):
        entered(term, "anna", Theory(value))
        shown = now_kept(term, "anna").text
        assert saved(term, ("anna", shown, shown)) == (0, [])
        assert saved(term, ("anna", {**shown, "ticket": "5"}, shown)) == (1, [])
        assert now_kept(term, "anna").test == value


def planned(term, text):
    with term.database.reading() as session:
        return plan(session, text, LECTURE)


@pytest.mark.parametrize(
    "text",
    [
        "login,test,minimum,ticket\nanna,50,,\nBORIS,40,45,38\n",
        "\ufefflogin;test;minimum;ticket\r\nanna;50;;\r\n\r\nboris;40;45,0;38\r\n",
        "билет\tЛогин\tтеорминимум\ttest\n\tanna\t\t50\n38\tboris\t45\t40\n",
    ],
)
def test_a_file_is_a_plan_until_it_is_applied(term, text, tmp_path):
    path = tmp_path / "theory.csv"
    path.write_text(text, encoding="utf-8", newline="")
    found = planned(term, read_text(path))
    assert found.problems == []
    expected = {"anna": Theory(F(50)), "boris": Theory(F(40), F(45), F(38))}
    assert {change.user.login: change.after for change in found.changes} == expected
    assert term.log() == []
    with term.database.writing() as session:
        assert apply(session, found, LECTURE, actor=term.users["boss"], now=NOW) == 2
    assert now_kept(term, "boris") == expected["boris"]
    again = planned(term, read_text(path))
    assert (again.changes, again.unchanged) == ([], 2)


def test_columns_that_are_missing_and_cells_that_are_empty_change_nothing_and_a_dash_takes_away(term):
    entered(term, "anna", Theory(F(50), F(20), F(10)))
    (change,) = planned(term, "login,test\nanna,55\n").changes
    assert change.after == Theory(F(55), F(20), F(10))
    (change,) = planned(term, "login,test,minimum,ticket\nanna,,-,-\n").changes
    assert change.after == Theory(F(50))


def test_every_bad_line_is_told_and_then_nothing_is_applied(term):
    text = "login,test,ticket\nanna,50,\nnobody,1,\nboris,ten,61\nclara,1,2,3\nanna,2,\ntutor,3,\n"
    found = planned(term, text)
    told = "\n".join(found.problems)
    for line, what in ((3, "nobody"), (4, "'ten'"), (4, "from 0 to 60"), (5, "3 cells"), (6, "line 2"), (7, "tutor")):
        assert any(p.startswith(f"line {line}:") and what in p for p in found.problems), (line, what, told)
    assert len(found.problems) == 5
    with pytest.raises(BadInput, match="Nothing was changed"), term.database.writing() as session:
        apply(session, found, LECTURE, actor=term.users["boss"], now=NOW)
    assert term.log() == []


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("", "login is missing"),
        ("test,minimum", "login is missing"),
        ("anna,50", "login is missing"),
        ("login", "must be columns with points"),
        ("login,points", "must be columns with points"),
        ("login,test,test", 'Two columns may be test: "test", "test \\(2\\)"'),
    ],
)
def test_a_file_without_the_names_of_its_columns_is_refused(term, head, said):
    with pytest.raises(BadInput, match=said):
        planned(term, f"{head}\nanna,1\n")


def test_a_column_of_names_is_left_out_and_that_is_told(term):
    found = planned(term, "login,ФИО,Контрольная (60)\nanna,Anna,40\n")
    assert [change.after for change in found.changes] == [Theory(F(40))]
    assert [str(note) for note in found.notes] == ['columns left out: "ФИО"']


def test_of_two_who_save_the_same_row_at_once_one_is_told(term):
    outcomes, barrier = [], threading.Barrier(2)

    def enter(value: str) -> None:
        barrier.wait()
        outcomes.append((value, saved(term, ("anna", typed(value), EMPTY))))

    threads = [threading.Thread(target=enter, args=(value,)) for value in ("11", "22")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (won,) = [value for value, (changed, _) in outcomes if changed]
    (lost,) = [faults for value, (_, faults) in outcomes if value != won]
    assert (now_kept(term, "anna").test, lost) == (F(won), [("anna", None)])
    assert len(term.log()) == 1


@pytest.mark.parametrize(("minimum", "ticket", "counts"), [(F(40), None, 40), (None, F(35), 35), (F(0), None, 0)])
def test_the_part_of_an_exam_that_was_not_entered_counts_nothing(term, minimum, ticket, counts):
    """The test counts no more, though it was better; of a student without an exam it does."""
    entered(term, "anna", Theory(F(55), minimum, ticket))
    entered(term, "boris", Theory(F(55)))
    assert (t_of(term, "anna"), t_of(term, "boris")) == (counts, 55)
