"""The prepared calls of a defence are read and judged without running them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from grader.core.assignment import load, load_all, student_files
from grader.core.companions import Call, calls
from grader.core.errors import AssignmentFault

ROOT = Path(__file__).resolve().parents[2]
GOOD = '[[call]]\nen = "One?"\nru = "Раз?"\ncall = "kmeans([[0.0]], [[1.0]])"\n'
OTHERS = GOOD.replace("One", "Two").replace("Раз", "Два") + GOOD.replace("One", "Three").replace("Раз", "Три")


def read(folder: Path, text: str, *, name: str = "clustering/kmeans") -> list[Call]:
    (folder / "calls.toml").write_text(text, encoding="utf-8")
    return calls(dataclasses.replace(load(name, ROOT / "assignments"), folder=folder))


@pytest.mark.parametrize(
    "call",
    [
        "[kmeans(np.array([[x]]), [[1.0]]) for x in (1.0, 2.0)]",
        "(c := kmeans([[0.0]], [[1.0]]), c[0])[-1]",
        "(lambda k, *rest, m=1: kmeans([[k]], [[m]]))(1.0)",
        "sorted(kmeans([[0.0]], [[1.0]])[1].tolist())",
        "{n: kmeans([[n]], [[m]]) for n, (m, _) in enumerate([(1.0, 2)])}",
    ],
)
def test_what_an_expression_may_use(tmp_path, call):
    first, *_ = read(tmp_path, GOOD.replace("kmeans([[0.0]], [[1.0]])", call) + OTHERS)
    assert first == Call({"en": "One?", "ru": "Раз?"}, call)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("[[0.0]], [[1.0]])", "[[0.0]], [[1.0]]", "call 1 is no Python expression"),
        ("kmeans([[0.0]], [[1.0]])", "x = kmeans([[0.0]], [[1.0]])", "call 1 is no Python expression"),
        ("kmeans([[0.0]], [[1.0]])", "kmedians([[0.0]])", "call 1 uses kmedians"),
        ("[[0.0]]", "torch.zeros(1, 1)", "call 1 uses torch"),
        ("[[0.0]]", "probe.data", "call 1 uses probe"),
        ("[[0.0]]", "open('a')", "call 1 uses open"),
        ("[[0.0]]", "__import__('os')", "call 1 uses __import__"),
        ("[[0.0]]", "[[0.0]].__class__", "call 1 uses __class__, which is private"),
        ("kmeans([[0.0]], [[1.0]])", "np.zeros(3)", "call 1 calls none of the required names"),
        ('[[1.0]])"', '[[1.0]])"\nraises = "Mistake"', "call 1 raises 'Mistake', which is no built-in exception"),
        ('[[1.0]])"', '[[1.0]])"\nraises = "SystemExit"', "which is no built-in exception"),
        ('[[1.0]])"', '[[1.0]])"\nraises = "int"', "which is no built-in exception"),
        ('ru = "Раз?"\n', "", "call 1 must have en, ru, call"),
        ('ru = "Раз?"', 'ru = " "', "call 1 has a text that is empty"),
        ('"kmeans([[0.0]], [[1.0]])"', "1", "call 1 has a text that is empty"),
        ('[[1.0]])"', '[[1.0]])"\nanswer = 1', "call 1 must have en, ru, call"),
        ("One", "Two", "twice: Two?"),
        ("[[call]]", "[[calls]]", "calls.toml must be a list of [[call]]"),
        ("[[call]]", "[[call]", "calls.toml: "),
    ],
)
def test_what_is_wrong_is_told(tmp_path, was, becomes, told):
    with pytest.raises(AssignmentFault) as fault:
        read(tmp_path, GOOD.replace(was, becomes, 1) + OTHERS)
    assert told in str(fault.value)


@pytest.mark.parametrize("count", [0, 2, 7])
def test_there_are_three_to_six(tmp_path, count):
    text = "".join(GOOD.replace("One", str(n)).replace("Раз", str(n)) for n in range(count)) or "call = []"
    with pytest.raises(AssignmentFault, match=f"has {count} calls; from 3 to 6 are needed"):
        read(tmp_path, text)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(AssignmentFault, match=r"calls.toml is missing"):
        calls(dataclasses.replace(load("clustering/kmeans", ROOT / "assignments"), folder=tmp_path))


def test_libraries_are_those_of_the_environment(tmp_path):
    text = GOOD.replace("[[0.0]], [[1.0]]", "torch.zeros(1, 1), 1") + OTHERS
    assert len(read(tmp_path, text, name="clustering/deep")) == 3


def test_every_assignment_has_them_and_students_do_not():
    for assignment in load_all(ROOT / "assignments"):
        assert 3 <= len(calls(assignment)) <= 6
        assert not {"calls.toml", "questions.toml"} & set(student_files(assignment))
