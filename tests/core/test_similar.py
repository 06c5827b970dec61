"""What is guessed of a name that does not exist, and what is not."""

from __future__ import annotations

import pytest

from grader.core.similar import closest, did_you_mean

NAMES = ["clustering/kmeans", "clustering/density", "clustering/deep", "hyperparameters/search", "sequences/lstm"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("clustering/kmean", "clustering/kmeans"),
        ("kmeans", "clustering/kmeans"),
        ("K-Means", "clustering/kmeans"),
        ("clustring/density", "clustering/density"),
        ("lsmt", "sequences/lstm"),
        ("hyperparameters/serach", "hyperparameters/search"),
        ("clustering/kmеans", "clustering/kmeans"),  # with a Cyrillic letter
    ],
)
def test_the_closest_comes_first(typed, first):
    assert closest(typed, NAMES)[0] == first


@pytest.mark.parametrize("typed", ["", " ", "xyzzy", "clustering", "/"])
def test_nothing_is_guessed_of_what_is_like_nothing(typed):
    assert not [name for name in closest(typed, NAMES) if name == "sequences/lstm"]
    assert closest(typed, []) == []


def test_a_question_in_both_languages_or_none():
    assert did_you_mean("subimt", ["submit", "status"]) == (
        " Did you mean submit?",
        " Возможно, вы имели в виду submit?",
    )
    assert did_you_mean("ann", ["anna", "anne"])[0] == " Did you mean anna or anne?"
    assert did_you_mean("qqqq", ["submit"]) == ("", "")


def test_a_very_long_name_takes_no_time():
    assert closest("a" * 1_000_000, ["a" * 60] * 100)
