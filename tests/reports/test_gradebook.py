"""The gradebook as files: the numbers, what waits, and text that stays text."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from grader.reports.cells import as_csv, plain
from grader.reports.gradebook import empty_cells, to_canvas, to_csv, to_json, to_moodle
from grader.reports.spreadsheet import explanation, to_xlsx
from tests.reports.class_of_two import COURSE, STUDENTS, F

# T = 54, P = 12 + 5 = 17 (the second lab waits), sqrt(918) = 30.2985; B' = 360 / 42 = 8.5714; together 38.8699
ANNA = ["anna", "Иванова Анна", "M1", "12.00", "waiting", "5.00", "54.00", "17.00", "8.57", "38.87"]
BORIS = ["boris", "'=cmd|' /C calc'!A0", "'+7", "", "", "6.00", "0.00", "6.00", "0.00", "0.00"]


def parsed(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_csv_holds_what_was_counted_by_hand():
    heading, *lines = parsed(to_csv(COURSE, STUDENTS))
    assert heading == ["login", "name", "group", "a/lab", "a/lab2", "a/task", "T", "P", "B'", "final"]
    assert lines == [ANNA, BORIS]


def test_xlsx_has_numbers_as_numbers_and_text_as_text_and_explains_itself():
    book = load_workbook(io.BytesIO(to_xlsx(COURSE, STUDENTS)))
    sheet = book["Marks"]
    assert sheet.freeze_panes == "C2"
    assert [cell.value for cell in sheet[2]] == [*ANNA[:3], 12, "waiting", 5, 54, 17, 8.57, 38.87]
    assert [cell.data_type for cell in sheet[2]] == list("sssnsnnnnn")
    assert [cell.value for cell in sheet[3]] == ["boris", "=cmd|' /C calc'!A0", "+7", None, None, 6, 0, 6, 0, 0]
    assert [(cell.data_type, cell.number_format) for cell in sheet[3][:3]] == [("s", "@")] * 3
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["D"].width
    told = [row[0].value for row in book["Formula"] if row[0].value]
    assert "min(√(T · P) + B', 100)" in told[0]
    assert [cell.value for cell in book["Formula"][11]] == ["a/lab2", "a/lab2", "lab", 50, None]
    assert load_workbook(io.BytesIO(to_xlsx(COURSE, STUDENTS, language="ru"))).sheetnames == ["Оценки", "Формула"]


def test_xlsx_takes_names_that_no_spreadsheet_can_hold():
    odd = [replace(STUDENTS[0], name="A\x00n\x0bna", group="\t=1+1")]
    sheet = load_workbook(io.BytesIO(to_xlsx(COURSE, odd)))["Marks"]
    assert (sheet["B2"].value, sheet["C2"].value, sheet["C2"].data_type) == ("Anna", "\t=1+1", "s")


def test_the_explanation_has_the_course_s_own_numbers():
    formula = replace(COURSE.formula, labs=F(65), late_lab_keeps=F(1, 2))
    for language in ("en", "ru"):
        text = " ".join(explanation(formula, language))
        assert "65" in text
        assert "0.5 + (1 − 0.5) / (1 + w)" in text
        assert "70" not in text


def test_canvas_finds_people_by_login_and_gets_no_zero_for_what_waits():
    heading, maxima, anna, boris = parsed(to_canvas(COURSE, STUDENTS))
    assert heading[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert heading[5:] == ["a/lab", "a/lab2", "a/task", "Final score"]
    assert maxima == ["    Points Possible", "", "", "", "", "20.00", "50.00", "7.50", "100.00"]
    assert anna == ["Иванова Анна", "", "", "anna", "M1", "12.00", "", "5.00", "38.87"]
    assert boris[0].startswith("'=cmd")


def test_moodle_gets_one_line_a_user_and_numbers_only():
    heading, anna, boris = parsed(to_moodle(COURSE, STUDENTS))
    assert heading == ["username", "fullname", "email", "group", "a/lab", "a/lab2", "a/task", "Final score"]
    assert anna == ["anna", "Иванова Анна", "anna@example.org", "M1", "12.00", "", "5.00", "38.87"]
    assert boris[1].startswith("'=cmd")


KEYS = ["+79210000001", "-dash", "@home", "anna@example.org", "=1+1", "a b", "=cmd|' /C calc'!A0", "00123"]


@pytest.mark.parametrize("write", [to_csv, to_canvas, to_moodle])
def test_logins_are_written_as_they_are_kept(write):
    students = [replace(STUDENTS[0], login=login) for login in KEYS]
    column = 3 if write is to_canvas else 0
    written = [line[column] for line in parsed(write(COURSE, students))][-len(KEYS) :]
    assert written == [*KEYS[:4], "'=1+1", "a b", "'=cmd|' /C calc'!A0", "00123"]


def test_addresses_by_which_moodle_finds_people_are_written_as_they_are_kept():
    students = [replace(STUDENTS[0], email=email) for email in ("+7@example.org", "=A1|x!@example.org")]
    assert [line[2] for line in parsed(to_moodle(COURSE, students))][1:] == ["+7@example.org", "'=A1|x!@example.org"]


def test_the_logins_of_an_xlsx_are_text_without_an_apostrophe():
    students = [replace(STUDENTS[0], login=login) for login in KEYS]
    sheet = load_workbook(io.BytesIO(to_xlsx(COURSE, students)))["Marks"]
    assert [(row[0].value, row[0].data_type) for row in sheet.iter_rows(min_row=2)] == [(login, "s") for login in KEYS]


def test_cells_that_take_a_grade_away_elsewhere_are_counted():
    written = [cell for line in parsed(to_moodle(COURSE, STUDENTS))[1:] for cell in line[4:]]
    assert empty_cells(COURSE, STUDENTS) == written.count("") == 3


def test_json_tells_what_waits_and_the_exact_points():
    told = json.loads(json.dumps(to_json(COURSE, STUDENTS)))
    anna, boris = told["students"]
    assert anna["marks"]["a/lab2"] == {"state": "waiting", "points": 25.0, "exact": "25"}
    assert anna["final"] == 38.87
    assert boris["marks"] == {
        "a/task": {"state": "counted", "points": 6.0, "exact": "6", "override": "handed in on paper"}
    }
    assert told["assignments"][2]["max_points"] == 7.5


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "＝", "－"])
@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", " \t ", "\u00a0", "\ufeff", "x;", "x\n"])
def test_a_formula_stays_text_whatever_stands_before_it(before, first):
    made = plain(before + first + "1+1")
    for part in made.replace("\n", ";").replace("\r", ";").replace("\t", ";").split(";"):
        assert part.strip(" \u00a0\ufeff")[:1] in ("", "'", "x"), made


@given(st.text(alphabet="=+-@;\t\r\n ax'\"," + "\u00a0＝", max_size=12))
def test_no_cell_of_a_csv_begins_a_formula_whichever_sign_divides_it(text):
    line = as_csv([[text, "next"]])
    assert parsed(line)[0][0].replace("'", "") == text.replace("'", "")
    cell = parsed(line)[0][0]
    for part in [cell, *cell.replace("\t", ";").replace("\n", ";").replace("\r", ";").split(";")]:
        assert part.strip()[:1] not in {"=", "+", "-", "@", "＝"}


def test_ordinary_names_are_left_alone():
    for name in ("Anna-Maria", "O'Hara", "Иванова Анна", "x = 1", "a@b.org", ""):
        assert plain(name) == name
