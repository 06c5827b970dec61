"""A value crosses as what it is a kind of, also as a key; what cannot be a key is told."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict, namedtuple
from enum import Enum, IntEnum, StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch

from grader.harness.bounds import DEFAULT
from grader.harness.wire import (
    Handle,
    Unencodable,
    WireError,
    decode,
    encode,
)
from grader.harness.wire.checking import check_keys
from tests.harness.frames import packed_tree, there_and_back

Pair = namedtuple("Pair", "left right")


class Named(NamedTuple):
    a: int
    b: str = "b"

    def __iter__(self):
        return iter(("lies",) * 5)


class Longer(Pair):
    def __len__(self):
        return 7


class Size(IntEnum):
    SMALL = 1

    def __int__(self):
        return 99


class Colour(StrEnum):
    RED = "red"

    def __str__(self):
        return "green"


class Old(str, Enum):  # noqa: UP042 - as code for older Pythons has it
    A = "a"


class Rate(float, Enum):
    HALF = 0.5


class Other(Enum):
    ONE = 1


ordered = OrderedDict([("b", 1), ("a", 2)])

ordered.move_to_end("b")

tally: defaultdict[str, list[int]] = defaultdict(list, {"x": [1]})

largest = torch.max(torch.tensor([[1.0, 5.0], [7.0, 2.0]]), dim=1)

HASHABLE_KINDS = [
    (np.str_("ab"), "ab"),
    (np.bytes_(b"ab"), b"ab"),
    (Pair(1, (2, np.str_("x"))), (1, (2, "x"))),
    (Named(1), (1, "b")),
    (Longer(1, 2), (1, 2)),
    (torch.Size([2, 3]), (2, 3)),
    (Size.SMALL, 1),
    (Colour.RED, "red"),
    (Old.A, "a"),
    (Rate.HALF, 0.5),
]

KINDS = [
    *HASHABLE_KINDS,
    (ordered, {"a": 2, "b": 1}),
    (tally, {"x": [1]}),
    (Counter("aab"), {"a": 2, "b": 1}),
    (range(2, 9, 3), [2, 5, 8]),
    (range(0), []),
    (np.linalg.slogdet(np.eye(2)), (np.float64(1), np.float64(0))),
]


def exactly(one: Any, other: Any) -> None:
    assert type(one) is type(other)
    if isinstance(other, tuple | list):
        assert len(one) == len(other)
        for a, b in zip(one, other, strict=True):
            exactly(a, b)
    elif isinstance(other, dict):
        assert list(one) == list(other)
        exactly(list(one.items()), list(other.items()))
    else:
        assert one == other


@pytest.mark.parametrize(("value", "expected"), KINDS, ids=lambda v: type(v).__name__)
def test_a_value_crosses_as_what_it_is_a_kind_of(value: Any, expected: Any) -> None:
    exactly(there_and_back(value), expected)
    exactly(there_and_back([{"k": (value,)}, value]), [{"k": (expected,)}, expected])


@pytest.mark.parametrize(("value", "expected"), HASHABLE_KINDS, ids=lambda v: type(v).__name__)
def test_keys_and_members_cross_as_what_they_are_kinds_of(value: Any, expected: Any) -> None:
    exactly(there_and_back({value: value, (0, value): 1}), {expected: expected, (0, expected): 1})
    for kind in (set, frozenset):
        (arrived,) = there_and_back(kind([value]))
        exactly(arrived, expected)
    assert there_and_back({range(3): 1}) == {(0, 1, 2): 1}


def test_results_of_several_parts_are_tuples() -> None:
    values, where = there_and_back(largest)
    assert values.tolist() == [5.0, 7.0]
    assert where.tolist() == [1, 0]
    assert type(there_and_back(torch.linalg.svd(torch.eye(2)))) is tuple


@pytest.mark.parametrize(
    ("key", "named"),
    [(Fraction(1, 2), "'Fraction'"), (Other.ONE, "'Other'"), (slice(1), "'slice'"), ((1, Other.ONE), "'Other'")],
)
def test_a_key_that_cannot_cross_is_told_by_its_type(key: Any, named: str) -> None:
    """Not as a handle: what arrives could not be a key."""
    values: list[Any] = [{key: 1}] if not isinstance(key, slice) else []
    for value in (*values, *([{key}] if values else [])):
        with pytest.raises(Unencodable, match=named):
            encode(value, wrap=lambda _: Handle(b"t" * 16))


class Same(str, Enum):  # noqa: UP042
    A = "a"
    B = "b"

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def test_keys_that_would_be_the_same_on_the_other_side_are_refused() -> None:
    with pytest.raises(Unencodable, match="twice"):
        encode({Same.A: 1, "a": 2})


def test_keys_made_to_share_a_hash_are_refused_in_both_directions() -> None:
    """Python compares each with each: some ten thousand would hold a judge for minutes."""
    colliding = [complex(-1000003 * n, n) for n in range(1, DEFAULT.same_hash + 2)]
    assert len(set(map(hash, colliding))) == 1
    for value in (dict.fromkeys(colliding), set(colliding)):
        with pytest.raises(Unencodable, match="hash"):
            encode(value)
    parts = [["c", key.real, key.imag] for key in colliding]
    with pytest.raises(WireError, match="hash"):
        decode(packed_tree(["s", *parts]), b"")
    assert check_keys(colliding[:-1]) is None
    assert there_and_back({n / 7: n for n in range(5000)}) == {n / 7: n for n in range(5000)}
