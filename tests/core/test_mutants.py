"""How mutants.toml is read, which texts do not fit the reference, and which of them are written anew."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from grader.core.errors import AssignmentFault
from grader.core.mutants import FILE, fix, misfits, mutants, mutated, refitted

from .courses import assignment

TEXT = """# A comment that stays.
["L09.kmeans"]
file = "reference/k.py"

["L09.kmeans".zeros]
why.en = "The centre jumps to the origin."
why.ru = "Центр прыгает в начало координат."
find = "moved = centers.copy()"
replace = "moved = zeros(centers)"

["L09.kmeans".sum]
file = "reference/sums.py"
why.en = "A sum is no mean."
why.ru = "Сумма — не среднее."
find = "return x / n"
replace = "return x"
"""
SOURCES = {
    "reference/k.py": b"def kmeans(centers):\n    moved = centers.copy()\n    return moved\n",
    "reference/sums.py": b"def mean(x, n):\n    return x / n\n",
}


@pytest.fixture
def of(tmp_path):
    """An assignment with this text as its mutants.toml."""

    def written(text: str):
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        return replace(assignment("clustering/k", "task"), folder=tmp_path)

    return written


def test_a_mutant_has_the_row_and_the_file_that_stand_above_it_or_a_file_of_its_own(of):
    first, second = mutants(of(TEXT))
    assert (first.name, first.row, first.file) == ("zeros", "L09.kmeans", "reference/k.py")
    assert (first.find, first.replace) == ("moved = centers.copy()", "moved = zeros(centers)")
    assert first.why == {"en": "The centre jumps to the origin.", "ru": "Центр прыгает в начало координат."}
    assert (second.name, second.file) == ("sum", "reference/sums.py")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('why.ru = "Сумма — не среднее."\n', "", "L09.kmeans, sum: why must be one line each in en and ru"),
        ('"A sum is no mean."', '"A sum\\nis none."', "sum: why must be one line"),
        ('replace = "return x"', 'replaced = "return x"', "sum: a mutant has find, replace, why"),
        ('file = "reference/k.py"\n', "", "zeros: find, replace, and the file of the row"),
        ('find = "return x / n"', 'find = ""', "sum: find, replace"),
        ('["L09.kmeans".sum]', '["L09.hac".zeros]', "names used twice: zeros"),
        ("# A comment", 'row = "L09.kmeans"\n# A comment', "row must be the table of a row"),
        ('["L09.kmeans"]', "[", "mutants.toml"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_place(of, old, new, told):
    assert old in TEXT
    with pytest.raises(AssignmentFault, match=told):
        mutants(of(TEXT.replace(old, new)))


def test_all_texts_that_do_not_fit_are_listed_at_once(of):
    sources = {
        "reference/k.py": b"def kmeans(centers):\n    moved = centres.copy()\n    return moved\n",
        "reference/sum.py": SOURCES["reference/sums.py"],
    }
    assert misfits(of(TEXT), SOURCES) == []
    assert misfits(of(TEXT), sources) == [
        "mutant zeros: its text is not in reference/k.py; the nearest line is 2: moved = centres.copy()",
        "mutant sum: the reference of this assignment has no file reference/sums.py; reference/sum.py may be meant",
    ]
    twice = SOURCES | {"reference/sums.py": b"def a(x, n):\n    return x / n\ndef b(x, n):\n    return x / n\n"}
    assert misfits(of(TEXT), twice) == ["mutant sum: its text stands 2 times in reference/sums.py, lines 2, 4"]
    same = TEXT.replace('replace = "return x"', 'replace = "return x / n"')
    assert misfits(of(same), SOURCES) == ["mutant sum: find and replace are the same text"]


def test_a_mistake_is_put_in_where_its_text_stands(of):
    first, second = mutants(of(TEXT))
    assert b"moved = zeros(centers)" in mutated(SOURCES, first)["reference/k.py"]
    assert mutated(SOURCES, second)["reference/k.py"] == SOURCES["reference/k.py"]
    with pytest.raises(AssignmentFault, match="the nearest line is 2"):
        mutated(SOURCES | {"reference/sums.py": b"def mean(x, n):\n    return n / x\n"}, second)


@pytest.mark.parametrize(
    ("source", "find", "put"),
    [
        ("moved = places.copy()", "moved = places.copy()", "moved = zeros(places)"),  # a name
        ("moved=centers . copy( )", "moved=centers . copy( )", "moved = zeros(centers)"),  # spaces
        ("moved = (\n        centers.copy())", None, None),  # more than these
        ("moved = centers.sort()", None, None),  # one of four names would be another method: see below
        ("copy = moved.centers()", None, None),
        ("moved = centers.copy", None, None),
    ],
)
def test_texts_are_written_anew_where_only_names_or_spaces_moved(of, source, find, put):
    sources = SOURCES | {"reference/k.py": f"def kmeans(centers):\n    {source}\n    return moved\n".encode()}
    listed = mutants(of(TEXT))
    again = refitted(sources, listed[0])
    if find is None:
        assert again is None or again.find == source
        return
    assert again is not None
    assert (again.find, again.replace) == (find, put)
    changed = of(TEXT)
    assert fix(changed, sources) == ["zeros"]
    assert mutants(changed) == [again, listed[1]]
    text = (changed.folder / FILE).read_text(encoding="utf-8")
    assert text.startswith("# A comment that stays.")
    assert tomllib.loads(text)["L09.kmeans"]["sum"] == tomllib.loads(TEXT)["L09.kmeans"]["sum"]


def test_a_text_of_several_lines_keeps_its_margins(of):
    several = TEXT.replace('find = "return x / n"', 'find = "    total = x\\n    return total / n\\n"')
    several = several.replace('replace = "return x"', 'replace = "    total = x\\n    return total\\n"')
    sources = SOURCES | {"reference/sums.py": b"def mean(x, n):\n    whole = x\n    return whole / n\n"}
    again = refitted(sources, mutants(of(several))[1])
    assert again is not None
    assert again.find == "    whole = x\n    return whole / n\n"
    assert again.replace == "    whole = x\n    return whole\n"


def test_a_text_that_two_places_are_equally_like_is_left_to_its_author(of):
    sources = SOURCES | {"reference/sums.py": b"def a(y, n):\n    return y / n\ndef b(z, n):\n    return z / n\n"}
    assert refitted(sources, mutants(of(TEXT))[1]) is None


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_a_text_over_several_lines_of_the_file_is_left_as_it_stands(of, quotes):
    spread = TEXT.replace('find = "return x / n"', f"find = {quotes}return x /\n    n{quotes}")
    spread = spread.replace('replace = "return x"', f'replace = {quotes}\nfind = ""{quotes}')
    changed = of(spread)
    sources = SOURCES | {"reference/sums.py": b"def mean(y, n):\n    return y / n\n"}
    assert refitted(sources, mutants(changed)[1]) is not None
    assert fix(changed, sources) == []
    assert (changed.folder / FILE).read_text(encoding="utf-8") == spread
