"""The hidden suite of gradients on the input: style transfer."""

import torch

from grader.testing import assert_array, assert_close, each, hint, points, title
from grader.testing.inputs import randn
from reference.autodiff.inputs.style import (
    content_gradient,
    content_loss,
    gram,
    style_gradient,
    style_loss,
    transfer,
)

from .shared import STACK, left_as_it_was, twins

SHAPES = ((3, 4, 5), (6, 3, 2), (2, 7, 7))
NARROW = ((1, 1, 1), (1, 3, 4), (5, 1, 1), (4, 1, 6))


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


@points("1/2")
@title(en="Content: the loss", ru="Содержание: функция потерь")
@hint(en="Half a sum of squares, not a mean.", ru="Половина суммы квадратов, а не среднее.")
def test_content(submission, torch_rng):
    for shape in SHAPES:
        F, P = randn(torch_rng, *shape), randn(torch_rng, *shape)
        near(submission.content_loss(F, P), content_loss(F, P), "content loss")


@points("1/2")
@title(en="Content: the gradient", ru="Содержание: градиент")
@hint(en="The half and the factor 2 of the square cancel.", ru="Половина и множитель 2 от квадрата сокращаются.")
def test_content_gradient(submission, torch_rng):
    for shape in SHAPES:
        F, P = randn(torch_rng, *shape), randn(torch_rng, *shape)
        near(submission.content_gradient(F, P), content_gradient(F, P), "gradient of the content loss")


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
@title(en="Style: the gradient of a layer's loss", ru="Стиль: градиент потерь одного слоя")
@hint(
    en="F stands twice in G: a factor of 2 from the square, one more from there. In the end autograd must agree.",
    ru="F входит в G дважды: множитель 2 от квадрата и ещё один отсюда. Ответ должен совпасть с autograd.",
)
def test_style_gradient(submission, torch_rng):
    for shape in SHAPES:
        F, A = randn(torch_rng, *shape), gram(randn(torch_rng, *shape))
        near(submission.style_gradient(F, A), style_gradient(F, A), "gradient of the style loss")


OF_FEATURES = {
    "gram": lambda F, P: (F,),
    "content_loss": lambda F, P: (F, P),
    "content_gradient": lambda F, P: (F, P),
    "style_loss": lambda F, P: (F, gram(P)),
    "style_gradient": lambda F, P: (F, gram(P)),
}
OWN = {f.__name__: f for f in (gram, content_loss, content_gradient, style_loss, style_gradient)}


@each(
    OF_FEATURES,
    worth="1/5",
    en="One channel, one place, one row: {name}",
    ru="Один канал, одна позиция, одна строка: {name}",
)
@hint(en="squeeze() loses axes of length 1.", ru="squeeze() теряет оси длины 1.")
def test_narrow(submission, torch_rng, name):
    for shape in NARROW:
        arguments = OF_FEATURES[name](randn(torch_rng, *shape), randn(torch_rng, *shape))
        near(getattr(submission, name)(*arguments), OWN[name](*arguments), f"{name} of features {shape}")


def check_transfer(submission, probe, torch_rng, **only):
    """The loss and its gradient are the reference's, for several choices of layers."""
    inside, here = twins(probe, STACK, torch_rng)
    for content_layer, style_layers in ((3, [0]), (0, [3]), (4, [1, 3, 0])):
        where = {"content_layer": content_layer, "style_layers": style_layers, **only}
        shown = pictures(torch_rng)
        near(submission.transfer(inside, *shown, **where), transfer(here, *shown, **where), "(loss, gradient)")
    x = shown[0]
    expected = transfer(here, x, x, x, **where)
    near(submission.transfer(inside, x, x, x, **where), expected, "(loss, gradient) where nothing is to do")


@title(en="The content of a picture: loss and gradient by x", ru="Содержание картинки: потери и градиент по x")
@hint(
    en="P comes from content and stays fixed; the gradient is taken through the network, by x alone.",
    ru="P берётся из content и не меняется; градиент берётся через всю сеть и только по x.",
)
def test_transfer_of_content(submission, probe, torch_rng):
    check_transfer(submission, probe, torch_rng, beta=0.0)


@title(en="The style of a picture: loss and gradient by x", ru="Стиль картинки: потери и градиент по x")
@hint(
    en="A comes from style and stays fixed; the gradient is taken through the network, by x alone.",
    ru="A берётся из style и не меняется; градиент берётся через всю сеть и только по x.",
)
def test_transfer_of_style(submission, probe, torch_rng):
    check_transfer(submission, probe, torch_rng, alpha=0.0)


def parts(answer):
    """The loss and the gradient in one vector, once they are known to be tensors."""
    assert isinstance(answer, tuple), "the answer must be a tuple (loss, gradient)"
    assert len(answer) == 2, "the answer must be a tuple (loss, gradient)"
    return torch.cat([assert_array(part, kind="float", what="loss or gradient").flatten() for part in answer])


CONTENT = {"content_layer": 3, "style_layers": [0], "weights": [1.0], "beta": 0.0}
STYLES = {
    layer: {"content_layer": 3, "style_layers": [layer], "weights": [1.0], "alpha": 0.0} for layer in (0, 1, 3, 4)
}


@points(2)
@title(en="alpha, beta, and the weights of layers", ru="alpha, beta и веса слоёв")
@hint(
    en="Weights stand in the order of style_layers and need not have the sum 1; without them each is one of so many.",
    ru="Веса стоят в порядке style_layers и не обязаны давать в сумме 1; если их нет, они равны и дают в сумме 1.",
)
def test_weights(submission, probe, torch_rng):
    """The parts are the student's own: other tests tell whether they are right."""
    while True:
        (inside, here), shown = twins(probe, STACK, torch_rng), pictures(torch_rng)
        if all(float(transfer(here, *shown, **part)[0]) > 0 for part in (CONTENT, *STYLES.values())):
            break  # else a rectifier lets nothing through
    content = parts(submission.transfer(inside, *shown, **CONTENT))
    styles = {}
    for layer, alone in STYLES.items():
        styles[layer] = parts(submission.transfer(inside, *shown, **alone))
        assert float(styles[layer].abs().max()) > 0, "the loss of the style is 0"
    assert float(content.abs().max()) > 0, "the loss of the content is 0"
    for style_layers, weights, alpha, beta in (
        ([4, 0, 1], None, 0.3, 20.0),
        ([3, 0], [0.2, 3.0], 2.0, 0.7),
        ([0, 3], [0.0, 1.5], 0.0, 1.0),
        ([0], [2.0], 1.5, 0.0),
        ([1, 0], None, None, None),
    ):
        rest = {"content_layer": 3, "style_layers": style_layers, "weights": weights}
        rest |= {"alpha": alpha, "beta": beta} if alpha is not None else {}
        shares = [1 / len(style_layers)] * len(style_layers) if weights is None else weights
        of_content, of_style = (1.0, 1.0) if alpha is None else (alpha, beta)
        style = sum(share * styles[layer] for share, layer in zip(shares, style_layers, strict=True))
        found = parts(submission.transfer(inside, *shown, **rest))
        near(found, of_content * content + of_style * style, f"(loss, gradient) for weights = {weights}")


@points("1/6")
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
