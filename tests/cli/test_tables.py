"""The imports of tables by the command line: which column is which, what is told, and files as offices write them."""

from __future__ import annotations

import pytest


@pytest.fixture
def file(tmp_path):
    def write(text: str, encoding: str = "utf-8") -> str:
        path = tmp_path / "table.csv"
        path.write_bytes(text.encode(encoding))
        return str(path)

    return write


def test_a_column_is_named_where_its_name_does_not_tell(place, file):
    path = file("SIS Login ID;Nick;Кто\n7;one;Первый\n")
    told = place("people", "import", path, "--column", "login=Nick", "--column", "name=Кто", "--json").json
    assert [(one["login"], one["after"]) for one in told["added"]] == [("one", {"name": "Первый"})]
    assert told["notes"] == ['columns left out: "SIS Login ID"']


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), 'For example: --column login="Почта"'),
        (("--column", "login=Phone"), 'has no column "Phone"; it has "Почта", "ФИО"'),
        (("--column", "king=ФИО"), "NAME is one of login, name, group"),
        (("--column", "login"), "write NAME=COLUMN"),
        (("--column", "login=Почта", "--column", "login=ФИО"), "login is given twice"),
    ],
)
def test_what_is_wrong_with_the_naming_of_columns_is_told(place, file, options, said):
    refused = place("people", "import", file("Почта,ФИО\na@b.c,Имя\n"), *options)
    assert refused.code == 2
    assert said in refused.err
    assert "Traceback" not in refused.err


def test_a_roster_of_a_student_office_is_imported_and_told(place, file):
    text = "Список студентов;;;\n№;Фамилия;Имя;Отчество;Группа;Табельный номер\n1;Ёлкина;Мария;;M3338;123457\n"
    done = place("people", "import", file(text, "cp1251"), "--apply")
    assert done.code == 0, done.err
    assert 'note: there is no column with logins, "Табельный номер" is taken' in done.err
    assert "note: the text was read as Windows-1251" in done.err
    (one,) = [one for one in place("people", "list", "--json").json if one["login"] == "123457"]
    assert (one["name"], one["group"]) == ("Ёлкина Мария", "M3338")


def test_theory_and_bonus_take_the_same_tables(place, file):
    path = file("ФИО\tЛогин\tКонтрольная\tБаллы\tЗа что\nАнна\tanna\t41,5\t3\tконспект\n", "utf-16")
    done = place("theory", "import", path, "--apply", "--json").json
    assert (done["applied"], done["changes"][0]["after"]["test"]) == (True, "41.5")
    assert done["notes"] == ['columns left out: "ФИО", "Баллы", "За что"']
    given = place("bonus", "import", path, "--apply")
    assert (given.code, "1 given, 0 were given before" in given.out) == (0, True)
    again = place("bonus", "import", path, "--apply", "--json").json
    assert (again["entries"], again["given_before"]) == ([], 1)
    named = place("theory", "import", file("Who,Mark\nanna,7\n"), "--column", "login=Who", "--column", "test=Mark")
    assert "1 would change" in named.out


def test_an_open_quote_puts_nobody_out(place, file):
    path = file('login,name\nanna,"Anna\nboris,Boris\n')
    refused = place("people", "import", path, "--apply", "--deactivate-missing")
    assert (refused.code, "line 2: a quote is opened here and not closed" in refused.err) == (2, True)
    assert {one["state"] for one in place("people", "list", "--all", "--json").json}.isdisjoint({"deactivated"})


def test_an_export_for_an_lms_keeps_logins_and_tells_what_its_empty_cells_do(place, file, tmp_path):
    assert place("people", "import", file("login,name\n+7921,One\n-dash,Two\n"), "--apply").code == 0
    for kind, told in (("canvas", "its page shows this first"), ("moodle", "does not ask")):
        written = tmp_path / f"{kind}.csv"
        done = place("gradebook", "export", str(written), "--format", kind)
        assert (done.code, told in done.err) == (0, True)
        assert "'" not in written.read_text(encoding="utf-8")
        assert "+7921" in written.read_text(encoding="utf-8")
