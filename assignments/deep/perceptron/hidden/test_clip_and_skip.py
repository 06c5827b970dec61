"""The hidden suite of the two remedies: clipped gradients and skip connections."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_refused, hint, points, title, together
from reference.deep.perceptron.clipping import clip_global, clip_local
from reference.deep.perceptron.network import Perceptron
from reference.deep.perceptron.residual import Residual

from .shared import near, random_layers, same_arrays

ROUGHLY = 1e-5  # a small number in the denominator is one mistake, and test_global_below finds it


def gradient(rng):
    """Arrays of several shapes; their norm."""
    grads = [rng.normal(size=(4, 3)), rng.normal(size=3), 3 * rng.normal(size=(3, 1)), rng.normal(size=1)]
    return grads, float(np.sqrt(sum((part**2).sum() for part in grads)))


@title(en="Global clipping: a large gradient", ru="Глобальное обрезание: большой градиент")
@hint(
    en="One norm of all arrays together: the root of the sum of all squares. Every array gets the same factor.",
    ru="Одна норма на все массивы: корень из суммы всех квадратов. Множитель у всех массивов общий.",
)
def test_global(submission, rng):
    for share in (0.01, 0.3, 0.95):
        grads, norm = gradient(rng)
        clipped = submission.clip_global(grads, share * norm)
        same_arrays(clipped, clip_global(grads, share * norm), "clip_global(...)", ROUGHLY)


@points("1/2")
@title(en="Global clipping: a gradient that is small enough", ru="Глобальное обрезание: достаточно малый градиент")
@hint(
    en="Up to the norm c, c included, nothing changes: clipping never makes a gradient longer, and no small number is "
    "added to the norm.",
    ru="При норме до c включительно ничего не меняется: обрезание никогда не удлиняет градиент, и к норме не "
    "прибавляется малое число.",
)
def test_global_below(submission, rng):
    grads, norm = gradient(rng)
    same_arrays(submission.clip_global(grads, float(rng.uniform(1.05, 1.5)) * norm), grads, "clip_global(...)")
    same_arrays(submission.clip_global(grads, 100.0), grads, "clip_global(...)")
    whole = [np.array([[3.0], [0.0]]), np.array([-4.0])]
    same_arrays(submission.clip_global(whole, 5.0), whole, "clip_global(...)")


@points("1/4")
@title(en="Global clipping: arrays of zeros", ru="Глобальное обрезание: массивы из нулей")
@hint(
    en="0 / 0 is NaN. Is there anything to be clipped? If one array is zero, the others need not be.",
    ru="0 / 0 — это NaN. Есть ли тут что обрезать? Если один массив нулевой, другие могут быть и не нулевыми.",
)
def test_global_of_zeros(submission, rng):
    zeros = [np.zeros((2, 3)), np.zeros(3)]
    same_arrays(submission.clip_global(zeros, 1.0), zeros, "clip_global(...)")
    grads = [*zeros, 1.0 + rng.uniform(size=4)]
    same_arrays(submission.clip_global(grads, 1.0), clip_global(grads, 1.0), "clip_global(...)", ROUGHLY)


@points("1/2")
@title(en="Global clipping: entries of 1e200", ru="Глобальное обрезание: элементы порядка 1e200")
@hint(
    en="Their squares are infinite. Divide by the largest entry before you square, and multiply the norm by it.",
    ru="Их квадраты бесконечны. Сначала разделите на наибольший элемент, потом умножьте на него норму.",
)
def test_global_of_huge_ones(submission, rng):
    grads, _ = gradient(rng)
    grads = [1e200 * part for part in grads]
    same_arrays(submission.clip_global(grads, 2.0), clip_global(grads, 2.0), "clip_global(...)")


@points("3/4")
@title(en="Local clipping", ru="Локальное обрезание")
@hint(
    en="Each entry by itself: beyond c its size becomes c and its sign stays.",
    ru="Каждый элемент сам по себе: если он по модулю больше c, модуль становится c, а знак остаётся.",
)
def test_local(submission, rng):
    for c in (0.2, 1.0, 50.0):
        grads, _ = gradient(rng)
        grads.append(np.array([c, -c, 0.0]))
        same_arrays(submission.clip_local(grads, c), clip_local(grads, c), "clip_local(...)")


class Twisted:
    """A block (n, m) to (n, m) that is not linear; it computes outside."""

    def __init__(self, rng, m):
        self.net = Perceptron(*random_layers(rng, (m, m + 1, m)))
        self.m = m

    def forward(self, X):
        return self.net.forward(assert_array(X, shape=(None, self.m), what="X given to inner.forward"))

    def backward(self, X, Y, dY):
        """From what inner.forward was given and what it returned, as both are now, and the derivative above."""
        outputs = self.forward(X)
        near(Y, outputs, "what inner.forward has returned and remembers")
        return self.net.backward(assert_array(dY, shape=outputs.shape, what="dY given to inner.backward"))


@points("3/4")
@title(en="Skip connection: forward", ru="Обходной путь: прямой проход")
@hint(en="X + inner(X): X once, and inner applied once.", ru="X + inner(X): X один раз, и inner применяется один раз.")
def test_skip(submission, probe, rng):
    inner = Twisted(rng, 3)
    block = probe.block(submission.Residual, inner.forward, inner.backward)
    for n in (1, 5):
        X = rng.normal(size=(n, 3))
        near(block.forward(X), X + inner.forward(X), "forward(X)")


@points("5/4")
@title(en="Skip connection: backward", ru="Обходной путь: обратный проход")
@hint(
    en="X reaches Y along two ways, whose derivatives add up. inner remembers X and its Y: do not write into them.",
    ru="X попадает в Y двумя путями, и производные по ним складываются. inner помнит X и свой Y: не пишите в них.",
)
def test_skip_backward(submission, probe, rng):
    inner = Twisted(rng, 3)
    block = probe.block(submission.Residual, inner.forward, inner.backward)
    X = rng.normal(size=(5, 3))
    block.forward(X)
    for _ in range(2):
        dY = rng.normal(size=(5, 3))
        near(block.backward(dY), dY + inner.backward(X, inner.forward(X), dY), "backward(dY)")


@points("1/4")
@title(en="Skip connection: inner is called once", ru="Обходной путь: inner вызывается один раз")
@hint(
    en="forward calls inner.forward once and keeps the result; backward calls inner.backward alone.",
    ru="forward вызывает inner.forward один раз и берёт готовый результат; backward вызывает только inner.backward.",
)
def test_calls(submission, probe, rng):
    calls = []

    def forward(X):
        calls.append("forward")
        return 2 * X

    def backward(X, Y, dY):
        calls.append("backward")
        return 2 * dY

    block = probe.block(submission.Residual, forward, backward)
    block.forward(rng.normal(size=(4, 3)))
    block.backward(rng.normal(size=(4, 3)))
    assert calls == ["forward", "backward"], f"forward and backward have called inner's {', '.join(calls)}"


@points("1/4")
@title(en="Skip connections one around the other", ru="Обходной путь вокруг обходного пути")
@hint(
    en="inner is any object with forward and backward: another Residual as well.",
    ru="inner — любой объект с forward и backward, в том числе другой Residual.",
)
def test_nested(submission, probe, rng):
    inner = Twisted(rng, 2)
    block = probe.block(submission.Residual, inner.forward, inner.backward, depth=3)
    X, dY = rng.normal(size=(4, 2)), rng.normal(size=(4, 2))
    near(block.forward(X), 3 * X + inner.forward(X), "forward(X)")
    near(block.backward(dY), 3 * dY + inner.backward(X, inner.forward(X), dY), "backward(dY)")


@points("1/4")
@title(en="Skip connection: an inner block that changes the shape", ru="Обходной путь: блок меняет форму")
@hint(
    en="numpy stretches (n, 1) to (n, m) without a word. Compare the shapes before you add; ValueError names inner.",
    ru="numpy молча растягивает (n, 1) до (n, m). Сравните формы до сложения; ValueError называет inner.",
)
def test_another_shape(submission, probe, rng):
    for shape in ((3, 1), (3, 2)):
        A = rng.normal(size=shape)
        block = probe.block(submission.Residual, lambda X, A=A: X @ A, lambda X, Y, dY, A=A: dY @ A.T)
        assert_refused("inner", block.forward, rng.normal(size=(4, 3)))


@points("1/4")
@title(en="A skip connection past forty layers", ru="Обходной путь мимо сорока слоёв")
@hint(
    en="Through forty layers the gradient vanishes; past them it arrives whole. The inner network keeps its gradients.",
    ru="В сорока слоях градиент затухает, а в обход доходит целым. Свои градиенты остаются у сети внутри.",
)
@together("Residual", "Perceptron", because="the block is used around the network that stands")
def test_past_forty_layers(submission, rng):
    weights, biases = random_layers(rng, (3, *[3] * 40))
    weights = [0.1 * weight for weight in weights]
    net = submission.Perceptron(weights, biases)
    block, expected = submission.Residual(net), Residual(Perceptron(weights, biases))
    X, dY = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    near(block.forward(X), expected.forward(X), "forward(X)")
    near(block.backward(dY), expected.backward(dY), "backward(dY)")
    assert_close(block.backward(dY), dY, atol=1e-9, what="backward(dY) of layers whose gradient vanishes")
    same_arrays(net.bias_gradients, expected.inner.bias_gradients, "bias_gradients of the network inside")
