"""The reader of tables: encodings, separators, quotes, heads as LMS and student offices write them, workbooks."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from grader.core.errors import BadInput
from grader.staff import csv_file
from grader.staff.csv_file import NoColumns, Table
from grader.staff.tables import encoding, words

PEOPLE = "логин;ФИО;группа\nstud1;Студент Первый;M3339\nstud2;Щукина Ольга;M3338\n"
READ = [("stud1", "Студент Первый", "M3339"), ("stud2", "Щукина Ольга", "M3338")]


def table(content: str | bytes, chosen=None, names=words.PEOPLE) -> Table:
    source = csv_file.decode(content if isinstance(content, bytes) else content.encode(), "r.csv")
    return csv_file.read(source, names, ("login",), chosen)


def people(content: str | bytes, chosen=None) -> list[tuple[str, ...]]:
    """Login, name and group of each line."""
    return [tuple(line.cells.get(n, "") for n in ("login", "name", "group")) for line in table(content, chosen).lines]


def notes(found: Table) -> list[str]:
    return [str(note) for note in found.notes]


# -- encodings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("marked", [False, True])
@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_its_mark(name, marked):
    assert people((("\ufeff" if marked else "") + PEOPLE).encode(name)) == READ
    assert notes(table(PEOPLE.encode(name))) == []


@pytest.mark.parametrize("name", ["cp1251", "cp866", "koi8-r", "mac-cyrillic"])
def test_old_encodings_are_told_apart_and_named(name):
    assert people(PEOPLE.encode(name)) == READ
    assert notes(table(PEOPLE.encode(name))) == [f"the text was read as {encoding.EIGHT_BIT[name]}"]


@pytest.mark.parametrize("name", ["cp1251", "cp866"])
@pytest.mark.parametrize("person", ["ИВАНОВ ИВАН", "Ян Юй", "Ёлкина", "Щёголев", "Ли", "Объедков", "Эйзен", "Цой"])
def test_one_russian_name_is_enough_to_tell(name, person):
    assert people(f"login,name\na,{person}\n".encode(name)) == [("a", person, "")]


def test_western_names_are_no_russian_ones():
    assert people("login,name\nn,Jan Novák\nm,Jürgen Müller\n".encode("cp1252"))[1][1] == "Jürgen Müller"


def test_typographic_signs_of_windows_do_not_hide_the_encoding():
    assert people("№;логин;ФИО\n1;a;Иванов «Ваня» – Jr.\n".encode("cp1251")) == [("a", "Иванов «Ваня» – Jr.", "")]


def test_a_damaged_file_is_refused_with_its_line():
    damaged = "логин,имя\na,Анна\n".encode() + b"b,\xff\n"
    with pytest.raises(BadInput, match="line 3 is neither UTF-8"):
        table(damaged)
    with pytest.raises(BadInput, match="is no text"):
        table("логин,имя\n".encode("utf-16") + b"x")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"\n\n", b";;\n;;\n", b"sep=;\n"])
def test_an_empty_table_is_told(content):
    with pytest.raises(BadInput, match="is empty"):
        table(content)


@pytest.mark.parametrize("content", [b"<html><table><tr>", b'<?xml version="1.0"?>', b"%PDF-1.7"])
def test_what_is_called_a_table_and_is_a_document_is_told(content):
    with pytest.raises(BadInput, match="no table"):
        table(content)


# -- separators and quotes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "login;name\na;B, C\n",
        "sep=;\nlogin;name\na;B, C\n",
        '"sep=;"\r\nlogin;name\r\na;B, C\r\n',
        "SEP=;;;\nlogin;name;;\na;B, C;;\n",
        "sep=,\nlogin;name\na;B, C\n",  # the line says what is not so
        "sep=|\nlogin|name\na|B, C\n",
        "login\tname\na\tB, C\n",
        "login|name\na|B, C\n",
        'login,name\ra,"B, C"\r',
        'login, name\na, "B, C"\n',
        '"login","name"\n"a","B, C"\n',
        "'login','name'\n'a','B, C'\n",
        "\n\nlogin;name;\n\na;B, C;\n;;\n\n",
        "login;name, in full;name\na;x;B, C\n",
        'login;name\n="a";"=""B, C"""\n',
    ],
)
def test_the_separator_and_the_quotes_are_found(text):
    (line,) = table(text).lines
    name = line.cells["name"]
    assert (line.cells["login"], name) == ("a", "C B")  # what stands after a comma is the given name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('login,name\ns1,"A\ns2,B\n', "line 2: a quote is opened here and not closed"),
        ('login,name\ns1,"A\ns2,"B"\ns3,C\n', "line 2: a quote is opened here and not closed"),
        ('login,name\ns1,A\n"s2,B\ns3,C\n', "line 3: a quote is opened here and not closed"),
        ('login,name,x\ns1,"two\nlines",c\ns2,"q\n', "line 4: a quote is opened here and not closed"),
        ('"login,name\ns1,A\n', "line 1: a quote is opened here and not closed"),
        ('sep=,\nlogin,name\ns1,"A\n', "line 3: a quote is opened here and not closed"),
        ('login,name\ns1,"A\ns2,B"\ns3,C\n', "line 2: a quote holds this line and those below it"),
        ('login,name\ns1,"A" B\n', "line 2: a quote stands in the middle of a cell"),
        ("login,name\na," + "x" * 200_000 + "\n", "line 2: a cell is too long"),
    ],
)
def test_a_quote_never_makes_one_student_of_two(text, said):
    with pytest.raises(BadInput, match=said):
        table(text)


def test_quotes_inside_of_a_cell_and_cells_of_several_lines_are_read():
    text = 'login,name,group,note\na,A "Q" B,M1,x\nb,"A ""Q"" B",M1,"one\ntwo"\nc,C,M1,\n'
    assert [(line.number, line.cells["name"]) for line in table(text).lines] == [
        (2, 'A "Q" B'),
        (3, 'A "Q" B'),
        (5, "C"),
    ]


def test_lines_that_a_spreadsheet_has_shortened_are_read_and_told():
    found = table("login,name,group,codeforces\na,A\nb,B,M1,\nc,C,M1,x,,\n")
    assert [line.cells["group"] for line in found.lines] == ["", "M1", "M1"]
    assert notes(found) == ["lines that end before the last column, the rest is taken as empty: 2"]


def test_a_guard_against_formulas_is_taken_off_again():
    assert people("login,name\n'+7921,'=B\na,B'=C\n") == [("+7921", "=B", ""), ("a", "B'=C", "")]


TEXT = st.text(st.characters(codec="cp1251", exclude_categories=["Cc", "Cf", "Zs"]) | st.just(" "), max_size=12)


@settings(max_examples=100, deadline=None)
@given(
    cells=st.lists(st.tuples(TEXT, TEXT, st.sampled_from(["", "a\nb", 'say ""', "x"])), min_size=1, max_size=6),
    separator=st.sampled_from(",;\t"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    name=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"]),
    said=st.booleans(),
)
def test_what_csv_writes_is_read_back(cells, separator, quoting, ending, name, said):
    lines = [(f"s{n}", f"Студент {a}", b, c.replace("\n", ending)) for n, (a, b, c) in enumerate(cells)]
    assume(not any(a[:1] in "'=" for line in lines for a in line[1:] if a.strip()))
    assume(not any("," in line[1] for line in lines))
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator, quoting=quoting, lineterminator=ending)
    writer.writerows([("Логин", "ФИО", "Группа", "Команда"), *lines])
    text = (f"sep={separator}{ending}" if said else "") + written.getvalue()
    found = table(text.encode(name))
    assert found.problems == {}
    expected = [tuple(" ".join(cell.split()) for cell in line) for line in lines]
    columns = ("login", "name", "group", "team")
    assert [tuple(" ".join(line.cells[n].split()) for n in columns) for line in found.lines] == expected


# -- heads -------------------------------------------------------------------------------------------------

KIM = [("lkim", "Lee Kim", "S1")]
IVANOV = [("ii", "Иванов Иван Иванович", "M1")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'Student,ID,SIS User ID,SIS Login ID,Section,HW\n    Points Possible,,,,,1\n"Kim, Lee",1,2,lkim,S1,5\n',
            KIM,
        ),
        (
            'Student,ID,SIS Login ID,Section,HW\n,,,,Manual Posting\nPoints Possible,,,,10\n"Kim, Lee",1,lkim,S1,5\n',
            KIM,
        ),
        ("LastName,FirstName,ID,SIS User ID,SIS Login ID,Section\nKim,Lee,1,2,lkim,S1\n", KIM),
        ("name,login id,sis id,section,role\nLee Kim,lkim,1,S1,Student\n", KIM),
        ('"First name","Last name","ID number","Username","Groups"\nLee,Kim,1,lkim,S1\n', KIM),
        ("username,firstname,lastname,email,course1,group1\nlkim,Lee,Kim,a@b,ML,S1\n", KIM),
        ("First Name,Last Name,SID,Email,Sections\nLee,Kim,lkim,a@b.c,S1\n", KIM),
        ("Username,Last Name,First Name,Group\nlkim,Kim,Lee,S1\n", KIM),
        ("Name;Surname;Login;Group\nLee;Kim;lkim;S1\n", KIM),
        ("Name;First name;Last name;Login;Group\nLee Kim;L;K;lkim;S1\n", KIM),
        ("Логин;Фамилия;Имя;Отчество;Группа\nii;Иванов;Иван;Иванович;M1\n", IVANOV),
        ("Имя;Отчество;Фамилия;Группа;Логин\nИван;Иванович;Иванов;M1;ii\n", IVANOV),
        ("№;Ф.И.О.;Группа;Табельный номер\n1;Иванов Иван Иванович;M1;ii\n", IVANOV),
        ("№ п/п;ФИО студента;№ группы;№ зачётной книжки\n1;Иванов Иван Иванович;M1;ii\n", IVANOV),
        ("ФИО;Фамилия;Имя;Группа;Имя пользователя\nИванов Иван Иванович;И;И;M1;ii\n", IVANOV),
        ("ЛОГИН (ИСУ);ФИО;Учебная группа:\nii;Иванов Иван Иванович;M1\n", IVANOV),
        ("Список группы;;\n;;\nФакультет;ИТиП;\n№;Логин;ФИО;Группа\n1;2;3;4\n1;ii;Иванов Иван Иванович;M1\n", IVANOV),
        ("№;Студент;;;Логин;Группа\n;Фамилия;Имя;Отчество;;\n1;Иванов;Иван;Иванович;ii;M1\n", IVANOV),
        ("Логин;ФИО;Группа\nГруппа M1;;\nii;Иванов Иван Иванович;M1\nИтого: 1;;\n;;\nДекан;;Петров\n", None),
        ("Логин;ФИО;Группа\nii;Иванов Иван Иванович;M1\nЛогин;ФИО;Группа\n", IVANOV),
    ],
)
def test_heads_of_lms_and_student_offices(text, expected):
    if expected is None:  # a line that begins below «Логин» is somebody's, whatever it says
        assert [line.cells["login"] for line in table(text).lines] == ["Группа M1", "ii", "Итого: 1", "Декан"]
    else:
        assert people(text) == expected


def test_lines_without_a_login_are_left_out_only_where_they_are_nobodys():
    head = "№;ФИО;Логин\n"
    found = table(f"{head}Группа M1;;\n1;А А;a\nИтого: 1;;\n;;\n;Декан;;\n;Петров;;03.04\n")
    assert ([line.cells["login"] for line in found.lines], found.problems) == (["a"], {})
    assert "lines left out, since they are nobody's: 2, 4, 6, 7" in "".join(notes(found))
    for text in ("1;А А;\n2;Б Б;b\n", "1;А А;a\n;;\n2;Б Б;\n3;В В;c\n", "1;А А;a\n2;Б Б;\n"):
        assert "" in [line.cells["login"] for line in table(head + text).lines]  # somebody's, and lacks the login


def test_what_was_understood_is_told():
    found = table("Отчёт;;;\nФамилия;Имя;Зачётка;Телефон\nИванов;Иван;77;5\n")
    assert notes(found) == [
        'left out above the columns\' names: "Отчёт"',
        'there is no column with logins, "Зачётка" is taken',
        'a name is put together of "Фамилия", "Имя"',
        'columns left out: "Телефон"',
    ]
    assert found.notes[3].told("ru") == "пропущены столбцы: «Телефон»"


@pytest.mark.parametrize(
    ("text", "chosen", "expected"),
    [
        ("A,B,C\nx,y,z\n", {"login": ["B"], "name": ["C", "A"]}, ("y", "z x", "")),
        ("SIS Login ID,Nick\nx,y\n", {"login": ["nick"], "name": ["SIS Login ID"]}, ("y", "x", "")),
        ("Email,Имя\nx@y,z\n", {"login": ["Email"]}, ("x@y", "z", "")),
        ("логин,группа,группа\nx,1,2\n", {"group": ["Группа (2)"]}, ("x", "", "2")),
        ("логин,группа,группа\nx,1,2\n", {"group": []}, ("x", "", "")),
        ("логин,,имя\nx,M1,z\n", {"group": ["(2)"]}, ("x", "z", "M1")),
        ("title\nкод;кто\nx;z\n", {"login": ["Код"], "name": ["кто"]}, ("x", "z", "")),
        ("логин,фамилия,имя\nx,y,z\n", {"name": ["имя"]}, ("x", "z", "")),
    ],
)
def test_a_person_may_say_which_column_is_which(text, chosen, expected):
    assert people(text, chosen) == [expected]


@pytest.mark.parametrize(
    ("text", "chosen", "said", "example"),
    [
        ("Почта,ФИО\na,b\n", {}, 'login is missing among "Почта", "ФИО"', "Почта"),
        ("логин,E-mail,Почта\na,b,c\n", {}, 'Two columns may be email: "E-mail", "Почта"', "E-mail"),
        ("ID number,Студ. билет\na,b\n", {}, "Two columns may be login", "ID number"),
        ("логин,имя\na,b\n", {"name": ["ФИО"]}, 'has no column "ФИО"; it has "логин", "имя"', "логин"),
    ],
)
def test_what_cannot_be_told_is_asked(text, chosen, said, example):
    with pytest.raises(NoColumns, match=said) as asked:
        table(text, chosen)
    assert asked.value.example == example


def test_columns_without_a_name_are_told_only_where_they_hold_something():
    assert notes(table("login;name;;\na;b;;\n")) == []
    assert notes(table("login;name;;\na;b;x;\n")) == ['columns left out: "(3)"']


def test_a_name_of_a_column_cannot_steer_a_terminal():
    assert notes(table("login;\x1b[2Jx\na;1\n")) == ['columns left out: "\ufffd[2Jx"']


def test_tables_that_would_take_minutes_are_read_or_refused_at_once():
    for head in ("login" + ";" * 100_000, "login" + ";" * 600):
        with pytest.raises(BadInput, match="more than 500 columns"):
            table(head + "\n" * 50_000)
    assert table("(" * 100_000 + ";login\n").lines == []


# -- workbooks ---------------------------------------------------------------------------------------------


def workbook(*sheets: list[list[object]], hidden: int = 0) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, lines in enumerate(sheets):
        sheet = book.create_sheet(f"S{number}")
        sheet.sheet_state = "hidden" if number < hidden else "visible"
        for line in lines:
            sheet.append(line)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_workbook_is_read_as_it_is_seen():
    lines = [
        ["Группа M1"],
        [],
        ["Логин", "ФИО", "Группа"],
        [123456, 'Иванов;\n«Иван» "Я"', 3339.0],
        [7.5, "Б", None],
        [],
    ]
    found = table(workbook(lines))
    assert [(line.number, *line.cells.values()) for line in found.lines] == [
        (4, "123456", 'Иванов; «Иван» "Я"', "3339"),
        (5, "7.5", "Б", ""),
    ]


def test_days_and_times_of_a_workbook_are_told_as_they_are_typed():
    content = workbook([["login", "until"], ["a", datetime(2027, 3, 1, 23, 59)], ["b", datetime(2027, 3, 1)]])
    source = csv_file.decode(content, "r.xlsx")
    found = csv_file.read(source, {"login": "login", "until": "until"}, ("login",))
    assert [line.cells["until"] for line in found.lines] == ["2027-03-01T23:59:00", "2027-03-01T00:00:00"]


def test_the_first_sheet_that_is_shown_and_full_is_read_and_others_are_told():
    old, empty, new = [["login", "name"], ["old", "O"]], [[]], [["login", "name"], ["new", "N"]]
    found = table(workbook(old, empty, new, new, hidden=1))
    assert [line.cells["login"] for line in found.lines] == ["new"]
    assert notes(found) == ['the sheet "S2" was read, and not "S3"']


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (workbook([["login", "name"], ["a", "=B1"]]), "Cell B2 holds a formula that no spreadsheet has computed"),
        (workbook([["login", "name"], ["a", "#REF!"]]), "Cell B2 holds the error #REF!"),
        (workbook([[]]), "is empty"),
        (workbook([["login", "name"]])[:-30], "no XLSX file that can be read"),
        (b"PK\x03\x04 no archive", "no XLSX file that can be read"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "no XLSX file that can be read"),
        (workbook([["login"], *([["a"]] * 20_001)]), "more than 20000 rows"),
    ],
    ids=["formula", "error", "empty", "cut", "archive", "old", "long"],
)
def test_workbooks_that_cannot_be_read_are_told(content, said):
    with pytest.raises(BadInput, match=said):
        table(content)


def test_every_name_that_is_understood_is_documented():
    told = (Path(__file__).parents[2] / "docs/reference/tables.md").read_text(encoding="utf-8")
    listed = {
        name.strip() for line in told.splitlines() if line.startswith("| ") for name in line.split("|")[2].split(",")
    }
    assert {word for group in words.MEANINGS.values() for word in group} == listed - {"names", "---"}
    assert all(name in told for name in encoding.EIGHT_BIT.values() if "(" not in name)
