"""What makes results out of date: all that can change a mark, and nothing that is only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.core.assignment import load
from grader.core.editions import reference_sha256, reference_sources, suite_sha256

NAME = "lecture/wanted"
PLACE = f"assignments/{NAME}"
FILES = {
    f"{PLACE}/assignment.toml": """kind = "task"
environment = "numpy"
data = ["*.csv"]
hours = 2
[title]
en = "One"
ru = "Один"
[covers]
"L09.kmeans" = ["f"]
[required]
f = "reference.lecture.wanted:f"
[limits]
call_seconds = 5
[forbidden]
modules = ["scipy", "sklearn"]
""",
    f"{PLACE}/probe.py": '"""A probe."""\ndef ask(solution): return solution.f(1)\n',
    f"{PLACE}/hidden/test_wanted.py": '''"""The suite."""
import grader.testing as marks
from grader.testing import depends, hint, points, title as named
from reference.lecture.shown import g

@points(2)
@named(en="A title", ru="Заголовок")
@hint(en="A hint " + "here", ru="Подсказка")
def test_one(submission):
    """Why."""
    assert submission.f(1) < 2 + g

@marks.title(en="Another", ru="Другой")
@depends("test_one")
def test_two(submission): assert submission.f("text") == 3
''',
    f"{PLACE}/hidden/table.csv": "1,2\n",
    f"{PLACE}/hidden/old.py": "print 'no Python of today'\n",
    "reference/__init__.py": "",
    "reference/lecture/__init__.py": "",
    "reference/lecture/wanted.py": '''"""The reference."""
import reference.named as other
from . import beside
from ..above import thing

def f(x):
    """Twice."""
    from reference.inside import late  # only here
    return 2 * x
''',
    "reference/lecture/shown.py": "g = 0\n",
    "reference/lecture/beside.py": "a = 1\n",
    "reference/lecture/unused.py": "import torch\n",
    "reference/named.py": "b = 1\n",
    "reference/above.py": "thing = 1\n",
    "reference/inside.py": "late = 1\n",
}
TOML, SUITE = f"{PLACE}/assignment.toml", f"{PLACE}/hidden/test_wanted.py"
WANTED = "reference/lecture/wanted.py"


def edition(root: Path, files: dict[str, str]) -> tuple[str, str]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    assignment = load(NAME, root / "assignments")
    return suite_sha256(assignment), reference_sha256(assignment)


def changed(file: str, was: str, becomes: str) -> dict[str, str]:
    assert was in FILES[file]
    return FILES | {file: FILES[file].replace(was, becomes, 1)}


@pytest.mark.parametrize(
    ("file", "was", "becomes"),
    [
        (SUITE, "Why.", "Why not."), (SUITE, '    """Why."""\n', ""), (SUITE, "The suite.", "Other words."),
        (SUITE, "A title", "Better"), (SUITE, "A hint ", "Look "), (SUITE, "Подсказка", "Совет"),
        (SUITE, "Another", "Named"), (SUITE, "@points", "\n\n# a comment\n@points"),
        (WANTED, "Twice.", "Two times."), (WANTED, "  # only here", ""), (WANTED, "\ndef f", "\n\n\ndef f"),
        (f"{PLACE}/probe.py", "A probe.", "Asks."), ("reference/lecture/unused.py", "torch", "jax"),
        (TOML, '"One"', '"Two"'),
        (TOML, '"task"', '"lab"'), (TOML, "L09.kmeans", "L09.hac"), (TOML, "hours = 2", "hours = 3"),
        (TOML, "*.csv", "*.txt"),
        (TOML, "call_seconds = 5", "call_seconds = 5.0\ntotal_seconds = 120"),
        (TOML, '"scipy", "sklearn"', '"sklearn", "scipy"'),
    ],
)  # fmt: skip
def test_what_is_only_read_changes_nothing(tmp_path, file, was, becomes):
    assert edition(tmp_path / "one", FILES) == edition(tmp_path / "two", changed(file, was, becomes))


@pytest.mark.parametrize(
    ("file", "was", "becomes"),
    [
        (SUITE, "points(2)", "points(3)"), (SUITE, "< 2", "<= 2"), (SUITE, '"text"', '"test"'), (SUITE, "== 3", "== 4"),
        (SUITE, '@depends("test_one")', ""), (SUITE, 'depends("test_one")', 'depends("test_1")'),
        (SUITE, ', ru="Другой"', ""), (f"{PLACE}/probe.py", "f(1)", "f(2)"), (f"{PLACE}/hidden/table.csv", "2", "3"),
        (f"{PLACE}/hidden/old.py", "today", "old"), (TOML, "call_seconds = 5", "call_seconds = 6"),
        (TOML, "[required]", '[required]\nh = "reference.lecture.wanted:f"'),
        (TOML, '"numpy"', '"torch"'), (TOML, '"scipy", ', ""),
    ],
)  # fmt: skip
def test_what_the_suite_does_is_in_its_hash(tmp_path, file, was, becomes):
    one, two = edition(tmp_path / "one", FILES), edition(tmp_path / "two", changed(file, was, becomes))
    assert one[0] != two[0]


@pytest.mark.parametrize(
    ("file", "was", "becomes"),
    [
        (WANTED, "2 * x", "2 + x"), (WANTED, "2 * x", "3 * x"), ("reference/lecture/beside.py", "1", "2"),
        ("reference/named.py", "1", "2"), ("reference/above.py", "1", "2"), ("reference/inside.py", "1", "2"),
        ("reference/lecture/shown.py", "0", "1"),
    ],
)  # fmt: skip
def test_what_the_reference_does_is_in_its_hash_however_it_is_imported(tmp_path, file, was, becomes):
    one, two = edition(tmp_path / "one", FILES), edition(tmp_path / "two", changed(file, was, becomes))
    assert (one[0], one[1] != two[1]) == (two[0], True)


def test_a_probe_or_a_file_that_comes_is_seen(tmp_path):
    without = {name: text for name, text in FILES.items() if not name.endswith("probe.py")}
    more = FILES | {f"{PLACE}/hidden/more.txt": ""}
    found = {edition(tmp_path / str(n), files)[0] for n, files in enumerate([FILES, without, more])}
    assert len(found) == 3


def test_a_file_that_is_written_anew_is_seen_at_once_and_so_are_settings(tmp_path):
    edition(tmp_path, FILES)
    assignment = load(NAME, tmp_path / "assignments")
    before = suite_sha256(assignment)
    (tmp_path / TOML).write_text(FILES[TOML].replace("= 5", "= 6"))
    assert suite_sha256(assignment) != before
    (tmp_path / TOML).write_text(FILES[TOML])
    assert suite_sha256(assignment) == before


def test_what_only_the_suite_imports_does_not_go_to_where_the_reference_is_graded(tmp_path):
    edition(tmp_path, FILES)
    sources = reference_sources(load(NAME, tmp_path / "assignments"), tmp_path)
    left_out = {"reference/lecture/unused.py", "reference/lecture/shown.py"}
    assert set(sources) == {name for name in FILES if name.startswith("reference/")} - left_out


def test_the_hashes_are_the_same_in_every_version_of_python(tmp_path):
    found = edition(tmp_path, {name: text for name, text in FILES.items() if "old.py" not in name})
    assert tuple(one[:12] for one in found) == ("73ddf64390d1", "349470e645c5")


def test_the_reason_of_together_may_be_told_in_other_words(tmp_path):
    mark = '@together("f", "h", because="{}")\n@points'
    imports = ("import depends,", "import together, depends,")
    one, two = (
        edition(tmp_path / why, FILES | {SUITE: FILES[SUITE].replace(*imports).replace("@points", mark.format(why), 1)})
        for why in ("first", "second")
    )
    assert one == two
