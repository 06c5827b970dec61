"""Fingerprints: everything that counts changes them, and nothing else; they are the same in every version of Python."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from grader.core.assignment import Limits, load
from grader.core.course import Bucket, Contest, Course, CourseItem
from grader.core.fingerprint import modules, of_code, of_value
from grader.core.scoring import Formula

ROOT = Path(__file__).resolve().parents[2]
TITLE = {"en": "ML", "ru": "МО"}
DUE = datetime(2027, 2, 14, 20, 59, tzinfo=UTC)
KMEANS = load("clustering/kmeans", ROOT / "assignments")
ITEM = CourseItem("clustering/kmeans", "task", TITLE, Fraction(40), DUE, assignment=KMEANS, bucket=Bucket(3, None))
CONTEST = CourseItem("codeforces/one", "task", TITLE, Fraction(10), DUE, contest=Contest(1, ("A", "B")))
COURSE = Course(TITLE, ZoneInfo("UTC"), (ITEM, CONTEST), sha256="one")


def with_item(**changes):
    return replace(COURSE, items=(replace(ITEM, **changes), CONTEST))


OTHERS = {
    "kind": with_item(kind="lab"),
    "points": with_item(points=Fraction(81, 2)),
    "deadline": with_item(deadline=DUE + timedelta(microseconds=1)),
    "no deadline": with_item(deadline=None),
    "opens": with_item(opens=DUE),
    "team": with_item(team=True),
    "assignment": with_item(assignment=replace(KMEANS, limits=Limits(1.0, 2.0))),
    "assignment's kind": with_item(assignment=replace(KMEANS, kind="lab")),
    "bucket": with_item(bucket=Bucket(3, timedelta(hours=1))),
    "order": replace(COURSE, items=(CONTEST, ITEM)),
    "one less": replace(COURSE, items=(ITEM,)),
    "problems": replace(COURSE, items=(ITEM, replace(CONTEST, contest=Contest(1, ("A", "B", "C"))))),
    "weeks": replace(COURSE, weeks="exact"),
    "late from": replace(COURSE, late_from="defence"),
    "formula": replace(COURSE, formula=Formula(late_lab_keeps=Fraction(1, 2))),
    "zone": replace(COURSE, zone=ZoneInfo("Europe/Moscow")),
    "file": replace(COURSE, sha256="two"),
}


def test_everything_that_is_set_is_in_a_course_s_fingerprint():
    found = {name: course.fingerprint for name, course in OTHERS.items()} | {"": COURSE.fingerprint}
    assert len(set(found.values())) == len(OTHERS) + 1


def test_where_files_lie_and_how_a_moment_is_written_is_not_in_it():
    moved = replace(KMEANS, folder=Path("/elsewhere/kmeans"))
    assert with_item(assignment=moved).fingerprint == COURSE.fingerprint
    there = DUE.astimezone(timezone(timedelta(hours=3)))
    assert with_item(deadline=there).fingerprint == COURSE.fingerprint


@pytest.mark.parametrize(
    ("one", "another"),
    [(1, "1"), (1, 1.0), (1, True), (Fraction(1), 1), (None, "None"), ([1, 2], [2, 1]), (["a,b"], ["a", "b"]),
     ({"a": 1}, {"a": 2}), ({"a": {}}, {"a": None}), (b"a", "a"), (("'", "x"), ("',str 'x",)), (frozenset({1}), [1])],
)  # fmt: skip
def test_values_that_differ_have_other_fingerprints(one, another):
    assert of_value(one) != of_value(another)


def test_the_order_of_a_mapping_and_of_a_set_is_nothing():
    assert of_value({"a": 1, "b": 2}) == of_value({"b": 2, "a": 1})
    assert of_value(frozenset({"a", "b", "c"})) == of_value({"c", "b", "a"})


def test_what_has_no_fingerprint_is_an_error():
    with pytest.raises(TypeError, match="object"):
        of_value([object()])


# What the versions of Python write differently in their trees: types, empty lists, formats in formats, the lot.
SOURCE = '''
"""What it is for."""
from __future__ import annotations
import math as m

class A(dict, metaclass=type):
    """A docstring."""
    x: int = 1

    @property
    async def f(self, a, /, b: int = 2, *c, d=3, **e) -> str:
        """Another one."""
        async with a as b, b: pass
        return f"{a!r:>{b}} and {m.pi:.2f}" "x" + str(b"y")

def g(items: list[int]) -> dict[str, int]:
    match items:
        case [1, *rest] if rest: return {"a": 1, **{}}
        case {"x": None} | A(x=2): pass
        case _: raise ValueError from None
    try: del items[1:2, ...]
    except* OSError as error: yield from (i for i in items if not i)
    finally: lambda *a: (a := 1j) and -1.5e300 // 0x_ff
'''


def code(folder: Path, source: str, name: str = "one") -> str:
    place = folder / name
    place.mkdir()
    (place / "made.py").write_text(source, encoding="utf-8")
    return of_code("made", place)


def test_code_has_the_same_fingerprint_in_every_version_of_python(tmp_path):
    assert code(tmp_path, SOURCE) == "e3c7393fa6e87375dcb10f008d2005bb2420618a4651e0536b784b79cb1719bb"


def test_comments_docstrings_and_lines_are_nothing(tmp_path):
    other = SOURCE.replace("A docstring.", "Other words.").replace("    x: int", "\n    # why\n    x:  int")
    assert code(tmp_path, SOURCE, "one") == code(tmp_path, other, "two")


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("x: int = 1", "x: int = 2"), ("x: int = 1", "x: str = 1"), ("not i", "i"), ("b: int = 2", "b: int = 3"),
     (":>{b}", ":<{b}"), ("case [1", "case [2"), ("//", "/"), ("-1.5e300", "1.5e300"), ("def g", "def h"),
     ('b"y"', 'b"z"'), ("d=3", "d=4"), ("OSError", "ValueError"), ("1:2", "1:3"), ("m.pi", "m.e")],
)  # fmt: skip
def test_whatever_the_code_does_is_in_its_fingerprint(tmp_path, was, becomes):
    assert was in SOURCE
    assert code(tmp_path, SOURCE, "one") != code(tmp_path, SOURCE.replace(was, becomes, 1), "two")


IMPORTS = {
    "shop/__init__.py": "TAX = 2\n",
    "shop/till.py": "import json\nfrom shop.rules import late\nfrom . import parts\ndef f():\n import shop.deep.far\n",
    "shop/rules.py": "from shop import helper\nlate = 1\n",
    "shop/helper.py": "",
    "shop/parts.py": "from .deep import near\n",
    "shop/deep/__init__.py": "",
    "shop/deep/near.py": "",
    "shop/deep/far.py": "from ..other import x\n",
    "shop/other.py": "x = 1\n",
    "shop/unused.py": "",
    "json.py": "",
}


def shop(folder: Path) -> Path:
    for name, text in IMPORTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_all_that_is_imported_of_the_package_is_in_it_however_it_is_imported(tmp_path):
    found = modules("shop.till", shop(tmp_path))
    names = ("", ".till", ".rules", ".helper", ".parts", ".deep", ".deep.near", ".deep.far", ".other")
    assert set(found) == {f"shop{name}" for name in names}


@pytest.mark.parametrize("name", [name for name in IMPORTS if name.startswith("shop/")])
def test_a_change_of_any_module_that_is_used_is_seen(tmp_path, name):
    before = of_code("shop.till", shop(tmp_path / "one"))
    other = shop(tmp_path / "two")
    (other / name).write_text(IMPORTS[name] + "changed = True\n", encoding="utf-8")
    assert (of_code("shop.till", other) != before) is (name != "shop/unused.py")


def test_the_code_that_counts_marks_is_found():
    found = modules("grader.store.standings", ROOT)
    wanted = {"grader.core.gradebook", "grader.core.lateness", "grader.core.scoring", "grader.store.records"}
    assert wanted <= set(found)
    assert not any(name.startswith(("grader.cli", "grader.harness", "grader.staff")) for name in found)
