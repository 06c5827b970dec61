"""The hidden suite of two directions. The layers are the probe's: mistakes of RNN and GRU cost nothing here."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, hint, points, title
from grader.testing.inputs import randn
from grader.testing.twins import assert_same_gradients, assert_same_output, twins
from reference.sequences.recurrent.birnn import Bidirectional

from .shared import Leaky, other_padding, outside, padded

SHAPE = (6, 4, 5)  # time, batch, 2 + 3


def both(submission, probe, torch_rng, m=2):
    """A student's network of two layers, m -> 2 and m -> 3, and the reference's."""
    made = submission.Bidirectional(probe.layer(m, 2), probe.layer(m, 3))
    return twins(made, Bidirectional(Leaky(m, 2), Leaky(m, 3)), torch_rng)


def outputs_of(found):
    assert type(found) in (tuple, list), "the network must return outputs and states"
    assert len(found) == 2, "the network must return outputs and states"
    return assert_array(found[0], shape=SHAPE, kind="float", what="outputs")


def states_of(found):
    assert type(found) in (tuple, list), "the network must return outputs and states"
    assert len(found) == 2, "the network must return outputs and states"
    assert type(found[1]) in (tuple, list), "the states must be two"
    return list(found[1])


@points("3/4")
@title(en="Two directions: full sequences", ru="Два направления: без дополнения")
@hint(
    en="back reads from the last element to the first; at place t stand the outputs that belong to element t, those of "
    "ahead first.",
    ru="back читает от последнего элемента к первому; на месте t стоят выходы для элемента t, сначала от ahead.",
)
def test_full(submission, probe, torch_rng):
    pair, x = both(submission, probe, torch_rng), randn(torch_rng, 6, 4, 2)
    assert_close(outputs_of(pair.made(x)), pair.expected(x)[0].detach(), rtol=1e-8, atol=1e-9, what="outputs")


@title(en="Two directions: sequences of different lengths", ru="Два направления: последовательности разной длины")
@hint(
    en="The way back begins at the sequence's own last element: turn each sequence within its own length, and its "
    "outputs back in the same way.",
    ru="Обратный путь начинается с последнего элемента самой последовательности: переворачивайте каждую в пределах её "
    "длины, и так же возвращайте выходы на место.",
)
def test_lengths(submission, probe, torch_rng):
    pair = both(submission, probe, torch_rng)
    x, lengths = padded(torch_rng, 2)
    inside = ~outside(lengths)
    found = outputs_of(pair.made(x, lengths))[inside]
    assert_close(found, pair.expected(x, lengths)[0].detach()[inside], rtol=1e-8, atol=1e-9, what="outputs")


@points("1/2")
@title(en="Two directions: outputs beyond the end", ru="Два направления: выходы за концом")
@hint(
    en="Where a sequence has ended both halves are 0.",
    ru="Там, где последовательность кончилась, обе половины равны 0.",
)
def test_zeros(submission, probe, torch_rng):
    pair = both(submission, probe, torch_rng)
    x, lengths = padded(torch_rng, 2)
    found = outputs_of(pair.made(x, lengths))[outside(lengths)]
    assert not found.any(), "outputs beyond the end of a sequence are not 0"


@points("3/4")
@title(en="Two directions: padding changes nothing", ru="Два направления: дополнение ни на что не влияет")
@hint(
    en="What stands beyond the end of a sequence may be anything; back must not have read it before it comes to the "
    "sequence.",
    ru="За концом последовательности может стоять что угодно; back не должен прочесть это раньше самой "
    "последовательности.",
)
def test_padding(submission, probe, torch_rng):
    pair = both(submission, probe, torch_rng)
    x, lengths = padded(torch_rng, 2)
    one = outputs_of(pair.made(x, lengths))
    other = outputs_of(pair.made(other_padding(torch_rng, x, lengths), lengths))
    assert float(one.std()) > 0, "all outputs are equal"
    inside = ~outside(lengths)
    assert_equal(other[inside], one[inside], what="outputs of the same sequences with another padding")
    longer = torch.cat([x, randn(torch_rng, 3, 4, 2)])
    found = pair.made(longer, lengths)
    again = assert_array(found[0], shape=(9, 4, 5), kind="float", what="outputs of a longer padding")[:6]
    assert_close(again[inside], one[inside], rtol=1e-9, atol=1e-10, what="outputs with a longer padding")


@points("3/4")
@title(en="Two directions: the last states", ru="Два направления: последние состояния")
@hint(
    en="ahead ends at the last element of the sequence, back at its first; neither ends in the padding.",
    ru="ahead заканчивает на последнем элементе последовательности, back — на первом; никто — в дополнении.",
)
def test_states(submission, probe, torch_rng):
    pair = both(submission, probe, torch_rng)
    x, lengths = padded(torch_rng, 2)
    for arguments in ((x,), (x, lengths)):
        expected = [state.detach() for state in pair.expected(*arguments)[1]]
        assert_close(states_of(pair.made(*arguments)), expected, rtol=1e-8, atol=1e-9, what="the last states")


@points("1/2")
@title(en="Two directions: gradients", ru="Два направления: градиенты")
@hint(
    en="ahead and back are parts of the module, each with its own parameters; the turning must let gradients through.",
    ru="ahead и back — части модуля, у каждой свои параметры; переворачивание должно пропускать градиент.",
)
def test_birnn_gradients(submission, probe, torch_rng):
    pair = both(submission, probe, torch_rng)
    assert_same_gradients(pair, *padded(torch_rng, 2), torch_rng=torch_rng)


@points("1/4")
@title(en="Two directions: one element, one object", ru="Два направления: один элемент, один объект")
@hint(
    en="A sequence of one element is its own reverse.", ru="Последовательность из одного элемента обратна самой себе."
)
def test_short(submission, probe, torch_rng):
    for lengths in ((1, 1, 1), (4,), (1,)):
        pair = both(submission, probe, torch_rng, m=1)
        assert_same_output(pair, *padded(torch_rng, 1, lengths), what="(outputs, states)")
