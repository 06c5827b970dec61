"""The hidden suite of LeNet-5."""

import torch

from grader.testing import (
    assert_array,
    assert_refused,
    call_unchanged,
    hint,
    parameters,
    points,
    title,
)
from grader.testing.twins import assert_parameters, assert_same_gradients, assert_same_output, twins
from reference.convolutions.architectures.lenet import LeNet5

from .shared import pictures, zeros


@points("3/4")
@title(en="LeNet: names and shapes of the parameters", ru="LeNet: имена и формы параметров")
@hint(
    en="The layers are attributes c1, c3, c5, f6, output; c3 sees all channels of c1, every layer has a bias.",
    ru="Слои лежат в атрибутах c1, c3, c5, f6, output; c3 видит все каналы c1, у каждого слоя есть сдвиг.",
)
def test_lenet_parameters(submission):
    shapes = {name: tuple(value.shape) for name, value in LeNet5().named_parameters()}
    assert_parameters(submission.LeNet5(), shapes)


@points("1/4")
@title(en="LeNet: first values", ru="LeNet: начальные значения")
@hint(
    en="What nn.Conv2d and nn.Linear begin with stays, and it differs from network to network.",
    ru="Остаётся то, с чего начинают nn.Conv2d и nn.Linear, и у каждой новой сети оно своё.",
)
def test_lenet_first_values(submission):
    one, other = parameters(submission.LeNet5()), parameters(submission.LeNet5())
    assert len(one) == len(other) > 0, "both networks must have parameters"
    for name, value in one.items():
        assert_array(other[name], shape=tuple(value.shape), kind="float", what=name)
        assert not torch.equal(other[name], value), f"{name} is the same in two networks"


@points(2)
@title(en="LeNet: scores", ru="LeNet: оценки классов")
@hint(
    en="tanh follows every layer but the last; blocks of 2 x 2 give their mean; flatten keeps the order "
    "channel, row, column.",
    ru="tanh стоит после каждого слоя, кроме последнего; блок 2 x 2 даёт среднее; flatten сохраняет порядок: канал, "
    "строка, столбец.",
)
def test_lenet_scores(submission, torch_rng):
    pair = twins(submission.LeNet5(), LeNet5(), torch_rng)
    for n in (4, 2):
        assert_same_output(pair, pictures(torch_rng, n), what="scores")


@points("1/4")
@title(en="LeNet: one picture", ru="LeNet: одна картинка")
@hint(en="The scores of one picture are (1, 10).", ru="Оценки одной картинки имеют форму (1, 10).")
def test_lenet_of_one(submission, torch_rng):
    pair = twins(submission.LeNet5(), LeNet5(), torch_rng)
    assert_same_output(pair, pictures(torch_rng, 1), what="scores")


@title(en="LeNet: gradients", ru="LeNet: градиенты")
@hint(
    en="detach, .data and no_grad cut the way back; the gradient has to reach the picture and every parameter.",
    ru="detach, .data и no_grad обрывают обратный проход; градиент должен дойти до картинки и каждого параметра.",
)
def test_lenet_gradients(submission, torch_rng):
    pair = twins(submission.LeNet5(), LeNet5(), torch_rng)
    assert_same_gradients(pair, pictures(torch_rng, 3), torch_rng=torch_rng)


@points("1/4")
@title(en="LeNet: pictures of another shape are refused", ru="LeNet: картинки другой формы отвергаются")
@hint(
    en="ValueError that names x: 28 x 28, three channels, no axis for pictures, no pictures.",
    ru="ValueError с именем x: 28 x 28, три канала, нет оси объектов, нет ни одной картинки.",
)
def test_lenet_refuses(submission):
    network = submission.LeNet5()
    for shape in (
        (2, 1, 28, 28),
        (2, 3, 32, 32),
        (1, 32, 32),
        (2, 1024),
        (0, 1, 32, 32),
        (2, 1, 33, 33),
        (2, 1, 32, 35),
    ):
        assert_refused("x", network, zeros(*shape))


@points("1/8")
@title(en="LeNet: the pictures stay as they were", ru="LeNet: картинки не меняются")
@hint(
    en="Operations that end in an underscore, and +=, *=, write into the caller's tensor.",
    ru="Операции с подчёркиванием на конце, а также += и *= пишут прямо в тензор вызывающего.",
)
def test_lenet_unchanged(submission, torch_rng):
    call_unchanged(submission.LeNet5().double(), pictures(torch_rng, 2))
