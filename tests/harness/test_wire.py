"""The wire: what may cross arrives as it was; whatever breaks the grammar or a bound is a WireError, nothing else."""

from __future__ import annotations

import math
import tracemalloc
from contextlib import suppress
from typing import Any

import msgpack
import numpy as np
import pytest
import scipy.sparse
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.harness.bounds import DEFAULT
from grader.harness.wire import (
    HEADER,
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
from grader.harness.wire.values import Frame
from tests.harness.frames import packed_tree, sent_back, there_and_back, tree_of

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


def test_a_torch_generator_crosses_by_its_state_into_the_sandbox_only() -> None:
    generator = torch.Generator().manual_seed(5)
    torch.rand(3, generator=generator)
    state = torch_state(generator)
    frame = encode([generator], wrap=torch_state)
    (arrived,) = build(tree_of(frame), memoryview(b""), resolve=torch_generator)
    assert torch.equal(torch.rand(9, generator=arrived), torch.rand(9, generator=generator))
    assert isinstance(state, TorchState)
    assert torch_state(5) is None
    with pytest.raises(Unencodable, match="Generator"):
        encode(generator)
    for size in (5055, 5057, 0):
        with pytest.raises(WireError, match="state"):
            decode(packed_tree(["G", bytes(size)]), b"")


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
        decode(packed_tree(tree), b"\1" * size)


def test_texts_of_lone_surrogates_in_an_array_are_refused() -> None:
    """A program that prints or stores such a text fails much later, and it is not the student who sees it."""
    for code in (0xD800, 0xDFFF, 0x110000):
        with pytest.raises(WireError, match="surrogates"):
            decode(packed_tree(["a", "<U1", 2]), np.array([65, code], dtype=np.uint32).tobytes())
    decode(packed_tree(["a", "<U1", 2]), np.array([0xD7FF, 0xE000], dtype=np.uint32).tobytes())


def test_booleans_that_are_neither_are_refused() -> None:
    with pytest.raises(WireError, match="bool"):
        decode(packed_tree(["a", "|b1", 2]), b"\0\2")
    with pytest.raises(WireError, match="bool"):
        decode(packed_tree(["T", "bool", 2]), b"\0\2")


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


def test_nan_and_infinity_cross_as_they_are() -> None:
    assert math.isnan(there_and_back(float("nan")))
    assert there_and_back(float("-inf")) == -math.inf
