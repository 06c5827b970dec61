"""Every section of the lectures is asked for, or it is told why not; references and the list say the same."""

import re

import pytest

from grader.core.assignment import load_all
from tests.docstrings import module
from tests.pages import ROOT
from tests.sections import rows_of_sections, sections, table

SECTIONS = sections()
ROWS = rows_of_sections(load_all(ROOT / "assignments"))
MODULES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in ROOT.glob("reference/**/*.py")
}


def number(section):
    """The parts of a section's number, to sort by."""
    return tuple(int(part) for part in section.number.split("."))


def test_the_list_has_every_section_once_and_in_order():
    assert [number(one) for one in SECTIONS] == sorted({number(one) for one in SECTIONS})
    assert {number(one)[0] for one in SECTIONS} == set(range(3, 60))
    assert [one.lecture for one in SECTIONS] == sorted(one.lecture for one in SECTIONS)
    assert {one.lecture for one in SECTIONS} == set(range(1, 13))


def test_every_section_that_a_reference_names_is_in_the_list():
    places = {one.place for one in SECTIONS}
    assert set(ROWS) <= places
    places |= {(lecture, section.partition(".")[0]) for lecture, section in places}  # packages name 41 for 41.1
    for name, text in MODULES.items():
        named = re.findall(r"lecture\s+(\d+),\s+section\s+(\d+(?:\.\d+)?)", text)
        assert {(int(lecture), section) for lecture, section in named} <= places, name


def test_headers_of_modules_name_the_rows_of_their_sections():
    for name, text in MODULES.items():
        header = " ".join(text.split('"""')[1].split())
        for lecture, section, rows in re.findall(
            r"lecture (\d+), section (\d+(?:\.\d+)?), (L\d\d\.\w+(?:, L\d\d\.\w+)*)", header
        ):
            assert set(rows.split(", ")) <= set(ROWS[int(lecture), section]), f"{name}: section {section}"


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.number)
def test_a_section_has_rows_or_a_reason(section):
    own, known = ROWS.get(section.place, []), {row for rows in ROWS.values() for row in rows}
    assert own or section.not_asked
    assert section.elsewhere == sorted(set(section.elsewhere) - set(own))
    assert set(section.elsewhere) <= known
    assert section.not_asked == "" or re.fullmatch(r"[A-Z].*\.", section.not_asked)


def test_a_table_has_own_rows_others_and_the_reason():
    lines = table(9, {(9, "38"): ["L09.kleinberg"]}).splitlines()
    assert lines[1].startswith("| section |")
    start = "| 38 | The problem of clustering | L09.kleinberg; elsewhere L09.gmm | Shapes of clusters"
    assert lines[3].startswith(start)
    assert "| 39 | Quality of a clustering |  |  |" in lines
    assert table(0, {}) == ""


def test_a_reference_without_a_source_is_told():
    with pytest.raises(LookupError, match=r"Source of sections must name a lecture"):
        module(ROOT, "tests.sections").section("sections")
