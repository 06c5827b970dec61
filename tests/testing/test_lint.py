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
        "assert np.all(a == b)",
        "assert not (a != b).any()",
        "assert not torch.any(a != b), 'text'",
        "assert bool((a == b).all())",
        "assert submission.f(2) == 5",
        "assert 5 == submission.f(2)[0].x",
        "assert (submission.f(2), 1) == (5, 1)",
        "v = submission.V(3)\nassert v.x == 3",
        "a, b = probe.run()\nassert b[0] == 3",
        "assert x == pytest.approx(y)",
        "with pytest.raises(ValueError): submission.f(0)",
        "with pytest.raises(ValueError, match='k'): submission.f(0)",
        "with raises((TypeError, ValueError)): submission.f(0)",
        "pytest.raises(expected_exception=ValueError)",
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
        "assert (a != b).any(), 'rng is not used'",
        "assert np.all(a != b)",
        "calls = counted(f)\nsubmission.g(calls)\nassert calls.count == 3",
        "x = assert_array(submission.f(2), shape=(3,))\nassert abs(x.mean()) < 1",
        "assert type(submission.f(2)) is int",
        "assert_refused('k', submission.f, 0)",
        "with pytest.raises(RuntimeError): submission.f(0)",
        "raise ValueError('k')",
    ],
)
def test_left_alone(line):
    assert list(lint_source(line)) == []
