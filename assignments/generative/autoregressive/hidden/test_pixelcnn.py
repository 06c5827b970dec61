"""The hidden suite of masked convolutions and of PixelCNN."""

import torch

from grader.testing import assert_array, assert_close, depends, each, hint, limit, parameters, points, title, vjp
from grader.testing.inputs import randn
from grader.testing.twins import assert_parameters, assert_same_gradients, assert_same_output, twins
from reference.generative.autoregressive.pixelcnn import MaskedConv, PixelCNN

from .shared import after_steps, assert_order, assert_others, assert_sums_to_one, nats_of_new

KINDS = ("A", "B")
ENOUGH = 12.0


def same_convolution(submission, torch_rng, sizes, shape):
    pair = twins(submission.MaskedConv(*sizes), MaskedConv(*sizes), torch_rng)
    assert_same_output(pair, randn(torch_rng, *shape))


# -- masked convolutions ---------------------------------------------------------------------------------


@points("1/2")
@title(en="MaskedConv: parameters", ru="MaskedConv: параметры")
@hint(
    en="weight and bias as in nn.Conv2d, and nothing else: a mask is no nn.Parameter. Each module draws its own first "
    "values.",
    ru="weight и bias, как в nn.Conv2d, и больше ничего: маска — не nn.Parameter. Начальные значения у каждого модуля "
    "свои.",
)
def test_masked_parameters(submission):
    one, other = submission.MaskedConv("A", 2, 3, 5), submission.MaskedConv("A", 2, 3, 5)
    for module in (one, other):
        assert_parameters(module, {"weight": (3, 2, 5, 5), "bias": (3,)})
    assert_others(one, other)


@each(KINDS, worth=1, en="MaskedConv: kind {name}", ru="MaskedConv: вид {name}")
@hint(
    en="Open are the rows above the centre, and in its row what stands to the left; B opens the centre as well. "
    "Outside of the image is 0.",
    ru="Открыты строки выше центра, а в его строке — то, что левее; вид B открывает и сам центр. Вне изображения нули.",
)
def test_masked(submission, torch_rng, name):
    for k in (3, 5):
        same_convolution(submission, torch_rng, (name, 2, 3, k), (4, 2, 6, 5))


@points("1/2")
@title(en="MaskedConv: small images, other kernels", ru="MaskedConv: маленькие изображения, другие ядра")
@hint(
    en="k = 1 has nothing but the centre; a kernel may be larger than the image; height and width stay.",
    ru="При k = 1 есть только центр; ядро бывает больше изображения; высота и ширина сохраняются.",
)
def test_masked_small(submission, torch_rng):
    for kind in KINDS:
        for k, shape in ((1, (3, 1, 4, 3)), (7, (2, 1, 2, 3)), (3, (1, 1, 1, 1)), (5, (1, 1, 1, 4))):
            same_convolution(submission, torch_rng, (kind, 1, 2, k), shape)


@title(en="MaskedConv: after steps of an optimiser", ru="MaskedConv: после шагов оптимизатора")
@hint(
    en="An optimiser changes all weights, closed ones too: multiply by the mask at every call.",
    ru="Оптимизатор меняет все веса, в том числе закрытые: умножать на маску нужно при каждом вызове.",
)
def test_masked_order(submission, probe, torch_rng):
    for kind in KINDS:
        module = after_steps(submission.MaskedConv(kind, 2, 3, 3), probe, torch_rng, 2, 3, 4)
        assert_order(module, randn(torch_rng, 1, 2, 3, 4), own=kind == "B")


@title(en="MaskedConv: gradients", ru="MaskedConv: градиенты")
@hint(
    en="Nothing depends on closed weights, so their gradients are 0: the mask is a factor within the graph, not "
    "written into weight.data.",
    ru="От закрытых весов ничего не зависит, и градиенты по ним равны 0: маска — множитель внутри графа, а не запись в "
    "weight.data.",
)
def test_masked_gradients(submission, torch_rng):
    for kind in KINDS:
        pair = twins(submission.MaskedConv(kind, 2, 3, 3), MaskedConv(kind, 2, 3, 3), torch_rng)
        before = parameters(pair.made)
        assert_same_gradients(pair, randn(torch_rng, 2, 2, 4, 5), torch_rng=torch_rng)
        assert_close(parameters(pair.made), before, what="the parameters after a call")


# -- PixelCNN --------------------------------------------------------------------------------------------


@points("1/2")
@title(en="PixelCNN: parameters", ru="PixelCNN: параметры")
@hint(
    en="first, the list hidden and head; first is 5 x 5, hidden 3 x 3, head 1 x 1; nothing else. Each "
    "network draws its own first values.",
    ru="first, список hidden и head; у first ядро 5 x 5, у hidden 3 x 3, у head 1 x 1; больше ничего. "
    "Начальные значения у каждой сети свои.",
)
def test_pixelcnn_parameters(submission):
    for sizes in ((), (4, 2)):
        expected = {name: tuple(value.shape) for name, value in PixelCNN(*sizes).named_parameters()}
        one, other = submission.PixelCNN(*sizes), submission.PixelCNN(*sizes)
        assert_parameters(one, expected)
        assert_others(one, other)


@points("3/2")
@title(en="PixelCNN: logits", ru="PixelCNN: логиты")
@hint(
    en="One mask A, at first; B in all hidden layers; ReLU after each masked convolution, nothing after head.",
    ru="Маска A — одна, в начале; во всех скрытых слоях B; ReLU после каждой маскированной свёртки, после head ничего.",
)
def test_pixelcnn(submission, torch_rng):
    for sizes, shape in (((), (3, 1, 6, 7)), ((5, 1), (2, 1, 4, 3)), ((3, 2), (1, 1, 1, 1))):
        pair = twins(submission.PixelCNN(*sizes), PixelCNN(*sizes), torch_rng)
        assert_same_output(pair, randn(torch_rng, *shape))


@title(en="PixelCNN: a law of images, after steps too", ru="PixelCNN: распределение, в том числе после шагов")
@hint(
    en="A logit may not depend on its own pixel or a later one, whatever the weights are: only then all images sum to "
    "1.",
    ru="Логит не должен зависеть от своего и более поздних пикселей, каковы бы ни были веса: только тогда сумма по "
    "всем изображениям равна 1.",
)
def test_pixelcnn_order(submission, probe, torch_rng):
    network = after_steps(submission.PixelCNN(), probe, torch_rng, 1, 4, 4)
    assert_order(network, randn(torch_rng, 1, 1, 4, 5))
    assert_sums_to_one(network, 3, 3)


@points("1/2")
@title(en="PixelCNN: gradients", ru="PixelCNN: градиенты")
@hint(
    en="The gradient flows through all layers to x, and to no pixel that the logit must not see.",
    ru="Градиент проходит через все слои к x и не попадает в пиксели, которых логит видеть не должен.",
)
def test_pixelcnn_gradients(submission, torch_rng):
    pair = twins(submission.PixelCNN(6, 2), PixelCNN(6, 2), torch_rng)
    x, v = randn(torch_rng, 2, 1, 5, 4).requires_grad_(), randn(torch_rng, 2, 1, 5, 4)
    v[:, :, 3:] = 0.0  # logits of the upper rows alone
    (wanted,) = torch.autograd.grad((v * pair.expected(x)).sum(), x)
    found = vjp(pair.made, (x.detach(),), v).gradients[0]
    assert found is not None, "the logits do not depend on x"
    assert_close(assert_array(found, shape=(2, 1, 5, 4)), wanted, rtol=1e-7, atol=1e-9, what="the gradient by x")


@limit(seconds=30)
@depends("test_pixelcnn_parameters", "test_pixelcnn", "test_pixelcnn_gradients")
@title(en="PixelCNN learns rectangles", ru="PixelCNN учит прямоугольники")
@hint(
    en="With the statement's layers the likelihood of new rectangles grows quickly. Do gradients reach the parameters "
    "of every layer?",
    ru="Со слоями из условия правдоподобие новых прямоугольников быстро растёт. Доходят ли градиенты до параметров "
    "каждого слоя?",
)
def test_pixelcnn_learns(submission, probe, torch_rng):
    reached = nats_of_new(submission.PixelCNN(), PixelCNN, probe, torch_rng, steps=100, rate=0.015)
    assert reached <= ENOUGH, f"minus the log-likelihood of a new image is {reached:.1f} nats, not at most {ENOUGH:g}"
