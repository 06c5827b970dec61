"""One set of bounds: whatever one side reads can be sent back by it, and is the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.harness.bounds import DEFAULT, Bounds
from grader.harness.wire import (
    Unencodable,
    WireError,
    decode,
    encode,
)
from tests.harness.frames import packed_tree, read, sent_back, size_of, there_and_back


def test_depth_is_bounded_on_both_sides() -> None:
    nested: Any = 1
    for _ in range(DEFAULT.depth + DEFAULT.envelope + 2):
        nested = [nested]
    with pytest.raises(Unencodable):
        encode(nested)
    bomb = b"\x92\xa1l" * 100_000 + b"\xc0"
    with pytest.raises(WireError, match=r"deep|many"):
        decode(bomb, b"")


_shapes = st.lists(st.integers(0, 4), max_size=3)

_floats = st.floats()

_keys = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**64 - 1), _floats, st.text(max_size=4), st.binary(max_size=4)
)

_odd_integers = st.binary(max_size=40).map(lambda raw: ["i", raw])

_traceback = st.tuples(st.text(max_size=3), st.integers(0, 99), st.text(max_size=3)).map(lambda frame: ["t", *frame])

_exceptions = st.builds(
    lambda text, frames: ["e", "ValueError", "Own", text, *frames],
    st.text(max_size=9),
    st.lists(_traceback, max_size=3),
)

_plain_trees = st.one_of(
    _keys,
    _odd_integers,
    _exceptions,
    st.tuples(_floats, _floats).map(lambda pair: ["c", *pair]),
    st.just(["o"]),
    st.binary(min_size=16, max_size=16).map(lambda token: ["h", token, "Type", True]),
    st.integers(0, 2**64 - 1).map(lambda number: ["f", number]),
    st.builds(lambda dtype, shape: ["a", dtype, *shape], st.sampled_from(["<f8", "|b1", "<U2", "|S3", "<i4"]), _shapes),
    st.builds(lambda dtype, shape: ["T", dtype, *shape], st.sampled_from(["float32", "bool", "bfloat16"]), _shapes),
    st.binary(min_size=8, max_size=8).map(lambda raw: ["n", "<f8", raw]),
    st.tuples(*[st.integers(0, 2**64 - 1)] * 2, st.integers(0, 1), st.integers(0, 2**32 - 1)).map(lambda s: ["g", *s]),
)

_good_trees = st.recursive(
    _plain_trees,
    lambda inner: st.one_of(
        st.builds(lambda tag, parts: [tag, *parts], st.sampled_from("lt"), st.lists(inner, max_size=5)),
        st.builds(lambda tag, parts: [tag, *parts], st.sampled_from("sz"), st.lists(_keys, max_size=5)),
        st.lists(st.tuples(_keys, inner), max_size=4).map(lambda pairs: ["d", *(x for pair in pairs for x in pair)]),
        st.tuples(inner, inner, inner).map(lambda three: ["k", *three]),
    ),
    max_leaves=15,
)


@settings(max_examples=600, deadline=None)
@given(_good_trees)
@example(["i", b"\x80" + bytes(1023)])
@example(["l", *[["l", ["l", ["l", ["l", ["l", ["l", ["l", ["l", ["l", ["c", 0.0, 0.0]]]]]]]]]]]])
def test_whatever_decodes_can_be_sent_back_and_is_the_same(tree: Any) -> None:
    size = size_of(tree)
    try:
        value = decode(packed_tree(tree), bytes(size))
    except WireError:
        return
    again = encode(value)
    assert len(again.control) <= len(packed_tree(tree))
    assert _told(read(again)) == _told(value)
    assert _told(sent_back(value)) == _told(value)


def _told(value: Any) -> Any:
    """What two values are compared by: NaN is itself, and members of a set have no order."""
    match value:
        case list() | tuple():
            return [type(value), *map(_told, value)]
        case dict():
            return [(_told(key), _told(item)) for key, item in value.items()]
        case set() | frozenset():
            return [type(value), *sorted(repr(_told(member)) for member in value)]
        case slice():
            return [_told(value.start), _told(value.stop), _told(value.step)]
        case np.ndarray() | np.generic():
            return [type(value), value.dtype.str, value.shape, value.tobytes()]
        case torch.Tensor():
            return [value.dtype, value.shape, value.flatten().view(torch.uint8).tolist()]
        case np.random.Generator():
            return value.bit_generator.state
        case complex() | float():
            return [type(value), repr(value)]
    return value


def _largest(count: int, item: Any) -> list[Any]:
    return ["l", *[item] * count]


@pytest.mark.parametrize(
    "tree",
    [
        _largest(DEFAULT.nodes - 2, 0),
        _largest(DEFAULT.nodes - 2, 1.5),
        _largest((DEFAULT.nodes - 2) // 2, ["l"]),
        _largest((DEFAULT.nodes - 2) // 4, ["n", "<f8", bytes(8)]),
        _largest((DEFAULT.nodes - 2) // 5, ["h", b"t" * 16, "V" * 64, True]),
        _largest(15, "x" * DEFAULT.text_bytes),
        ["d", *range((DEFAULT.nodes - 2) // 2 * 2)],
        ["l", ["i", b"\x80" + bytes(1023)]],
    ],
    ids=["integers", "floats", "lists", "numbers", "handles", "texts", "keys", "negative"],
)
def test_the_largest_frame_that_is_read_can_be_sent_back(tree: Any) -> None:
    value = decode(packed_tree(tree), b"")
    if tree[0] == "d":
        value = dict.fromkeys(value.values())
    arrived = sent_back(value)
    assert arrived == value


def test_both_directions_have_one_bound() -> None:
    """One value more than the largest frame is refused by who sends and by who reads."""
    encode([0] * (DEFAULT.nodes - 2))
    for count in (DEFAULT.nodes - 1, DEFAULT.nodes):
        with pytest.raises(Unencodable, match="values"):
            encode([0] * count)
        with pytest.raises(WireError, match="many"):
            decode(packed_tree(_largest(count, 0)), b"")


@pytest.mark.parametrize(
    "value",
    [
        "ж" * (128 * 1000),
        "x" * (256 * 1000),
        [f"word {n}" for n in range(20_000)],
        {f"key {n}": n for n in range(10_000)},
        {n: np.float64(n) for n in range(10_000)},
    ],
    ids=["text", "ascii", "strings", "dict", "numbers"],
)
def test_what_the_lectures_need_crosses_in_both_directions(value: Any) -> None:
    assert there_and_back(value) == value
    assert sent_back(value) == value


def test_smaller_bounds_hold() -> None:
    tight = Bounds(nodes=20, text_bytes=4, buffer_bytes=16)
    for value in (list(range(20)), "hello", np.zeros(3)):
        with pytest.raises(Unencodable):
            encode(value, bounds=tight)
    frame = encode(np.zeros(3))
    with pytest.raises(WireError):
        decode(frame.control, bytes(24), bounds=tight)
