"""Intake: what is taken in as it is meant, and what is refused before anything else happens."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.core.assignment import load
from grader.core.errors import BadInput
from grader.harness.bounds import DEFAULT
from grader.harness.intake import accept, read

KMEANS = load("clustering/kmeans", Path(__file__).resolve().parents[2] / "assignments")
FINE = b"def kmeans(X, start, max_iter=300):\n    pass\n"


def archive(members: dict[str, bytes], **options) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, **options) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return packed.getvalue()


def special(name: str, kind: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        info = zipfile.ZipInfo(name)
        info.external_attr = (kind | 0o777) << 16
        file.writestr(info, "/etc/passwd")
    return packed.getvalue()


def notebook(*cells) -> bytes:
    return nbformat.writes(new_notebook(cells=list(cells))).encode()


def test_a_module_a_notebook_and_an_archive_are_taken_in():
    assert accept("мой код.py", b"\xef\xbb\xbf" + FINE, KMEANS).files == {"мой код.py": FINE}
    packed = archive({"solution.py": b"from inner.k import kmeans", "inner/k.py": FINE, "__pycache__/x.pyc": b"\0"})
    taken = accept("all.zip", packed, KMEANS)
    assert (taken.entry, sorted(taken.files)) == ("solution.py", ["inner/k.py", "solution.py"])
    assert accept("one.zip", archive({"mine.py": FINE}), KMEANS).entry == "mine.py"
    code = notebook(
        new_markdown_cell("# words"),
        new_code_cell("import numpy as np"),
        new_code_cell("%matplotlib inline", metadata={"tags": ["no-grade"]}),
        new_code_cell(FINE.decode() + "'is this fine?'"),
    )
    taken = accept("work.ipynb", code, KMEANS)
    assert taken.place("work.ipynb", 5) == "work.ipynb, cell 4, line 2"
    assert taken.place("work.ipynb", 5, "ru") == "work.ipynb, ячейка 4, строка 2"
    assert b"matplotlib" not in taken.files["work.ipynb"]


@pytest.mark.parametrize(
    "defining",
    ["kmeans = lambda X, start: 1", "from numpy import mean as kmeans", "if True:\n    def kmeans(): pass",
     "class kmeans: pass",
     "try:\n    import x\nexcept ImportError:\n    kmeans = None", "from numpy import *"],
)  # fmt: skip
def test_every_way_of_defining_a_name_counts(defining):
    accept("a.py", defining.encode(), KMEANS)


def test_a_file_that_lacks_some_of_the_names_is_taken_with_a_notice():
    indices = load("clustering/indices", KMEANS.folder.parents[1])
    required = list(indices.required)
    code = "".join(f"def {name}(*a): pass\n" for name in required if name not in ("dunn", "silhouette"))
    (notice,) = accept("mine.py", code.encode(), indices).notices
    assert all("dunn" in text and "silhouette" in text and "mine.py" in text for text in notice.values())
    assert set(notice) == {"en", "ru"}
    assert not any(name in notice["en"].split() for name in required if name not in ("dunn", "silhouette"))
    whole = accept("mine.py", code.encode() + b"dunn = silhouette = max\n", indices)
    assert whole.notices == ()
    assert accept("mine.py", b"from math import *", indices).notices == ()
    with pytest.raises(BadInput, match="does not define"):
        accept("mine.py", b"def something_else(): pass", indices)


BOMB = archive({"solution.py": b"#" * 30_000_000})


def lying() -> bytes:
    """An archive whose directory says that the member is small."""
    return BOMB.replace(struct.pack("<I", 30_000_000), struct.pack("<I", 10))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.py", b"x = 1", "does not define kmeans"),
        ("a.py", b"def other(): kmeans = 1", "does not define kmeans"),
        ("a.py", b"def kmeans(:", "a.py, line 1: SyntaxError"),
        ("a.py", b"(" * 100_000, "a.py"),
        ("a.py", b"-" * 200_000 + b"1", "a.py"),
        ("a.py", b"x\0y", "NUL"),
        ("a.py", "def kmeans(): 'ы'".encode("cp1251"), "UTF-8"),
        ("a.py", b"#" * 2_000_000, "bytes"),
        ("a.tar.gz", b"x", "a solution is"),
        ("con.py", FINE, "name"),
        ("a\x1b[31m.py", FINE, "name"),
        ("a\u202eyp.py", FINE, "name"),
        ("-rf.py", FINE, "name"),
        ("x" * 300 + ".py", FINE, "name"),
        ("a.zip", b"PK\x03\x04", "not a readable zip"),
        ("a.zip", archive({"../solution.py": FINE}), "outside"),
        ("a.zip", archive({"/etc/solution.py": FINE}), "outside"),
        ("a.zip", archive({"C:\\solution.py": FINE}), "outside"),
        ("a.zip", archive({"notes.txt": b"x"}), "only .py"),
        ("a.zip", archive({"conftest.ini": b"x"}), "only .py"),
        ("a.zip", special("solution.py", stat.S_IFLNK), "not an ordinary file"),
        ("a.zip", special("solution.py", stat.S_IFIFO), "not an ordinary file"),
        ("a.zip", BOMB, "more than"),
        ("a.zip", lying(), "a.zip"),
        ("a.zip", archive({f"m{n}.py": b"" for n in range(DEFAULT.members + 1)}), "files"),
        ("a.zip", archive({"a.py": b"", "A.py": b""}), "twice"),
        ("a.zip", archive({"a.py": b"", "b.py": b""}), "solution.py at the top"),
        ("a.ipynb", b"{}", "not a readable notebook"),
        ("a.ipynb", b"\x80", "not a readable notebook"),
        ("a.ipynb", notebook(new_markdown_cell("words")), "no code cells"),
        ("a.ipynb", notebook(new_code_cell("x = 1"), new_code_cell("y = 2\n!wget x")), "cell 2, line 2"),
        ("a.ipynb", notebook(new_code_cell("%%bash\n1")), "cell 1, line 1"),
        ("a.ipynb", notebook(new_code_cell("x = 1\nfiles = !ls")), "line 2: 'files = !ls' is a notebook command"),
        ("a.ipynb", notebook(new_code_cell("took = %timeit f()")), "notebook command"),
        ("a.ipynb", notebook(new_code_cell("x = 1 +")), "cell 1, line 1: SyntaxError"),
        ("a.ipynb", notebook(new_code_cell("#" * (1 << 20))), "at most 1,048,576"),
        ("a.ipynb", notebook(new_code_cell("x = '\0'")), "NUL"),
        ("a.ipynb", notebook(*(new_markdown_cell("") for _ in range(DEFAULT.cells + 1))), f"at most {DEFAULT.cells}"),
    ],
)  # fmt: skip
def test_what_cannot_be_graded_is_refused_with_its_reason(name, content, told):
    with pytest.raises(BadInput) as caught:
        accept(name, content, KMEANS)
    assert told in str(caught.value)
    assert caught.value.ru
    assert len(str(caught.value)) < 600
    assert "\x1b" not in str(caught.value)


def test_lines_are_counted_as_python_counts_them():
    source = b"a = '\x0c'\r\nb = '\xe2\x80\xa8'\rc = 1\nd = 2"
    module = read("a.py", source)
    assert [module.line("a.py", n) for n in range(6)] == ["", "a = '\x0c'", "b = '\u2028'", "c = 1", "d = 2", ""]
    assert module.line("b.py", 1) == module.line(None, 1) == module.line("a.py", None) == ""
    code = read("a.ipynb", notebook(new_code_cell("x = '\x0c'\ny = 1"), new_code_cell("1/0")))
    assert [code.place("a.ipynb", n) for n in (2, 3, 5)] == [
        "a.ipynb, cell 1, line 1", "a.ipynb, cell 1, line 2", "a.ipynb, cell 2, line 1"
    ]  # fmt: skip


def test_a_traceback_tells_the_cells_of_a_notebook():
    code = read("my work.ipynb", notebook(new_markdown_cell("words"), new_code_cell("x = 1\n1/0")))
    told = code.traceback('File "my work.ipynb", line 3, in <module>\nFile "other.ipynb", line 3\nFile "a.py", line 3')
    assert told.splitlines() == [
        'File "my work.ipynb", cell 2, line 2, in <module>', 'File "other.ipynb", line 3', 'File "a.py", line 3'
    ]  # fmt: skip


def test_an_encrypted_archive_is_refused():
    plain = bytearray(archive({"solution.py": FINE}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        plain[plain.index(signature) + offset] |= 1
    with pytest.raises(BadInput, match="encrypted"):
        read("a.zip", bytes(plain))
