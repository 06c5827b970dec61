"""The lint of suites finds the comparisons that believe too much, and leaves strict ones alone."""

from __future__ import annotations

import pytest

from grader.testing.lint import lint_source


@pytest.mark.parametrize(
    "line",
    [
        "np.testing.assert_allclose(a, b)",
        "assert np.allclose(a, b)",
        "assert torch.allclose(a, b)",
        "np.testing.assert_array_equal(a, b)",
        "for x, y in zip(a, b): pass",
        "labels = submission.f(X)\nassert labels == expected",
        "assert (a == b).all()",
        "assert x == pytest.approx(y)",
    ],
)
def test_found(line):
    assert len(list(lint_source(line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "assert_close(a, b)",
        "for x, y in zip(a, b, strict=True): pass",
        "assert len(history) == 3",
        "assert isinstance(x, float)",
    ],
)
def test_left_alone(line):
    assert list(lint_source(line)) == []
