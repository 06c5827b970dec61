"""Archives as systems and people write them: names, folders, what is left out, which file is the solution."""

from __future__ import annotations

import io
import json
import struct
import unicodedata
import zipfile
import zlib

import pytest

from grader.core.errors import BadInput
from grader.harness.bounds import DEFAULT
from grader.harness.unpacking import read

FINE = b"def kmeans(X, start, max_iter=300):\n    pass\n"
BOOK = json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": "import util"}]}).encode()


def archive(*members: tuple[str, bytes] | tuple[str, bytes, str], extra: bytes = b"") -> bytes:
    """An archive; where a member has an encoding, its name is written in that, and no flag says so."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content, *_ in members:
            info = zipfile.ZipInfo("N" * len(raw_name(name, *_)) if _ else name)
            info.extra = extra
            file.writestr(info, content)
    made = packed.getvalue()
    for name, _content, *encoding in members:
        if encoding:
            raw = raw_name(name, *encoding)
            made = made.replace(b"N" * len(raw), raw, 2)
    return made


def raw_name(name: str, encoding: str) -> bytes:
    return name.encode(encoding)


def files(*members, data=(), required=(), **options) -> list[str]:
    return sorted(read("a.zip", archive(*members, **options), data, required).files)


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "utf-8"])
@pytest.mark.parametrize(
    "name",
    ["расстояния.py", "код.py", "Помощь_2.py", "ёжик.py", "лаба1/мой_модуль.py", "ЦЕНТРЫ.py", "метрики кластеров.py"],
)
def test_names_are_read_in_the_encoding_that_they_were_written_in(name, encoding):
    assert files(("solution.py", FINE), (name, b"", encoding)) == ["solution.py", name]


def test_names_of_the_west_and_of_the_extra_field_are_read_too():
    assert files(("solution.py", FINE), ("résumé.py", b"", "cp437")) == ["résumé.py", "solution.py"]
    raw, told = "αß.py".encode("cp437"), "центр.py".encode()
    body = b"\1" + struct.pack("<I", zlib.crc32(raw)) + told
    extra = struct.pack("<HH", 0x7075, len(body)) + body
    assert files(("solution.py", FINE), ("αß.py", b"", "cp437"), extra=extra) == ["solution.py", "центр.py"]


def test_names_are_composed_and_their_suffix_is_pythons():
    decomposed = unicodedata.normalize("NFD", "расстояния_й.py")
    assert files(("Solution.PY", FINE), (decomposed, b"")) == ["Solution.py", "расстояния_й.py"]
    assert read("a.zip", archive(("SOLUTION.PY", FINE), ("Util.Py", b""))).entry == "SOLUTION.py"


@pytest.mark.parametrize("first", ["a.py", "й.py", "folder/a.py", "ß.py"])
def test_names_that_some_system_takes_for_one_are_refused(first):
    second = first.upper() if first.isascii() else unicodedata.normalize("NFD", first)
    second = "SS.py" if first == "ß.py" else second
    with pytest.raises(BadInput, match="twice"):
        files(("solution.py", FINE), (first, b""), (second, b""))


def test_a_folder_that_holds_everything_is_taken_off():
    assert files(("hw1/solution.py", FINE), ("hw1/inner/util.py", b"")) == ["inner/util.py", "solution.py"]
    assert files(("a/", b""), ("a/Лаба 1/solution.py", FINE)) == ["solution.py"]
    assert files(("__MACOSX/._hw", b"\0"), ("README.md", b"x"), ("hw/solution.py", FINE)) == ["solution.py"]
    with pytest.raises(BadInput, match="at the top"):
        files(("hw1/solution.py", FINE), ("hw2/solution.py", FINE))


LEFT = [
    "__MACOSX/._solution.py", "._solution.py", ".DS_Store", "inner/.DS_Store", "Thumbs.db", "desktop.ini", "README",
    "readme.txt", "README.md", ".gitignore", "__pycache__/solution.cpython-311.pyc", ".git/config", ".idea/a.xml",
    ".ipynb_checkpoints/solution-checkpoint.py", "LICENSE", ".vscode/settings.json", "requirements.txt", "old.pyc",
]  # fmt: skip


def test_what_systems_and_editors_leave_behind_is_left_out_with_a_notice():
    found = read("a.zip", archive(("solution.py", FINE), *((name, b"\0\xff") for name in LEFT)))
    assert sorted(found.files) == ["solution.py"]
    assert found.notices[0]["en"] == f"a.zip: these files are left out: {', '.join(LEFT[:5])} and {len(LEFT) - 5} more."
    assert "пропущены" in found.notices[0]["ru"]
    assert read("a.zip", archive(("solution.py", FINE))).notices == ()


def test_data_is_left_out_where_the_assignment_allows_it():
    members = (("solution.py", FINE), ("data/Train.CSV", b"1,2"))
    assert files(*members, data=["*.csv"]) == ["solution.py"]
    with pytest.raises(BadInput, match=r"only \.py files and one notebook"):
        files(*members)


@pytest.mark.parametrize(
    ("members", "found"),
    [
        (["solution.py", "data/a.csv", "data/more/b"], ["solution.py"]),
        (["hw/solution.py", "hw/data/a.csv"], ["solution.py"]),
        (["hw/inner/solution.py", "hw/data/a.csv"], ["solution.py"]),
        (["hw/solution.py", "hw/DATA/a.csv"], ["solution.py"]),
        (["data/solution.py", "data/data/a.csv"], ["solution.py"]),
        (["data/solution.py", "data/helper.py"], ["helper.py", "solution.py"]),
        (["solution.py", "data/helper.py"], ["solution.py"]),
        (["solution.py", "data.py", "database/a.py"], ["data.py", "database/a.py", "solution.py"]),
        (["solution.py", "inner/data/a.py"], ["inner/data/a.py", "solution.py"]),
    ],
)
def test_the_assignment_s_folder_of_data_is_left_out_where_it_lies_beside_the_solution(members, found):
    assert files(*((member, FINE) for member in members), data=["data/**"]) == found


def test_what_is_left_out_does_not_count_as_a_module_and_a_directory_has_its_end():
    clutter = [(f".git/objects/{number}", b"") for number in range(300)]
    assert files(("solution.py", FINE), *clutter) == ["solution.py"]
    with pytest.raises(BadInput, match="at most 2000"):
        files(("solution.py", FINE), *((f".git/{number}", b"") for number in range(DEFAULT.entries)))


@pytest.mark.parametrize(
    ("members", "required", "entry"),
    [
        ({"work.ipynb": BOOK}, (), "work.ipynb"),
        ({"hw/work.ipynb": BOOK, "hw/util.py": b"x = 1"}, (), "work.ipynb"),
        ({"work.IPYNB": BOOK, "util.py": b"x = 1"}, ("kmeans",), "work.ipynb"),
        ({"demo.ipynb": BOOK, "mine.py": FINE}, ("kmeans",), "mine.py"),
        ({"demo.ipynb": BOOK, "solution.py": b"", "other.py": FINE}, ("kmeans",), "solution.py"),
        ({"a.ipynb": BOOK, "solution.ipynb": BOOK}, (), "solution.ipynb"),
        ({"inner/demo.ipynb": BOOK, "mine.py": FINE}, (), "mine.py"),
    ],
)
def test_the_solution_is_found_among_modules_and_notebooks(members, required, entry):
    found = read("a.zip", archive(*members.items()), (), required)
    assert found.entry == entry
    assert [path for path in found.files if path.endswith(".ipynb")] == [entry] * entry.endswith(".ipynb")


def test_of_a_notebook_in_an_archive_only_code_counts():
    cell = {"cell_type": "code", "source": "x = 1", "outputs": [{"data": "A" * (3 << 20)}]}
    content = json.dumps({"nbformat": 4, "cells": [cell]}).encode()
    assert read("a.zip", archive(("w.ipynb", content))).files == {"w.ipynb": b"# %% cell 1\nx = 1\n"}
    long = json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": "#" * (1 << 20)}]}).encode()
    with pytest.raises(BadInput, match="more than 1,048,576 bytes"):
        read("a.zip", archive(("w.ipynb", long)))
