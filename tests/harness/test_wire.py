"""The wire: what may cross arrives as it was; whatever breaks the grammar or a bound is a WireError, nothing else."""

from __future__ import annotations

import math
import tracemalloc
from collections import Counter, OrderedDict, defaultdict, namedtuple
from contextlib import suppress
from enum import Enum, IntEnum, StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

import msgpack
import numpy as np
import pytest
import scipy.sparse
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.harness.bounds import DEFAULT, Bounds
from grader.harness.wire import (
    HEADER,
    Encoded,
    Handle,
    RemoteException,
    TorchState,
    Unencodable,
    WireError,
    build,
    check_header,
    decode,
    encode,
    torch_generator,
    torch_state,
)
from grader.harness.wire.checking import check_keys
from grader.harness.wire.values import Frame

REQUESTS = DEFAULT.of_requests()


def read(frame: Encoded, bounds: Bounds = DEFAULT) -> Any:
    return decode(frame.control, b"".join(bytes(b) for b in frame.buffers), bounds=bounds)


def there_and_back(value: Any) -> Any:
    return read(encode(value))


def sent_back(value: Any) -> Any:
    """A value that has come, as the argument of a request whose envelope is as large as one can be."""
    token = Handle(b"t" * 16)
    forgotten = [b"f" * 16] * DEFAULT.forgotten
    request = ("do", b"n" * 16, "set_parameters", token, ({"name": value},), {"key": token}, forgotten, 2**64 - 1)
    frame = encode(request, bounds=REQUESTS)
    check_header(frame.header(), REQUESTS)
    return read(frame, REQUESTS)[4][0]["name"]


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(2**200), max_value=2**200),
    st.floats(allow_nan=False),
    st.complex_numbers(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=50),
    st.binary(max_size=50),
)
hashable = st.one_of(scalars, st.tuples(scalars, scalars))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(hashable, inner, max_size=4),
        st.sets(hashable, max_size=4),
    ),
    max_leaves=12,
)


@given(values)
def test_plain_data_arrives_as_it_was(value: Any) -> None:
    try:
        arrived = there_and_back(value)
    except Unencodable:  # deeper than the bound
        return
    assert arrived == value
    assert type(arrived) is type(value)
    assert sent_back(arrived) == value


# -- what a value is a kind of ----------------------------------------------------------------------------

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
        decode(_control(["s", *parts]), b"")
    assert check_keys(colliding[:-1]) is None
    assert there_and_back({n / 7: n for n in range(5000)}) == {n / 7: n for n in range(5000)}


# -- arrays and objects of libraries ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6).reshape(2, 3),
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        np.arange(10)[::2],
        np.zeros((0, 3)),
        np.array(5.0),
        np.array([True, False]),
        np.array(["ab", "ё", "\U0010ffff"]),
        np.arange(3, dtype=">f8"),
        np.array([1 + 2j], dtype=np.complex64),
    ],
)
def test_arrays_arrive_with_shape_kind_and_values(array: np.ndarray) -> None:
    arrived = there_and_back([1, array, "after"])[1]
    assert arrived.shape == array.shape
    assert arrived.dtype == array.dtype.newbyteorder("=")
    assert arrived.tolist() == array.tolist()
    if arrived.size:
        arrived.flat[0] = arrived.flat[0]  # it is ours to write to


def test_tensors_sparse_matrices_generators_and_exceptions_arrive() -> None:
    tensor = torch.randn(2, 3, requires_grad=True)
    arrived = there_and_back(tensor)
    assert torch.equal(arrived, tensor.detach())
    assert not arrived.requires_grad
    assert torch.equal(there_and_back(torch.randn(0, 4)), torch.empty(0, 4))
    rng = np.random.default_rng(7)
    rng.normal(size=3)
    copy = there_and_back(rng)
    assert copy.normal() == rng.normal()
    error = RemoteException("ValueError", "Mine", "text", (Frame("a.py", 3, "f"),))
    assert there_and_back(error) == error
    assert there_and_back([Handle(b"t" * 16, "V", True)]) == [Handle(b"t" * 16, "V", True)]


FORMATS = ["coo", "csr", "csc", "lil", "dok", "bsr", "dia"]


@pytest.mark.parametrize("flavour", ["array", "matrix"])
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("shape", [(6, 8), (0, 3), (1, 1)])
def test_sparse_arrays_and_matrices_come_back_as_what_they_were(form: str, flavour: str, shape: tuple) -> None:
    dense = np.round(np.random.default_rng(1).normal(size=shape)) * 2.5
    value = getattr(scipy.sparse, f"{form}_{flavour}")(dense)
    arrived = there_and_back(value)
    assert type(arrived) is type(value)
    assert arrived.shape == value.shape
    assert arrived.dtype == value.dtype
    assert np.array_equal(arrived.toarray(), dense)
    assert type(there_and_back(arrived)) is type(value)


def test_blocks_and_unsorted_indices_stay_as_they_are() -> None:
    blocks = scipy.sparse.bsr_array(np.arange(48.0).reshape(6, 8), blocksize=(3, 2))
    assert there_and_back(blocks).blocksize == (3, 2)
    unsorted = scipy.sparse.csr_array((np.array([1.0, 2.0, 3.0]), np.array([2, 0, 2]), np.array([0, 3, 3])), (2, 3))
    arrived = there_and_back(unsorted)
    assert arrived.indices.tolist() == [2, 0, 2]
    assert arrived.toarray().tolist() == [[2, 0, 4], [0, 0, 0]]
    half_filled = scipy.sparse.csr_array((np.array([1.0, 9.0]), np.array([0, 77]), np.array([0, 1])), (1, 2))
    assert there_and_back(half_filled).toarray().tolist() == [[1, 0]]


def test_sparse_arrays_of_other_dimensions_are_told() -> None:
    with pytest.raises(Unencodable, match="1 dimensions"):
        encode(scipy.sparse.coo_array(np.ones(3)))


def test_a_torch_generator_crosses_by_its_state_into_the_sandbox_only() -> None:
    generator = torch.Generator().manual_seed(5)
    torch.rand(3, generator=generator)
    state = torch_state(generator)
    frame = encode([generator], wrap=torch_state)
    (arrived,) = build(_tree(frame), memoryview(b""), resolve=torch_generator)
    assert torch.equal(torch.rand(9, generator=arrived), torch.rand(9, generator=generator))
    assert isinstance(state, TorchState)
    assert torch_state(5) is None
    with pytest.raises(Unencodable, match="Generator"):
        encode(generator)
    for size in (5055, 5057, 0):
        with pytest.raises(WireError, match="state"):
            decode(_control(["G", bytes(size)]), b"")


class Sub(np.ndarray):
    pass


class FakeFloat(float):
    pass


@pytest.mark.parametrize(
    "value",
    [
        np.zeros(2).view(Sub),
        FakeFloat(1.0),
        np.array([object()]),
        np.zeros(2, dtype=[("a", "f8")]),
        np.array(["2020-01-01"], dtype="datetime64[D]"),
        object(),
        np.random.Generator(np.random.MT19937(1)),
        2 ** (8 * 2000),
        "x" * (DEFAULT.text_bytes + 1),
        "\ud800",
        np.array(["\ud800"]),
        np.str_("\ud800"),
        [0] * (DEFAULT.nodes + 1),
        [["x" * 1000] * 1000] * 5,
        range(10**12),
        range(10**30),
        {range(10**30): 1},
        np.broadcast_to(1.0, (10**6, 10**6)),
        torch.zeros(1).expand(10**6, 10**6),
        [np.zeros(2**24)] * 3,
        torch.zeros([1] * 33),
        scipy.sparse.dok_array((DEFAULT.sparse_objects + 1, 1)).tolil(),
        np.ma.masked_array([1, 2]),
        torch.randn(2, 2).to_sparse(),
    ],
    ids=lambda v: type(v).__name__,
)
def test_what_may_not_cross_is_refused_by_the_sender(value: Any) -> None:
    with pytest.raises(Unencodable):
        encode(value)


def test_depth_is_bounded_on_both_sides() -> None:
    nested: Any = 1
    for _ in range(DEFAULT.depth + DEFAULT.envelope + 2):
        nested = [nested]
    with pytest.raises(Unencodable):
        encode(nested)
    bomb = b"\x92\xa1l" * 100_000 + b"\xc0"
    with pytest.raises(WireError, match=r"deep|many"):
        decode(bomb, b"")


def _control(tree: Any) -> bytes:
    packed: bytes = msgpack.packb(tree)
    return packed


def _tree(frame: Encoded) -> Any:
    return msgpack.unpackb(frame.control)


@pytest.mark.parametrize(
    ("tree", "size"),
    [
        (["a", "<f8", 2**40], 8),
        (["a", "<f8", -1], 8),
        (["a", "<f8", 2, 2], 8),
        (["a", "|O", 1], 8),
        (["a", "|V8", 1], 8),
        (["a", "<M8[s]", 1], 8),
        (["a", "<f8", *[1] * 65], 8),
        (["a", ">f8", 1], 8),
        (["a", "<f8", 1.0], 8),
        (["a"], 0),
        (["T", "float128", 1], 16),
        (["n", "<f8", b"123"], 0),
        (["n", "|b1", b"\x07"], 0),
        (["d", 1], 0),
        (["d", 1, 2, 1, 3], 0),
        (["d", ["l"], 1], 0),
        (["s", 1, 1], 0),
        (["zz", 1], 0),
        ([1, 2], 0),
        ([["l"], 1], 0),
        (["c", 1, 2], 0),
        (["h", "short", "V", True], 0),
        (["h", b"t" * 15, "V", True], 0),
        (["h", b"t" * 17, "V", True], 0),
        (["h", b"t" * 60_000, "V", True], 0),
        (["h", b"t" * 16, "V" * 65, True], 0),
        (["h", b"t" * 16, "V", 1], 0),
        (["G", 5], 0),
        (["r", 0, 10**12, 1], 0),
        (["e", "ValueError"], 0),
        (["g", -1, 0, 0, 0], 0),
        (["i", "x"], 0),
        ({"a": 1}, 0),
        (msgpack.ExtType(1, b"x"), 0),
    ],
)
def test_lies_about_arrays_and_broken_grammar_are_refused(tree: Any, size: int) -> None:
    with pytest.raises(WireError):
        decode(_control(tree), b"\1" * size)


@pytest.mark.parametrize(
    ("head", "arrays"),
    [
        (["coo", "array", 2, 2], [[1.0], [2], [0]]),
        (["coo", "array", 2, 2], [[1.0], [0], [-1]]),
        (["coo", "array", 2, 2], [[1.0, 2.0], [0], [0]]),
        (["coo", "array", 2**31, 2], [[1.0], [0], [0]]),
        (["coo", "tensor", 2, 2], [[1.0], [0], [0]]),
        (["xyz", "array", 2, 2], [[1.0], [0], [0]]),
        (["coo", "array", 2, 2], [[1.0], [0]]),
        (["csr", "array", 2, 2], [[1.0], [0], [0, 1, 2]]),
        (["csr", "array", 2, 2], [[1.0], [0], [0, 1]]),
        (["csr", "array", 2, 2], [[1.0], [2], [0, 1, 1]]),
        (["csr", "array", 2, 2], [[1.0], [0], [0, 5, 1]]),
        (["csr", "array", 2, 2], [[1.0], [0], [1, 1, 1]]),
        (["csc", "matrix", 3, 1], [[1.0], [3], [0, 1]]),
        (["bsr", "array", 4, 4], [[[[1.0] * 3] * 3], [0], [0, 1]]),
        (["bsr", "array", 4, 4], [[[[1.0] * 2] * 2], [2], [0, 1, 1]]),
        (["bsr", "array", 4, 4], [[1.0], [0], [0, 1, 1]]),
        (["dia", "array", 2, 2], [[[1.0, 1.0]], [2]]),
        (["dia", "array", 2, 2], [[[1.0, 1.0]], [0, 1]]),
        (["dia", "array", 2, 2], [[[1.0, 1.0], [1.0, 1.0]], [0, 0]]),
        (["lil", "array", 2**21, 2], [[1.0], [0], [0]]),
        (["csr", "array", 2], [[1.0], [0], [0, 1, 1]]),
    ],
)
def test_lies_about_sparse_matrices_are_refused(head: list[Any], arrays: list[Any]) -> None:
    parts = [np.array(part) for part in arrays]
    tree = ["S", *head, *(["a", part.dtype.str, *part.shape] for part in parts)]
    with pytest.raises(WireError):
        decode(_control(tree), b"".join(part.tobytes() for part in parts))


def test_texts_of_lone_surrogates_in_an_array_are_refused() -> None:
    """A program that prints or stores such a text fails much later, and it is not the student who sees it."""
    for code in (0xD800, 0xDFFF, 0x110000):
        with pytest.raises(WireError, match="surrogates"):
            decode(_control(["a", "<U1", 2]), np.array([65, code], dtype=np.uint32).tobytes())
    decode(_control(["a", "<U1", 2]), np.array([0xD7FF, 0xE000], dtype=np.uint32).tobytes())


def test_booleans_that_are_neither_are_refused() -> None:
    with pytest.raises(WireError, match="bool"):
        decode(_control(["a", "|b1", 2]), b"\0\2")
    with pytest.raises(WireError, match="bool"):
        decode(_control(["T", "bool", 2]), b"\0\2")


def test_headers_over_the_bounds_are_refused_before_anything_is_read() -> None:
    for header in (
        HEADER.pack(b"GRD1", 2**32 - 1, 0),
        HEADER.pack(b"GRD1", 10, 2**63),
        HEADER.pack(b"NOPE", 1, 1),
    ):
        with pytest.raises(WireError):
            check_header(header)


def test_a_frame_of_tiny_containers_costs_no_memory() -> None:
    bomb = b"\xdd" + (300_000).to_bytes(4, "big") + b"\x91\xa1l" * 300_000
    tracemalloc.start()
    with pytest.raises(WireError):
        decode(bomb[: DEFAULT.control_bytes], b"")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


@settings(max_examples=600)
@given(st.binary(max_size=300), st.binary(max_size=64))
@example(b"\x93\xa1a\xa3<f8\x01", b"12345678")
def test_random_bytes_raise_nothing_but_wire_errors(control: bytes, buffers: bytes) -> None:
    with suppress(WireError):
        decode(control, buffers)


_leaf = st.one_of(st.none(), st.integers(-(2**63), 2**64 - 1), st.floats(), st.text(max_size=8), st.binary(max_size=16))
_tags = st.sampled_from(["l", "t", "s", "z", "d", "k", "o", "a", "n", "T", "S", "g", "e", "h", "f", "i", "c", "?"])
_dtypes = st.sampled_from(["<f8", "<i4", "|b1", "<U2", "|S3", "float32", "bool", "bfloat16", "|O", "csr"])
_trees = st.recursive(
    st.one_of(_leaf, _dtypes),
    lambda inner: st.builds(lambda t, xs: [t, *xs], _tags, st.lists(inner, max_size=6)),
    max_leaves=15,
)


@settings(max_examples=1500)
@given(_trees, st.binary(max_size=64))
def test_trees_that_look_right_raise_nothing_but_wire_errors(tree: Any, buffers: bytes) -> None:
    control = msgpack.packb(tree, unicode_errors="surrogatepass")
    with suppress(WireError):
        decode(control, buffers)


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
    size = _size(tree)
    try:
        value = decode(_control(tree), bytes(size))
    except WireError:
        return
    again = encode(value)
    assert len(again.control) <= len(_control(tree))
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


def _size(tree: Any) -> int:
    from grader.harness.wire.checking import _announced

    return _announced(tree, DEFAULT)


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
    value = decode(_control(tree), b"")
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
            decode(_control(_largest(count, 0)), b"")


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


_lengths = st.one_of(st.integers(0, 5), st.integers(-1, 2**33), st.sampled_from([2**20, 2**25, 2**31 - 1, 2**64 - 1]))
_parts = st.sampled_from([("<f8", 1), ("<f8", 1, 2, 2), ("<f8", 2, 2), ("<i8", 1), ("<i8", 2), ("<i4", 3), ("<i8", 0)])


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(FORMATS), _lengths, _lengths, st.lists(_parts, min_size=2, max_size=3), st.integers(1, 4))
def test_sparse_matrices_cost_little_more_than_they_bring(
    form: str, rows: int, columns: int, parts: Any, n: int
) -> None:
    one = ["S", form, "array", rows, columns, *(["a", *part] for part in parts)]
    tracemalloc.start()
    with suppress(WireError):
        decode(_control(["l", *[one] * n]), bytes(_size(one) * n))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300 * DEFAULT.sparse_objects


def test_many_sparse_matrices_share_one_bound() -> None:
    one = ["S", "lil", "array", 2**19, 1, ["a", "<f8", 0], ["a", "<i8", 0], ["a", "<i8", 0]]
    with pytest.raises(WireError, match="sparse"):
        decode(_control(["l", *[one] * 3]), b"")


@given(values, st.data())
def test_one_changed_byte_raises_nothing_but_wire_errors(value: Any, data: st.DataObject) -> None:
    try:
        frame = encode([value, np.arange(4)])
    except Unencodable:
        return
    control = bytearray(frame.control)
    control[data.draw(st.integers(0, len(control) - 1))] = data.draw(st.integers(0, 255))
    with suppress(WireError):
        decode(bytes(control), b"".join(bytes(b) for b in frame.buffers))


def test_smaller_bounds_hold() -> None:
    tight = Bounds(nodes=20, text_bytes=4, buffer_bytes=16)
    for value in (list(range(20)), "hello", np.zeros(3)):
        with pytest.raises(Unencodable):
            encode(value, bounds=tight)
    frame = encode(np.zeros(3))
    with pytest.raises(WireError):
        decode(frame.control, bytes(24), bounds=tight)


def test_nan_and_infinity_cross_as_they_are() -> None:
    assert math.isnan(there_and_back(float("nan")))
    assert there_and_back(float("-inf")) == -math.inf
