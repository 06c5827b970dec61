"""Texts, tokens and choices as arguments."""

from __future__ import annotations

import numpy as np
import pytest

from reference.checks.text import one_of, text, tokens


def test_texts():
    assert text("word", "") == ""
    for bad in (None, 1, b"a", ["a"]):
        with pytest.raises(ValueError, match=r"^word must be a text"):
            text("word", bad)


def test_lists_of_tokens():
    assert tokens("words", ("a", "ёж")) == ["a", "ёж"]
    assert tokens("words", []) == []
    for bad in ("ab", None, [1], ["a", None], {"a"}):
        with pytest.raises(ValueError, match=r"^words must be a list of texts"):
            tokens("words", bad)


def test_tokens_are_a_new_list():
    given = ["a"]
    assert tokens("words", given) is not given


@pytest.mark.parametrize("value", ["Max", None, 1, ["max"], {}, np.array([1.0, 2.0])])
def test_what_is_none_of_the_choices(value):
    with pytest.raises(ValueError, match=r"^kind must be one of 'max', 'mean', not "):
        one_of("kind", value, {"max": 1, "mean": 2})


def test_the_choice_itself_comes_back():
    nan = float("nan")
    assert one_of("kind", "mean", ["max", "mean"]) == "mean"
    assert one_of("kind", nan, [None, nan]) is nan
