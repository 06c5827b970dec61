"""Which files of the reference belong to an assignment: what it requires, and what that imports."""

from dataclasses import replace
from pathlib import Path

from grader.core.assignment import load
from grader.core.editions import reference_sha256, reference_sources

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {
    "reference/__init__.py": "",
    "reference/checks.py": "import numpy",
    "reference/lecture/__init__.py": '"""Lecture."""',
    "reference/lecture/wanted.py": "from reference.checks import (\n    matrix,\n)\nfrom reference.lecture import part",
    "reference/lecture/part.py": "def f():\n    from reference.lecture.inner.deep import g  # only here",
    "reference/lecture/inner/__init__.py": "",
    "reference/lecture/inner/deep.py": "from reference.lecture.wanted import f",
    "reference/lecture/forbidden.py": "import torch",
    "reference/other/__init__.py": "",
}


def laid_out(root):
    for name, source in SOURCES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(source)
    assignment = load("clustering/kmeans", ROOT / "assignments")
    folder = root / "assignments" / "lecture" / "wanted"
    return replace(assignment, folder=folder, required={"f": "reference.lecture.wanted:f"})


def test_only_what_is_imported_belongs_to_it(tmp_path):
    found = reference_sources(laid_out(tmp_path), tmp_path)
    assert list(found) == sorted(set(SOURCES) - {"reference/lecture/forbidden.py", "reference/other/__init__.py"})
    assert all(content.decode() == SOURCES[name] for name, content in found.items())


def test_the_hash_is_of_these_files_alone(tmp_path):
    assignment = laid_out(tmp_path)
    before = reference_sha256(assignment)
    (tmp_path / "reference/lecture/forbidden.py").write_text("import jax")
    assert reference_sha256(assignment) == before
    (tmp_path / "reference/lecture/inner/deep.py").write_text("")
    assert reference_sha256(assignment) != before


def test_there_is_none_where_students_are(tmp_path):
    assert reference_sources(load("clustering/kmeans", ROOT / "assignments"), tmp_path) == {}
