"""The hidden suite of networks by what comes in and goes out. Layers and heads are the probe's."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, each, hint, points, title, vjp
from grader.testing.inputs import randn
from reference.sequences.recurrent.shapes import many_to_many, many_to_one, one_to_many

from .shared import heads, layers, other_padding, padded


def same(found, expected, what):
    assert_close(found, expected.detach(), rtol=1e-8, atol=1e-9, what=what)


@points("1/2")
@title(en="Many to one: full sequences", ru="Много в один: без дополнения")
@hint(en="The head sees the output of the last step alone.", ru="Голова видит только выход последнего шага.")
def test_many_to_one(submission, probe, torch_rng):
    layer, head = layers(probe, torch_rng, 2, 4), heads(probe, torch_rng, 4, 3)
    for time, batch in ((5, 3), (1, 1), (4, 4)):
        x = randn(torch_rng, time, batch, 2)
        expected = many_to_one(layer.expected, head.expected, x)
        same(submission.many_to_one(layer.made, head.made, x), expected, "many_to_one")


@points("3/4")
@title(en="Many to one: sequences of different lengths", ru="Много в один: последовательности разной длины")
@hint(
    en="The last row of outputs belongs to the longest sequence; the others end earlier.",
    ru="Последняя строка outputs относится к самой длинной последовательности; остальные кончаются раньше.",
)
def test_many_to_one_of_lengths(submission, probe, torch_rng):
    layer, head = layers(probe, torch_rng, 2, 4), heads(probe, torch_rng, 4, 3)
    for lengths in ((3, 6, 1, 5), (1, 2)):
        x, ends = padded(torch_rng, 2, lengths)
        expected = many_to_one(layer.expected, head.expected, x, ends)
        same(submission.many_to_one(layer.made, head.made, x, ends), expected, "many_to_one")


@points("1/2")
@title(en="Many to one: padding changes nothing", ru="Много в один: дополнение ни на что не влияет")
@hint(
    en="Take the output at a sequence's own last element: no means or sums over the steps, which hold padding.",
    ru="Берите выход у последнего элемента самой последовательности: в средние и суммы по шагам попадёт дополнение.",
)
def test_many_to_one_padding(submission, probe, torch_rng):
    layer, head = layers(probe, torch_rng, 2, 4), heads(probe, torch_rng, 4, 3)
    x, ends = padded(torch_rng, 2)
    one = assert_array(submission.many_to_one(layer.made, head.made, x, ends), shape=(4, 3), what="many_to_one")
    assert float(one.std()) > 0, "all answers are equal"
    other = submission.many_to_one(layer.made, head.made, other_padding(torch_rng, x, ends), ends)
    assert_equal(other, one, what="answers for the same sequences with another padding")


@points("3/4")
@title(en="One to many", ru="Один во много")
@hint(
    en="The answer of a step is the input of the next, and the state goes on; the first input is no answer.",
    ru="Ответ шага — вход следующего, состояние переходит дальше; первый вход в ответы не входит.",
)
def test_one_to_many(submission, probe, torch_rng):
    layer, head = layers(probe, torch_rng, 2, 4), heads(probe, torch_rng, 4, 2)
    for batch, steps in ((3, 4), (4, 7)):
        first = randn(torch_rng, batch, 2)
        expected = one_to_many(layer.expected, head.expected, first, steps)
        same(submission.one_to_many(layer.made, head.made, first, steps), expected, "one_to_many")


@points("1/4")
@title(en="One to many: one step, one object, one number", ru="Один во много: один шаг, один объект, одно число")
@hint(en="squeeze() loses an axis of length 1.", ru="squeeze() теряет ось длины 1.")
def test_one_to_one(submission, probe, torch_rng):
    layer, head = layers(probe, torch_rng, 1, 4), heads(probe, torch_rng, 4, 1)
    for batch, steps in ((3, 1), (1, 3), (1, 1)):
        first = randn(torch_rng, batch, 1)
        expected = one_to_many(layer.expected, head.expected, first, steps)
        same(submission.one_to_many(layer.made, head.made, first, steps), expected, "one_to_many")


@points("1/2")
@title(en="Many to many", ru="Много во много")
@hint(
    en="An answer for each element: the head sees the output of each step, and of no other step. What comes after an "
    "element changes nothing for it.",
    ru="Ответ на каждый элемент: голова видит выход каждого шага, и только его. Что идёт после элемента, на ответ "
    "не влияет.",
)
def test_many_to_many(submission, probe, torch_rng):
    layer, head = layers(probe, torch_rng, 2, 4), heads(probe, torch_rng, 4, 3)
    for time, batch in ((5, 3), (1, 1), (4, 4)):
        x = randn(torch_rng, time, batch, 2)
        expected = many_to_many(layer.expected, head.expected, x)
        found = submission.many_to_many(layer.made, head.made, x)
        same(found, expected, "many_to_many")
        other = torch.cat([x[:3], randn(torch_rng, max(time - 3, 0), batch, 2)])
        again = assert_array(submission.many_to_many(layer.made, head.made, other), what="many_to_many")
        assert_equal(again[:3], found[:3], what="answers for the same beginning with another end")


FUNCTIONS = {"many_to_one": many_to_one, "one_to_many": one_to_many, "many_to_many": many_to_many}


@each(FUNCTIONS, worth="1/4", en="Gradients: {name}", ru="Градиенты: {name}")
@hint(
    en="detach and no_grad cut the way back: it leads from all answers to the inputs and to the layer.",
    ru="detach и no_grad обрывают обратный путь: он ведёт от всех ответов ко входам и к слою.",
)
def test_gradients_of_shapes(submission, probe, torch_rng, name):
    layer, head = layers(probe, torch_rng, 2, 4), heads(probe, torch_rng, 4, 2)
    x, more = randn(torch_rng, 5, 3, 2), ()
    if name == "one_to_many":
        x, more = x[0], (4,)
    place = x.clone().requires_grad_()
    expected = FUNCTIONS[name](layer.expected, head.expected, place, *more)
    by_answers = randn(torch_rng, *expected.shape)
    by_x, by_weight = torch.autograd.grad((expected * by_answers).sum(), [place, layer.expected.weight])
    found = vjp(getattr(submission, name), (layer.made, head.made, x, *more), by_answers, parameters=layer.made)
    assert_close(found.gradients[2], by_x, rtol=1e-6, atol=1e-8, what="the gradient by the input")
    assert_close(found.parameters["weight"], by_weight, rtol=1e-6, atol=1e-8, what="the gradient by the layer's weight")
