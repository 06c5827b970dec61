"""The hidden suite of the residual block."""

import torch

from grader.testing import call_unchanged, each, hint, points, title
from grader.testing.inputs import randn
from reference.convolutions.blocks.resnet import ResidualBlock

from .shared import (
    first_values,
    refuse_pictures,
    refuse_sizes,
    same_gradients,
    same_output,
    same_parameters,
    same_statistics,
)

CASES = {"3, 3": (3, 3), "3, 5": (3, 5), "4, 4, 2": (4, 4, 2), "3, 5, 2": (3, 5, 2)}


@each(CASES, worth="3/16", en="ResidualBlock({name}): parameters", ru="ResidualBlock({name}): параметры")
@hint(
    en="Convolutions without bias; shortcut has parameters only where stride or channels change, a convolution and a "
    "normalisation then.",
    ru="Свёртки без сдвига; у shortcut параметры есть, только если меняются шаг или каналы: тогда это свёртка и "
    "нормализация.",
)
def test_residual_parameters(submission, name):
    same_parameters(submission.ResidualBlock(*CASES[name]), ResidualBlock(*CASES[name]))


@points("1/4")
@title(en="Residual block: first values", ru="Остаточный блок: начальные значения")
@hint(
    en="What PyTorch's layers begin with stays; a second block draws other values.",
    ru="Остаётся то, с чего начинают слои PyTorch; у второго блока значения другие.",
)
def test_residual_first_values(submission):
    first_values(submission.ResidualBlock(3, 5, 2), submission.ResidualBlock(3, 5, 2))


@title(en="Residual block: the shape stays", ru="Остаточный блок: форма не меняется")
@hint(
    en="x itself is added to what bn2 gives; ReLU comes after bn1 and after the sum, and nowhere else.",
    ru="К выходу bn2 прибавляется сам x; ReLU стоит после bn1 и после суммы, и больше нигде.",
)
def test_residual_same_shape(submission, torch_rng):
    for channels, shape in ((3, (4, 3, 6, 7)), (2, (2, 2, 5, 4))):
        same_output(submission.ResidualBlock(channels, channels), ResidualBlock(channels, channels), shape, torch_rng)


@each(
    ("3, 5", "4, 4, 2", "3, 5, 2"),
    worth="1/2",
    en="Residual block ({name}): the shape changes",
    ru="Остаточный блок ({name}): форма меняется",
)
@hint(
    en="The stride belongs to conv1 and to the convolution of shortcut; shortcut has a normalisation and no ReLU.",
    ru="Шаг есть у conv1 и у свёртки в shortcut; в shortcut есть нормализация и нет ReLU.",
)
def test_residual_other_shape(submission, torch_rng, name):
    sizes = CASES[name]
    same_output(submission.ResidualBlock(*sizes), ResidualBlock(*sizes), (3, sizes[0], 6, 8), torch_rng)


@points("1/2")
@title(en="Residual block: odd sides, other strides", ru="Остаточный блок: нечётные стороны, другие шаги")
@hint(
    en="Both ways round the sides in the same manner: 7 gives 4 with stride 2.",
    ru="На обоих путях стороны округляются одинаково: из 7 при шаге 2 получается 4.",
)
def test_residual_odd_sides(submission, torch_rng):
    for sizes, shape in (((3, 4, 2), (2, 3, 7, 5)), ((2, 2, 3), (3, 2, 8, 7)), ((2, 3, 2), (3, 2, 1, 1))):
        same_output(submission.ResidualBlock(*sizes), ResidualBlock(*sizes), shape, torch_rng)


@title(en="Residual block: evaluation mode", ru="Остаточный блок: режим предсказания")
@hint(
    en="In evaluation mode normalisation uses the running statistics, also for one object.",
    ru="В режиме предсказания нормализация пользуется накопленными статистиками, даже для одного объекта.",
)
def test_residual_evaluation(submission, torch_rng):
    for sizes, objects in (((3, 3), 1), ((3, 5, 2), 4)):
        shape = (objects, 3, 6, 6)
        same_output(submission.ResidualBlock(*sizes), ResidualBlock(*sizes), shape, torch_rng, training=False)


@title(en="Residual block: statistics", ru="Остаточный блок: статистики")
@hint(
    en="Each normalisation has statistics of its own, and meets each batch once; evaluation mode leaves them alone.",
    ru="У каждой нормализации статистики свои, и каждый пакет она видит один раз; режим предсказания их не меняет.",
)
def test_residual_statistics(submission, torch_rng):
    same_statistics(submission.ResidualBlock(3, 5, 2), ResidualBlock(3, 5, 2), (4, 3, 6, 6), torch_rng)
    same_statistics(submission.ResidualBlock(3, 3), ResidualBlock(3, 3), (4, 3, 6, 6), torch_rng)


@points("1/2")
@title(en="Residual block: gradients", ru="Остаточный блок: градиенты")
@hint(
    en="The gradient reaches x by both ways, and all parameters of F and of shortcut.",
    ru="Градиент доходит до x обоими путями и до всех параметров F и shortcut.",
)
def test_residual_gradients(submission, torch_rng):
    same_gradients(submission.ResidualBlock(3, 3), ResidualBlock(3, 3), (3, 3, 5, 6), torch_rng)
    same_gradients(submission.ResidualBlock(3, 4, 2), ResidualBlock(3, 4, 2), (3, 3, 6, 6), torch_rng)


@points("3/8")
@title(en="Residual block: wrong arguments are refused", ru="Остаточный блок: неверные аргументы отвергаются")
@hint(
    en="ValueError with the argument's name: c_in, c_out, stride below 1, x of another shape.",
    ru="ValueError с именем аргумента: c_in, c_out, stride меньше 1, x другой формы.",
)
def test_residual_refuses(submission):
    refuse_sizes(submission.ResidualBlock, ("c_in", "c_out", "stride"))
    refuse_pictures(submission.ResidualBlock(3, 3), 3)


@points("1/8")
@title(en="Residual block: x stays as it was", ru="Остаточный блок: x не меняется")
@hint(
    en="x += ... and ReLU in place write into the caller's tensor.",
    ru="x += ... и ReLU на месте (inplace) пишут прямо в тензор вызывающего.",
)
def test_residual_unchanged(submission, torch_rng):
    call_unchanged(submission.ResidualBlock(3, 3), randn(torch_rng, 2, 3, 5, 5).to(torch.float32))
