"""The hidden suite of gradients on the input: style transfer."""

import math

import torch

from grader.testing import assert_array, assert_close, depends, hint, points, title
from reference.autodiff.style import content_gradient, content_loss, gram, style_gradient, style_loss, transfer

from .shared import DOUBLE, STACK, left_as_it_was, randn, refused, twins

SHAPES = ((1, 1, 1), (3, 4, 5), (6, 1, 2), (2, 7, 7))


def near(found, expected, what):
    assert_close(found, expected, rtol=1e-8, atol=1e-11, what=what)


def pictures(torch_rng):
    """x, content and style; the last one of another size."""
    return randn(torch_rng, 3, 8, 8), randn(torch_rng, 3, 8, 8), randn(torch_rng, 3, 11, 7)


@title(en="Gram matrices", ru="Матрицы Грама")
@hint(
    en="Channels by channels, a mean over places: each row of the matrix F is a whole channel.",
    ru="Каналы на каналы, среднее по позициям: строка матрицы F — это целый канал.",
)
def test_gram(submission, torch_rng):
    for shape in SHAPES:
        F = randn(torch_rng, *shape) + 0.3
        near(submission.gram(F), gram(F), f"G of features {shape}")


@title(en="Content: the loss and its gradient", ru="Содержание: функция потерь и её градиент")
@hint(en="Half a sum of squares, not a mean.", ru="Половина суммы квадратов, а не среднее.")
def test_content(submission, torch_rng):
    for shape in SHAPES:
        F, P = randn(torch_rng, *shape), randn(torch_rng, *shape)
        near(submission.content_loss(F, P), content_loss(F, P), "content loss")
        near(submission.content_gradient(F, P), content_gradient(F, P), "gradient of the content loss")


@depends("test_gram")
@title(en="Style: the loss of a layer", ru="Стиль: функция потерь одного слоя")
@hint(
    en="Divided by 4 c^2, c being the number of channels; places were averaged in G already.",
    ru="Делится на 4 c^2, где c — число каналов; по позициям усреднено уже в G.",
)
def test_style_loss(submission, torch_rng):
    for shape in SHAPES:
        F, A = randn(torch_rng, *shape), gram(randn(torch_rng, *shape))
        near(submission.style_loss(F, A), style_loss(F, A), "style loss")


@points(2)
@depends("test_gram")
@title(en="Style: the gradient of a layer's loss", ru="Стиль: градиент потерь одного слоя")
@hint(
    en="F stands twice in G: a factor of 2 from the square, one more from there. In the end autograd must agree.",
    ru="F входит в G дважды: множитель 2 от квадрата и ещё один отсюда. Ответ должен совпасть с autograd.",
)
def test_style_gradient(submission, torch_rng):
    for shape in SHAPES:
        F, A = randn(torch_rng, *shape), gram(randn(torch_rng, *shape))
        near(submission.style_gradient(F, A), style_gradient(F, A), "gradient of the style loss")


@points(2)
@title(en="The whole loss and its gradient by the picture", ru="Потери в целом и их градиент по картинке")
@hint(
    en="P and A come from content and style and stay fixed; the gradient is taken through the network, by x alone.",
    ru="P и A берутся из content и style и не меняются; градиент берётся через всю сеть и только по x.",
)
def test_transfer(submission, probe, torch_rng):
    inside, here = twins(probe, STACK, torch_rng)
    for content_layer, style_layers in ((3, [0]), (0, [3]), (4, [1, 3, 0])):
        where = {"content_layer": content_layer, "style_layers": style_layers}
        shown = pictures(torch_rng)
        found = submission.transfer(inside, *shown, **where)
        near(found, transfer(here, *shown, **where), "(loss, gradient)")
    x = shown[0]
    expected = transfer(here, x, x, x, **where)
    near(submission.transfer(inside, x, x, x, **where), expected, "(loss, gradient) where nothing is to do")


@points(2)
@depends("test_transfer")
@title(en="alpha, beta, and the weights of layers", ru="alpha, beta и веса слоёв")
@hint(
    en="Weights stand in the order of style_layers and need not have the sum 1; without them each is one of so many.",
    ru="Веса стоят в порядке style_layers и не обязаны давать в сумме 1; если их нет, они равны и дают в сумме 1.",
)
def test_weights(submission, probe, torch_rng):
    inside, here = twins(probe, STACK, torch_rng)
    shown = pictures(torch_rng)
    for style_layers, weights, alpha, beta in (
        ([4, 0, 1], None, 0.3, 20.0),
        ([3, 0], [0.2, 3.0], 2.0, 0.7),
        ([0, 3], [0.0, 1.5], 0.0, 1.0),
        ([0], [2.0], 1.5, 0.0),
    ):
        rest = {"content_layer": 3, "style_layers": style_layers, "weights": weights, "alpha": alpha, "beta": beta}
        found = submission.transfer(inside, *shown, **rest)
        near(found, transfer(here, *shown, **rest), f"(loss, gradient) for weights = {weights}")


@points("1/3")
@depends("test_transfer")
@title(en="The painting network is left as it was", ru="Рисующая сеть остаётся такой же, как была")
@hint(
    en="torch.autograd.grad by x alone; nothing is frozen, hooked or switched for good.",
    ru="torch.autograd.grad только по x; ничего не замораживается, не перехватывается и не переключается навсегда.",
)
def test_transfer_leaves(submission, probe, torch_rng):
    inside, here = twins(probe, STACK, torch_rng)
    where = {"content_layer": 3, "style_layers": [0, 1]}
    submission.transfer(inside, *pictures(torch_rng), **where)
    left_as_it_was(probe, inside, here)
    single = submission.transfer(inside.float(), *(picture.float() for picture in pictures(torch_rng)), **where)
    assert isinstance(single, tuple), "the answer must be a tuple (loss, gradient)"
    assert len(single) == 2, "the answer must be a tuple (loss, gradient)"
    for part, shape, what in zip(single, ((), (3, 8, 8)), ("loss", "gradient"), strict=True):
        assert str(assert_array(part, shape=shape, kind="float", what=what).dtype) == "torch.float32", (
            f"{what}: float32"
        )


@title(en="Style transfer: bad arguments", ru="Перенос стиля: неверные аргументы")
@hint(
    en="ValueError with the name. Shapes must agree where the formulas take it for granted; broadcasting hides it.",
    ru="ValueError с именем. Формы должны совпадать там, где это подразумевают формулы; broadcasting это скрывает.",
)
def test_style_errors(submission, probe, torch_rng):
    F, A = torch.ones(2, 3, 3, dtype=DOUBLE), torch.eye(2, dtype=DOUBLE)
    for bad in (F[0], F[:, :0], F.long(), F * math.nan):
        refused("F", submission.gram, bad)
    for function in (submission.content_loss, submission.content_gradient):
        for bad in (F[:1], F[:, :, :1], F * math.inf):
            refused("P", function, F, bad)
        refused("F", function, F[0], F[0])
    for function in (submission.style_loss, submission.style_gradient):
        for bad in (A[:1], A[0], torch.eye(3).double(), A * math.nan):
            refused("A", function, F, bad)
    inside, _ = twins(probe, STACK, torch_rng)
    x = torch.ones(3, 8, 8, dtype=DOUBLE)
    for changes, name in (
        ({"x": x[0]}, "x"),
        ({"x": x * math.nan}, "x"),
        ({"content": x[:, :, :7]}, "content"),
        ({"content": x * math.inf}, "content"),
        ({"style": x[:1]}, "style"),
        ({"style": x[0]}, "style"),
        ({"content_layer": 7}, "content_layer"),
        ({"content_layer": -1}, "content_layer"),
        ({"style_layers": []}, "style_layers"),
        ({"style_layers": [0, 7]}, "style_layers"),
        ({"weights": [1.0, 1.0]}, "weights"),
        ({"weights": [-1.0]}, "weights"),
        ({"alpha": -0.1}, "alpha"),
        ({"beta": math.nan}, "beta"),
    ):
        arguments = {"x": x, "content": x, "style": x, "content_layer": 0, "style_layers": [0]} | changes
        refused(name, submission.transfer, inside, **arguments)
