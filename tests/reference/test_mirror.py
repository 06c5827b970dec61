"""Each module of the references has its tests at the same place, and each folder says which lecture it is of."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path.relative_to(ROOT / "reference") for path in (ROOT / "reference").rglob("*.py"))


def test_each_module_has_a_test_file_of_its_own():
    wanted = {path.with_name(f"test_{path.name}") for path in MODULES if path.name != "__init__.py"}
    here = ROOT / "tests" / "reference"
    found = {path.relative_to(here) for path in here.rglob("test_*.py")}
    assert sorted(wanted - found) == []
    assert sorted(path for path in found - wanted if len(path.parts) > 1) == []


def test_each_package_names_its_lecture_and_sections():
    for path in MODULES:
        if path.name == "__init__.py" and path.parts[0] not in ("__init__.py", "checks"):
            told = ast.get_docstring(ast.parse((ROOT / "reference" / path).read_text(encoding="utf-8"))) or ""
            section = len(path.parts) > 2
            assert re.search(r"\(lecture \d+, sections? [\d.]+" if section else r"^Lecture \d+: ", told), path
