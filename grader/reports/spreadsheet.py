"""The gradebook as XLSX: a sheet with the marks, and one that explains how they become the final score.

Text cells are text, whatever they look like, and number cells numbers; there are no formulas in the file, since marks
are counted in one place.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from grader.core.course import Course
from grader.core.scoring import Formula, rounded
from grader.reports.cells import Cell
from grader.reports.gradebook import PERSON, TOTALS, Student, rows

_HEADING = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="EEF1EE")
_WIDTHS = {"login": 16, "name": 30, "group": 12}
_NUMBER_WIDTH, _HEADING_HEIGHT = 9.5, 110

_SHEETS = {"en": ("Marks", "Formula"), "ru": ("Оценки", "Формула")}
_KINDS = {"en": {"lab": "lab", "task": "task"}, "ru": {"lab": "лабораторная", "task": "задача"}}
_COLUMNS = {
    "en": ("assignment", "title", "kind", "points at most", "deadline"),
    "ru": ("задание", "название", "вид", "максимум баллов", "срок"),
}


def to_xlsx(course: Course, students: Sequence[Student], *, language: str = "en") -> bytes:
    """The workbook's bytes."""
    book = Workbook(write_only=True)
    _marks(book, course, students, language)
    _formula(book, course, language)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _marks(book: Workbook, course: Course, students: Sequence[Student], language: str) -> None:
    sheet: Any = book.create_sheet(_SHEETS[language][0])
    count = len(PERSON) + len(course.items) + len(TOTALS)
    sheet.freeze_panes = "C2"  # the heading, the logins and the names stay in sight
    sheet.auto_filter.ref = f"A1:{get_column_letter(count)}{len(students) + 1}"
    for place in range(1, count + 1):
        width = _WIDTHS[PERSON[place - 1]] if place <= len(PERSON) else _NUMBER_WIDTH
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.row_dimensions[1].height = _HEADING_HEIGHT
    heading, *lines = rows(course, students)
    sheet.append([_heading(sheet, str(cell), upright=place >= len(PERSON)) for place, cell in enumerate(heading)])
    for line in lines:
        sheet.append([_cell(sheet, cell) for cell in line])


def _formula(book: Workbook, course: Course, language: str) -> None:
    sheet: Any = book.create_sheet(_SHEETS[language][1])
    for letter, width in zip("ABCDE", (30, 44, 16, 16, 20), strict=True):
        sheet.column_dimensions[letter].width = width
    for sentence in explanation(course.formula, language):
        sheet.append([_text(sheet, sentence)])
    sheet.append([])
    sheet.append([_heading(sheet, text) for text in _COLUMNS[language]])
    for item in course.items:
        until = item.deadline.astimezone(course.zone).strftime("%Y-%m-%d %H:%M %Z") if item.deadline else None
        line: list[Cell] = [item.name, item.title[language], _KINDS[language][item.kind], item.points, until]
        sheet.append([_cell(sheet, cell) for cell in line])


def explanation(formula: Formula, language: str) -> Iterable[str]:
    """The formula in words, with this course's numbers."""
    n = {name: f"{rounded(value).normalize():f}" for name, value in vars(formula).items()}
    if language == "ru":
        return (
            f"Итог: S = min(√(T · P) + B', {n['final']}), где B' = {n['bonus_scale']}·B / ({n['bonus_scale']} + B).",
            f"T — теория: баллы за контрольную (до {n['test']}). После попытки сдать экзамен вместо них берутся баллы "
            f"экзамена: теоретический минимум (до {n['minimum']}) плюс билет (до {n['ticket']}).",
            f"P — практика: лабораторные (не больше {n['labs']}) плюс задачи (не больше {n['tasks']}).",
            "B — бонусные баллы; в таблице стоит B', то, что от них остаётся в формуле.",
            f"Лабораторная, сданная на w недель позже срока, сохраняет долю {n['late_lab_keeps']} + "
            f"(1 − {n['late_lab_keeps']}) / (1 + w) своих баллов; задача после срока не приносит ничего.",
            "waiting — лабораторная ждёт защиты и пока не учитывается; пустая ячейка — ничего не сдано.",
            "Числа в таблице округлены до сотых; считается всё точно.",
        )
    return (
        f"Final score: S = min(√(T · P) + B', {n['final']}) with B' = {n['bonus_scale']} B / ({n['bonus_scale']} + B).",
        f"T, theory: the points of the test (at most {n['test']}). Once the exam was attempted its points stand "
        f"instead: term minimum (at most {n['minimum']}) plus ticket (at most {n['ticket']}).",
        f"P, practice: labs (at most {n['labs']}) plus tasks (at most {n['tasks']}).",
        "B: bonus points; the column holds B', what is left of them in the formula.",
        f"A lab that is w weeks late keeps {n['late_lab_keeps']} + (1 − {n['late_lab_keeps']}) / (1 + w) of its "
        "points; a task after its deadline gives none.",
        "waiting: a lab that was not defended yet and does not count until then; an empty cell: nothing was handed in.",
        "The numbers are rounded to hundredths; everything is counted exactly.",
    )


def _heading(sheet: Any, text: str, *, upright: bool = False) -> Any:
    cell = _text(sheet, text)
    cell.font, cell.fill = _HEADING, _SHADE
    cell.alignment = Alignment(textRotation=90 if upright else 0, vertical="bottom")
    return cell


def _cell(sheet: Any, cell: Cell) -> Any:
    if cell is None:
        return None
    if isinstance(cell, str):
        made = _text(sheet, cell)
        made.number_format = "@"  # it stays text when somebody types into it, too
        return made
    made = WriteOnlyCell(sheet, value=float(rounded(cell)))
    made.number_format = "0.00"
    return made


def _text(sheet: Any, text: str) -> Any:
    """A cell of text, whatever it looks like; what a spreadsheet file cannot hold is left out."""
    cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    return cell
