"""Assignments that need each other in a circle, or that are not there, are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.core.assignment import load, load_all
from grader.core.needs import all_needed, circle, needs_faults

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = """
kind = "task"
environment = "numpy"
needs = [{needs}]
[title]
en = "A"
ru = "А"
[required]
f = "reference.a:f"
"""


def faults(folder: Path, name: str, **needs: str) -> list[str]:
    """Of one of the assignments a/one, a/two, …, each of which needs those whose names it is given."""
    for own, others in needs.items():
        place = folder / "a" / own
        place.mkdir(parents=True)
        place.joinpath("assignment.toml").write_text(
            SETTINGS.format(needs=", ".join(f'"a/{other}"' for other in others.split()))
        )
    return needs_faults(load(f"a/{name}", folder))


@pytest.mark.parametrize(
    ("needs", "told"),
    [
        ({"one": "two", "two": "one"}, ["a/one needs a/two needs a/one"]),
        ({"one": "two", "two": "three", "three": "one"}, ["a/one needs a/two needs a/three needs a/one"]),
        ({"one": "four two", "two": "three one", "three": "one", "four": ""}, ["a/one needs a/two needs a/one"]),
        ({"one": "one"}, ["there is no other assignment a/one"]),
        ({"one": "ones", "two": ""}, ["there is no other assignment a/ones"]),
        ({"one": "ones two", "two": "one"}, ["no other assignment a/ones", "a/one needs a/two needs a/one"]),
    ],
)
def test_what_is_wrong(tmp_path, needs, told):
    found = faults(tmp_path, "one", **needs)
    assert len(found) == len(told)
    assert all(text in fault for text, fault in zip(told, found, strict=True))


@pytest.mark.parametrize(
    "needs",
    [
        {"one": "", "two": "one"},
        {"one": "two three", "two": "three", "three": ""},  # two ways to the same one
        {"one": "two", "two": "three", "three": "two"},  # a circle of others, which they are told of
        {"one": "two", "two": "nothing"},
    ],
)
def test_what_is_right(tmp_path, needs):
    assert faults(tmp_path, "one", **needs) == []


def test_another_whose_file_is_wrong_is_its_own_matter(tmp_path):
    faults(tmp_path, "one", one="two", two="")
    (tmp_path / "a/two/assignment.toml").write_text("kind = 1")
    assert needs_faults(load("a/one", tmp_path)) == []


def test_a_long_chain_is_no_circle():
    needs = {f"{n}": [f"{n + 1}"] for n in range(5000)}
    assert circle("0", needs) == []
    assert len(circle("0", needs | {"5000": ["0"]})) == 5001


def test_the_assignments_that_are_there_have_an_order():
    needs = {one.name: one.needs for one in load_all(ROOT / "assignments")}
    assert [name for names in needs.values() for name in names if name not in needs] == []
    assert [name for name in needs if circle(name, needs)] == []


def test_all_that_come_before():
    needs = {"a": ("b", "c"), "b": ("d", "absent"), "c": ("d",), "d": ("c",)}
    assert all_needed("a", needs) == {"b", "c", "d", "absent"}
    assert all_needed("absent", needs) == set()
