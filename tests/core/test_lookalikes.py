"""Words that look alike have one form; words that a person can tell apart have two."""

from __future__ import annotations

import pytest

from grader.core.lookalikes import alike, mixed, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ann", "аnn"),  # a Cyrillic а
        ("ivanov", "ivаnоv"),  # two of them
        ("max", "mах"),
        ("cop", "сор"),  # Latin, and Cyrillic throughout
        ("ann", "αnn"),  # Greek
        ("oleg", "0leg"),
        ("lena", "1ena"),
        ("ivan", "1van"),
        ("ivan", "lvan"),  # a capital I
        ("Ann", "aNN"),
        ("ann", "ａｎｎ"),  # of double width
        ("ann", "ánn"),
        ("ёлка", "елка"),
        ("bernd", "bemd"),
        ("petrov", "рetrоv"),
    ],
)
def test_look_alikes_have_one_form(one, other):
    assert skeleton(one) == skeleton(other)
    assert alike([one], [other]) == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("ann", "anna"), ("anna", "анна"), ("312345", "312346"), ("a.b", "a_b"), ("ivanov1", "ivanov2"), ("s5", "ss")],
)
def test_what_can_be_told_apart_has_two(one, other):
    assert skeleton(one) != skeleton(other)
    assert alike([one], [other]) == []


def test_each_pair_is_told_once_and_nobody_is_like_themselves():
    assert alike(["oleg", "0leg", "anna"], ["anna", "boris"]) == [("0leg", "oleg")]
    assert alike(["anna"], ["anna"]) == []


def test_letters_are_named_only_where_alphabets_are_mixed():
    assert (mixed("аnn"), mixed("ivаnоv"), mixed("ann"), mixed("анна"), mixed("0leg")) == (
        "а",
        "ао",
        "",
        "",
        "",
    )
