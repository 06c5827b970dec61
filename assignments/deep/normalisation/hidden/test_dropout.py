"""The hidden suite of dropout: masks, the two kernels, the layer."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_count, assert_equal, hint, points, title
from grader.testing.inputs import fresh
from reference.deep.normalisation.dropout import dropout, dropout_grad


def a_mask(rng, shape, p):
    """A mask that the suite has drawn itself."""
    return rng.random(shape) >= p


def same(found, expected, what):
    assert_close(found, expected, rtol=1e-9, atol=1e-12, what=what)


@title(en="The law of the masks", ru="Распределение масок")
@hint(
    en="p is the probability of False, and True means kept. Every entry is drawn by itself: neither whole rows nor an "
    "exact number of entries are dropped.",
    ru="p — вероятность False, а True означает «оставлен». Каждый элемент разыгрывается отдельно: не строка целиком и "
    "не заранее заданное число элементов.",
)
def test_mask(submission, probe, rng):
    for p in (0.2, 0.7):
        mask = assert_array(submission.draw_mask((60, 50), p, fresh(rng)), shape=(60, 50), kind="bool", what="mask")
        assert_count(mask.sum(), 3000, 1 - p, f"entries kept with p = {p}")
        for pairs in (mask[::2] & mask[1::2], mask[:, ::2] & mask[:, 1::2]):
            assert_count(pairs.sum(), 1500, (1 - p) ** 2, f"pairs of neighbours that are both kept with p = {p}")
    small = probe.draws(submission.draw_mask, ((2, 2), 0.4), fresh(rng), 600)
    masks = [assert_array(mask, shape=(2, 2), kind="bool", what="mask") for mask in small]
    assert_count(sum(mask.all() for mask in masks), 600, 0.6**4, "masks (2, 2) with p = 0.4 that keep everything")


@points("1/2")
@title(en="Masks come from rng", ru="Маски берутся из rng")
@hint(
    en="Draw from the generator given, and from nothing else: no seed of your own, no np.random.rand.",
    ru="Берите случайные числа из данного генератора и больше ниоткуда: ни своего seed, ни np.random.rand.",
)
def test_mask_generator(submission, probe, rng):
    seed = int(rng.integers(1 << 40))
    one, two = probe.draws(submission.draw_mask, ((8, 8), 0.5), np.random.default_rng(seed), 2)
    again, _ = probe.draws(submission.draw_mask, ((8, 8), 0.5), np.random.default_rng(seed), 2)
    for mask in (one, two):
        assert_array(mask, shape=(8, 8), kind="bool", what="mask")
    assert_equal(again, one, what="the mask from an equal generator")
    assert (one != two).any(), "the next mask from the same generator is equal"
    other = submission.draw_mask((8, 8), 0.5, fresh(rng))
    assert_array(other, shape=(8, 8), kind="bool", what="mask")
    assert (one != other).any(), "the mask from another generator is equal"
    used = probe.global_generators_used(submission.draw_mask, ((8, 8), 0.5), fresh(rng))
    assert used is False, "a global generator was used"


@points("1/2")
@title(en="Masks of other shapes, and p = 0", ru="Маски других форм и p = 0")
@hint(
    en="shape is a tuple of any length; with p = 0 everything is kept, and that is True.",
    ru="shape — кортеж любой длины; при p = 0 остаётся всё, то есть везде True.",
)
def test_mask_shapes(submission, rng):
    for shape in ((7,), (1, 1), (2, 3, 4, 5)):
        assert_array(submission.draw_mask(shape, 0.5, fresh(rng)), shape=shape, kind="bool", what="mask")
        assert_equal(submission.draw_mask(shape, 0.0, fresh(rng)), np.ones(shape, dtype=bool), what="mask with p = 0")


@points("1/2")
@title(en="dropout with a mask given", ru="dropout с заданной маской")
@hint(
    en="What is kept is divided by the probability of being kept, so that the mean over the masks is x.",
    ru="Оставленное делится на вероятность остаться, чтобы среднее по маскам было равно x.",
)
def test_dropout(submission, rng):
    for shape, p in (((6, 5), 0.5), ((9,), 0.2), ((2, 3, 4), 0.85), ((3, 3), 0.0)):
        x, mask = rng.normal(size=shape), a_mask(rng, shape, p)
        same(submission.dropout(x, mask, p), dropout(x, mask, p), "dropout")


@points("1/2")
@title(en="The gradient of dropout", ru="Градиент dropout")
@hint(
    en="y = c x where kept, with a number c: by the chain rule the gradient is multiplied by the same c.",
    ru="У оставленных y = c x с числом c: по правилу цепочки градиент умножается на то же c.",
)
def test_dropout_grad(submission, rng):
    for shape, p in (((6, 5), 0.5), ((9,), 0.2), ((2, 3, 4), 0.85), ((3, 3), 0.0)):
        dY, mask = rng.normal(size=shape), a_mask(rng, shape, p)
        same(submission.dropout_grad(dY, mask, p), dropout_grad(dY, mask, p), "dropout_grad")


@title(en="The layer in training", ru="Слой при обучении")
@hint(
    en="Each forward pass draws a new mask of the shape of x, every entry by itself; what is kept is x / (1 - p).",
    ru="Каждый прямой проход берёт новую маску формы x, каждый элемент отдельно; оставленное равно x / (1 - p).",
)
def test_layer_in_training(submission, probe, rng):
    x = 1 + rng.random((40, 30))
    for p in (0.25, 0.6):
        outputs, _ = probe.forwards(submission.Dropout(p), x, fresh(rng), 2, True)
        first, second = (assert_array(y, shape=x.shape, kind="float", what="outputs") for y in outputs)
        for y in (first, second):
            same(y, dropout(x, y != 0, p), "outputs")
            assert_count((y != 0).sum(), y.size, 1 - p, f"outputs kept with p = {p}")
            for one, other in ((y[::2], y[1::2]), (y[:, ::2], y[:, 1::2])):
                pairs = ((one != 0) & (other != 0)).sum()
                assert_count(pairs, one.size, (1 - p) ** 2, f"pairs of neighbours that are both kept with p = {p}")
        both = ((first != 0) & (second != 0)).sum()
        assert_count(both, x.size, (1 - p) ** 2, "outputs kept in two passes one after the other")


@title(en="The layer backwards", ru="Обратный проход слоя")
@hint(
    en="Keep the mask of the last forward pass, and the factor: the mask can neither be drawn again nor be read from "
    "the outputs, since an output may be 0 because x was.",
    ru="Сохраните маску последнего прямого прохода и не забудьте множитель: маску нельзя ни разыграть заново, ни "
    "угадать по выходам — выход бывает нулём и потому, что нулём был x.",
)
def test_layer_backward(submission, rng):
    p, seed = 0.4, int(rng.integers(1 << 40))
    layer, ones = submission.Dropout(p), np.ones((12, 10))
    plain = layer.forward(ones, np.random.default_rng(seed))
    kept = assert_array(plain, shape=ones.shape, kind="real", what="outputs") != 0
    assert kept.any() and not kept.all(), "either everything is kept, or nothing"  # noqa: PT018
    layer.forward(ones, fresh(rng))
    x = rng.normal(size=ones.shape) * (rng.random(ones.shape) < 0.5)
    same(layer.forward(x, np.random.default_rng(seed)), dropout(x, kept, p), "outputs, with the mask drawn for ones")
    for _ in range(2):
        dY = rng.normal(size=ones.shape)
        same(layer.backward(dY), dropout_grad(dY, kept, p), "the gradient by x")


@points("1/2")
@title(en="The layer in prediction", ru="Слой при предсказании")
@hint(
    en="With train=False the outputs are x itself, without a scale, and nothing is drawn; rng may be None then.",
    ru="При train=False выход — сам x без множителя, и случайных чисел слой не берёт; rng тогда может быть None.",
)
def test_layer_in_prediction(submission, probe, rng):
    layer, x, seed = submission.Dropout(0.4), rng.normal(size=(5, 4)), int(rng.integers(1 << 40))
    layer.forward(x, fresh(rng))
    outputs, following = probe.forwards(layer, x, np.random.default_rng(seed), 2, False)
    assert_equal(outputs, [x, x], what="outputs with train=False")
    assert_equal(following, float(np.random.default_rng(seed).random()), what="the next number of rng")
    assert_equal(layer.forward(x, None, train=False), x, what="outputs with train=False and no generator")


@points("1/2")
@title(en="The layer backwards after a prediction", ru="Обратный проход слоя после предсказания")
@hint(
    en="backward belongs to the last forward pass: where that dropped nothing, dY comes back as it is.",
    ru="backward относится к последнему прямому проходу: если тот ничего не обнулял, dY возвращается как есть.",
)
def test_layer_backward_after_prediction(submission, rng):
    layer, x, dY = submission.Dropout(0.5), rng.normal(size=(6, 5)), rng.normal(size=(3, 5))
    layer.forward(x, fresh(rng))
    layer.forward(x[:3], fresh(rng), train=False)
    assert_equal(layer.backward(dY), dY, what="the gradient by x")
