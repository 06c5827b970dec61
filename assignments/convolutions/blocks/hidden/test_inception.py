"""The hidden suite of the Inception block."""

import torch

from grader.testing import assert_array, assert_close, call_unchanged, each, hint, points, title
from grader.testing.inputs import randn
from grader.testing.twins import twins
from reference.convolutions.blocks.inception import Inception

from .shared import (
    first_values,
    refuse_pictures,
    refuse_sizes,
    same_gradients,
    same_output,
    same_parameters,
)

SIZES = (3, 2, 5, 4, 6, 3, 7)
NAMES = ("c", "c1", "r3", "c3", "r5", "c5", "cp")
PLACES = {"1 x 1": slice(0, 2), "3 x 3": slice(2, 6), "5 x 5": slice(6, 9), "pooling": slice(9, 16)}


@points("3/4")
@title(en="Inception: parameters", ru="Inception: параметры")
@hint(
    en="Six convolutions with bias; reduce3 and reduce5 come before three and five, and give them r3 and r5 channels.",
    ru="Шесть свёрток со сдвигом; reduce3 и reduce5 стоят перед three и five и дают им r3 и r5 каналов.",
)
def test_inception_parameters(submission):
    same_parameters(submission.Inception(*SIZES), Inception(*SIZES))


@points("1/4")
@title(en="Inception: first values", ru="Inception: начальные значения")
@hint(
    en="What nn.Conv2d begins with stays; a second block draws other values.",
    ru="Остаётся то, с чего начинает nn.Conv2d; у второго блока значения другие.",
)
def test_inception_first_values(submission):
    first_values(submission.Inception(*SIZES), submission.Inception(*SIZES))


@each(PLACES, worth="1/2", en="Inception: the branch {name}", ru="Inception: ветвь {name}")
@hint(
    en="Which convolutions are in the branch, and in which order? ReLU after each; sides stay; a window of the "
    "maximum is cut at the border.",
    ru="Какие свёртки входят в ветвь и в каком порядке? ReLU после каждой; стороны не меняются; у края окно максимума "
    "обрезается.",
)
def test_branch(submission, torch_rng, name):
    block, expected, _ = twins(submission.Inception(*SIZES), Inception(*SIZES), torch_rng)
    x, channels = randn(torch_rng, 2, 3, 6, 8), PLACES[name]
    found = assert_array(block(x), shape=(2, 16, 6, 8), kind="float", what="what comes out")
    wanted = expected(x).detach()[:, channels]
    assert_close(found[:, channels], wanted, rtol=1e-8, atol=1e-9, what=f"the channels of {name}")


@title(en="Inception: all branches", ru="Inception: все ветви")
@hint(
    en="The channels stand in the order 1 x 1, 3 x 3, 5 x 5, pooling; objects and sides are not mixed.",
    ru="Порядок каналов: 1 x 1, 3 x 3, 5 x 5, пулинг; объекты и стороны не смешиваются.",
)
def test_inception(submission, torch_rng):
    for sizes, shape in ((SIZES, (3, 3, 5, 9)), ((2, 2, 2, 2, 2, 2, 2), (2, 2, 7, 4))):
        same_output(submission.Inception(*sizes), Inception(*sizes), shape, torch_rng)


@title(
    en="Inception: small pictures, one object, one channel", ru="Inception: маленькие картинки, один объект, один канал"
)
@hint(
    en="Axes of length 1 stay; on a picture of one pixel all windows have one pixel.",
    ru="Оси длины 1 сохраняются; на картинке из одного пикселя во всех окнах один пиксель.",
)
def test_small_inception(submission, torch_rng):
    for sizes, shape in (((1,) * 7, (1, 1, 1, 1)), ((2, 1, 1, 2, 1, 2, 1), (1, 2, 2, 1)), ((1,) * 7, (3, 1, 1, 4))):
        same_output(submission.Inception(*sizes), Inception(*sizes), shape, torch_rng)


@title(en="Inception: gradients", ru="Inception: градиенты")
@hint(
    en="detach, .data and no_grad cut the way back; each of the four branches gives a part of the gradient by x.",
    ru="detach, .data и no_grad обрывают обратный проход; каждая из четырёх ветвей даёт часть градиента по x.",
)
def test_inception_gradients(submission, torch_rng):
    same_gradients(submission.Inception(*SIZES), Inception(*SIZES), (2, 3, 5, 6), torch_rng)


@points("3/8")
@title(en="Inception: wrong arguments are refused", ru="Inception: неверные аргументы отвергаются")
@hint(
    en="ValueError with the argument's name: c, c1, r3, c3, r5, c5, cp below 1, x of another shape.",
    ru="ValueError с именем аргумента: c, c1, r3, c3, r5, c5, cp меньше 1, x другой формы.",
)
def test_inception_refuses(submission):
    refuse_sizes(submission.Inception, NAMES)
    refuse_pictures(submission.Inception(*SIZES), 3)


@points("1/8")
@title(en="Inception: x stays as it was", ru="Inception: x не меняется")
@hint(
    en="ReLU in place changes what it is given.",
    ru="ReLU на месте (inplace) меняет то, что ей дали.",
)
def test_inception_unchanged(submission, torch_rng):
    call_unchanged(submission.Inception(*SIZES), randn(torch_rng, 2, 3, 5, 5).to(torch.float32))
