"""The hidden suite of all rows: bad arguments, and arguments that stay as they were."""

import torch

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import randn

from .shared import padded

X, H0 = torch.zeros(5, 4, 2), torch.zeros(4, 3)
GOOD = {"weight": torch.zeros(3, 5), "bias": torch.zeros(3), "x": X, "h0": H0, "dH": torch.zeros(5, 4, 3)}
BAD_X = (torch.zeros(4, 2), torch.zeros(0, 4, 2), torch.zeros(5, 0, 2))
BAD_LENGTHS = tuple(map(torch.tensor, ([1, 5, 0, 2], [1, 5, 6, 2], [1, 5, 2])))


def with_bad(name, value):
    """The arguments of bptt, one of which is bad."""
    return tuple({**GOOD, name: value}.values())


def refuse_of_layer(kind):
    assert_refused("m", kind, 0, 3)
    assert_refused("k", kind, 2, -1)
    layer = kind(2, 3)
    for bad in (*BAD_X, torch.zeros(5, 4, 3)):
        assert_refused("x", layer, bad)
    for bad in (torch.zeros(1, 3), torch.zeros(3), torch.zeros(4, 2)):
        assert_refused("h0", layer, X, bad)


def refuse(kind, name, probe):
    layer, head = probe.layer(2, 3), probe.head(3, 2)
    if name in ("RNN", "GRU"):
        refuse_of_layer(kind)
    elif name == "bptt":
        for key, shape in (("bias", (1,)), ("x", (5, 4, 3)), ("h0", (1, 3)), ("dH", (5, 1, 3)), ("dH", (4, 4, 3))):
            assert_refused(key, kind, *with_bad(key, torch.zeros(shape)))
    elif name == "Stacked":
        assert_refused("layers", kind, [])
        assert_refused("states", kind([layer, probe.layer(3, 3)]), X, [H0])
        assert_refused("x", kind([layer]), BAD_X[0])
    elif name == "mix":
        assert_refused("scores", kind, torch.zeros(3, 5, 4, 2), torch.zeros(1), 1.0)
        assert_refused("states", kind, torch.zeros(3, 5, 4), torch.zeros(3), 1.0)
    elif name == "one_to_many":
        assert_refused("steps", kind, layer, head, torch.zeros(4, 2), 0)
        assert_refused("first", kind, layer, head, X, 2)
    elif name == "many_to_many":
        for bad in BAD_X:
            assert_refused("x", kind, layer, head, bad)
    else:

        def of_lengths(*arguments):
            return kind(layer, head, *arguments)

        call = kind(layer, probe.layer(2, 2)) if name == "Bidirectional" else of_lengths
        for bad in BAD_X:
            assert_refused("x", call, bad)
        for bad in BAD_LENGTHS:
            assert_refused("lengths", call, X, bad)


@each(
    ("RNN", "bptt", "GRU", "Bidirectional", "Stacked", "mix", "many_to_one", "one_to_many", "many_to_many"),
    worth="1/6",
    en="Wrong arguments are refused: {name}",
    ru="Неверные аргументы отвергаются: {name}",
)
@hint(
    en="ValueError with the argument's name; shapes that would be broadcast silently count as wrong too.",
    ru="ValueError с именем аргумента; формы, которые молча растянулись бы (broadcasting), тоже неверны.",
)
def test_bad_arguments(submission, probe, name):
    refuse(getattr(submission, name), name, probe)


@each(
    ("RNN", "bptt", "GRU", "Bidirectional", "Stacked", "many_to_one"),
    worth="1/24",
    en="The arguments stay as they were: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(
    en="Operations that end in an underscore, +=, -=, and writing into a slice or a list change the caller's data.",
    ru="Операции с подчёркиванием на конце, +=, -= и запись в срез или в список меняют данные вызывающего.",
)
def test_unchanged(submission, probe, torch_rng, name):
    kind, layer = getattr(submission, name), probe.layer(2, 3).double()
    x, lengths = padded(torch_rng, 2)
    states = [randn(torch_rng, 4, 3) for _ in range(2)]
    if name in ("RNN", "GRU"):
        call_unchanged(kind(2, 3).double(), x, states[0])
    elif name == "bptt":
        shapes = (3, 5), (3,), (6, 4, 2), (4, 3), (6, 4, 3)
        call_unchanged(kind, *(randn(torch_rng, *shape) for shape in shapes))
    elif name == "Bidirectional":
        call_unchanged(kind(layer, probe.layer(2, 3)).double(), x, lengths)
    elif name == "Stacked":
        call_unchanged(kind([layer, probe.layer(3, 3)]).double(), x, states)
    else:
        call_unchanged(kind, layer, probe.head(3, 2).double(), x, lengths)
