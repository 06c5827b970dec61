"""The pictures of the assignments that there are: each draws with the reference, and what is committed can be shown."""

from __future__ import annotations

import re
from importlib import import_module
from xml.etree import ElementTree as ET

import pytest

from grader.core import figure
from grader.core.assignment import FIGURE, Assignment, assignments_folder, load_all, student_files
from grader.core.editions import suite_sha256
from grader.harness import drawing
from grader.harness.slim import slim

ALL = load_all(assignments_folder())
DRAWN = [one for one in ALL if (one.folder / FIGURE).exists()]
SVG = "{http://www.w3.org/2000/svg}"


def reference(assignment: Assignment) -> drawing.Solution:
    targets = {name: target.partition(":") for name, target in assignment.required.items()}
    return drawing.Solution(
        **{name: getattr(import_module(m), attribute) for name, (m, _, attribute) in targets.items()}
    )


def test_every_assignment_has_a_figure():
    assert [one.name for one in ALL if one not in DRAWN] == []


@pytest.mark.parametrize("assignment", DRAWN, ids=lambda one: one.name)
def test_a_figure_draws_with_the_reference_and_comes_with_its_picture(assignment):
    assert figure.faults(assignment) == []
    found, committed = figure.figure(assignment), figure.picture(assignment)
    fresh, again = (slim(drawing.drawn(reference(assignment), found.source, "svg")) for _ in range(2))
    assert_same_drawing(fresh, again)  # nothing of the clock, of chance, of what was drawn before
    assert len(fresh) < figure.MOST_BYTES
    root = ET.fromstring(committed.content)
    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{tag}"
        for tag in ("svg", "defs", "style", "g", "path", "use", "clipPath", "rect", "image", "linearGradient", "stop")
    }  # fmt: skip - no script, no link, no text that another machine would set otherwise
    assert set(student_files(assignment)) >= {"figure.py", f"figures/{assignment.picture.name}"}
    assert 300 <= committed.width <= 1200
    assert 200 <= committed.height <= 1200


def assert_same_drawing(one: bytes, other: bytes) -> None:
    """The same elements in the same places: the solver of a layout leaves last digits open, and rounding shows them."""
    (shapes, lengths), (other_shapes, other_lengths) = parts(one), parts(other)
    assert shapes == other_shapes
    assert lengths == pytest.approx(other_lengths, abs=0.02)


def parts(svg: bytes) -> tuple[list[tuple[str, str, str]], list[float]]:
    """All attributes of a drawing without the numbers in those that hold lengths, and these numbers, in points."""
    number = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
    shapes: list[tuple[str, str, str]] = []
    lengths: list[float] = []
    for element in ET.fromstring(svg).iter():
        for key, value in element.items():
            if key in {"x", "y", "d", "width", "height", "transform", "points"}:
                lengths += map(float, re.findall(number, value))
                value = re.sub(number, "#", value)
            shapes.append((element.tag, key, value))
    return shapes, lengths


def test_a_figure_decides_no_mark(tmp_path):
    folder = tmp_path / "a" / "b"
    (folder / "hidden").mkdir(parents=True)
    for path in (DRAWN[0].folder / "assignment.toml", DRAWN[0].folder / FIGURE):
        (folder / path.name).write_bytes(path.read_bytes())
    assignment = load_all(tmp_path)[0]
    before = suite_sha256(assignment)
    (folder / FIGURE).write_text("draw = None")
    assignment.picture.parent.mkdir()
    assignment.picture.write_text("<svg/>")
    assert suite_sha256(assignment) == before


def test_a_slim_picture_is_the_same_picture(tmp_path):
    """Both are drawn by a browser's rules of inheritance: every use has the look that it had, and its target."""
    source = (
        "def draw(solution, figure):\n"
        "    axes = figure.subplots()\n"
        "    axes.plot([1, 2, 3], [0.123456789, 2, 1], 'o', color='red')\n"
        "    axes.imshow([[0, 1], [1, 0]], extent=(1, 3, 0, 2))\n"
        "    axes.set_title('a < b & c')\n"
    )
    whole = drawing.drawn(None, source, "svg")
    small = slim(whole)
    assert len(small) < len(whole) / 1.3
    before, after = look(ET.fromstring(whole)), look(ET.fromstring(small))
    assert len(before) == len(after) > 10
    for old, new in zip(before, after, strict=True):
        assert old.keys() == new.keys()
        for key, value in new.items():
            assert value == pytest.approx(old[key], abs=0.00501) if isinstance(value, float) else value == old[key], key
    assert b"data:image/png;base64," in small


def test_marks_of_a_group_that_look_different_keep_their_own_look():
    mark = '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#m" style="fill: {}"/>'
    whole = '<svg xmlns="http://www.w3.org/2000/svg"><path id="m" d="M 0 0"/><g>{}{}</g><g>{}{}</g></svg>'
    small = slim(whole.format(*map(mark.format, ("red", "blue", "red", "red"))).encode()).decode()
    assert [one["fill"] for one in look(ET.fromstring(small))] == ["red", "blue", "red", "red"]
    assert small.count("style=") == 3


def look(root: ET.Element) -> list[dict[str, object]]:
    """Of every use: where it is, its style with what it inherits, and the outline that it draws."""
    targets = {element.get("id"): element for element in root.iter() if element.get("id")}
    found: list[dict[str, object]] = []

    def walk(element: ET.Element, style: dict[str, str]) -> None:
        pairs = (part.partition(":")[::2] for part in element.get("style", "").split(";") if part.strip())
        style = {**style, **{key.strip(): value.strip() for key, value in pairs}}
        if element.tag == f"{SVG}use":
            name = element.get("href") or element.get("{http://www.w3.org/1999/xlink}href")
            outline = targets[name.removeprefix("#")].get("d", "").split()  # a space has no outline
            place = {key: float(element.get(key)) for key in ("x", "y") if element.get(key)}
            found.append({**style, **place, "commands": "".join(part for part in outline if part.isalpha())})
        for child in element:
            walk(child, style)

    walk(root, {})
    return found
