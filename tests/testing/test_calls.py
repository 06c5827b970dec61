"""A call that must be refused: which exceptions count, and what the student reads."""

from __future__ import annotations

import pytest

from grader.testing import assert_refused
from grader.testing.words import speaking


def refuse(text: str, kind: type[Exception] = ValueError) -> None:
    raise kind(text)


def test_a_value_error_that_names_the_argument_passes():
    assert_refused("k", refuse, "k must be at least 1")
    assert_refused("max_iter", refuse, text="bad max_iter: 0")


def test_of_several_names_one_will_do():
    assert_refused(("labels_true", "labels_pred"), refuse, "labels_pred has 3 labels")
    with pytest.raises(AssertionError, match="does not name labels_true or labels_pred"):
        assert_refused(("labels_true", "labels_pred"), refuse, "labels differ")


@pytest.mark.parametrize("text", ["ks must be at least 1", "broken", ""])
def test_the_name_is_a_word_of_its_own(text: str):
    with pytest.raises(AssertionError, match="does not name k"):
        assert_refused("k", refuse, text)


def test_a_call_that_returns_fails():
    with pytest.raises(AssertionError, match="expected a ValueError that names k: nothing was raised"):
        assert_refused("k", len, [])
    with speaking("ru"), pytest.raises(AssertionError, match="исключения не было"):
        assert_refused("k", len, [])


def test_another_exception_stays_what_it_is():
    with pytest.raises(TypeError, match="k must be whole"):
        assert_refused("k", refuse, "k must be whole", TypeError)
