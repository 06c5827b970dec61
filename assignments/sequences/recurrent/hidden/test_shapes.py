"""The hidden suite of networks by what comes in and goes out. Layers and heads are the probe's."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, hint, points, title
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
    en="An answer for each element: the head sees the output of each step, and of no other step.",
    ru="Ответ на каждый элемент: голова видит выход каждого шага, и только его.",
)
def test_many_to_many(submission, probe, torch_rng):
    layer, head = layers(probe, torch_rng, 2, 4), heads(probe, torch_rng, 4, 3)
    for time, batch in ((5, 3), (1, 1), (4, 4)):
        x = randn(torch_rng, time, batch, 2)
        expected = many_to_many(layer.expected, head.expected, x)
        same(submission.many_to_many(layer.made, head.made, x), expected, "many_to_many")


@points("1/4")
@title(en="Many to many: the future changes nothing", ru="Много во много: будущее ни на что не влияет")
@hint(
    en="The answer for an element depends on it and on those before it.",
    ru="Ответ на элемент зависит от него и от предыдущих.",
)
def test_future(submission, probe, torch_rng):
    layer, head = layers(probe, torch_rng, 2, 4), heads(probe, torch_rng, 4, 3)
    x = randn(torch_rng, 6, 3, 2)
    other = torch.cat([x[:4], randn(torch_rng, 2, 3, 2)])
    one, again = (
        assert_array(submission.many_to_many(layer.made, head.made, value), shape=(6, 3, 3), what="many_to_many")
        for value in (x, other)
    )
    assert float(one.std()) > 0, "all answers are equal"
    assert_equal(again[:4], one[:4], what="answers for the same beginning with another end")
