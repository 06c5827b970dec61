"""Shapes with free lengths."""

from __future__ import annotations

import pytest

from reference.checks.shapes import as_text, fits


@pytest.mark.parametrize(
    ("lengths", "wanted", "answer"),
    [
        ((), (), True),
        ((1,), (), False),
        ((3, 2), (None, 2), True),
        ((3, 2), (None, 3), False),
        ((0, 2), (None, 2), False),
        ((0, 2), (0, 2), True),
        ((3, 2, 1), (None, 2), False),
        ((3,), (None, None), False),
    ],
)
def test_fits(lengths, wanted, answer):
    assert fits(lengths, wanted) == answer


def test_no_objects_where_they_are_allowed():
    assert fits((0, 2), (None, 2), empty=True)
    assert not fits((2, 0), (None, 2), empty=True)


def test_text():
    assert [as_text(shape) for shape in ((), (3,), (None, 2))] == ["()", "(3,)", "(any, 2)"]
