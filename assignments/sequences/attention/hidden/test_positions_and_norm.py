"""The hidden suite of positions and of layer normalisation."""

import torch

from grader.testing import assert_close, each, hint, points, title
from grader.testing.inputs import randn
from reference.sequences.attention.layernorm import layer_norm, layer_norm_grad
from reference.sequences.attention.positional import positional


@title(en="positional: sines and cosines by turns", ru="positional: синусы и косинусы попеременно")
@hint(
    en="Columns 2k and 2k + 1 share the angle i * 10000 ** (-2k / d), with the same k; the first row is position 0.",
    ru="У столбцов 2k и 2k + 1 общий угол i * 10000 ** (-2k / d) с одним и тем же k; первая строка — позиция 0.",
)
def test_positional(submission):
    for n, d in ((10, 8), (30, 6), (5, 32), (1, 4)):
        assert_close(submission.positional(n, d), positional(n, d), atol=1e-4, what=f"positional({n}, {d})")


@points("1/2")
@title(en="positional: odd lengths", ru="positional: нечётная длина")
@hint(
    en="For an odd d there is a sine more than cosines, and d itself stays in the exponent.",
    ru="При нечётном d синусов на один больше, чем косинусов, а в показателе остаётся само d.",
)
def test_positional_odd(submission):
    for n, d in ((9, 5), (4, 1), (1, 7), (12, 3)):
        assert_close(submission.positional(n, d), positional(n, d), atol=1e-4, what=f"positional({n}, {d})")


@points("1/2")
@title(en="positional: far positions", ru="positional: далёкие позиции")
@hint(
    en="Angles of thousands need double precision, from the first number on.",
    ru="Для углов в тысячи нужна двойная точность — с самого первого числа.",
)
def test_positional_far(submission):
    assert_close(submission.positional(3000, 4), positional(3000, 4), atol=1e-9, what="positional(3000, 4)")


def vectors(torch_rng, *shape):
    """Vectors of other means and deviations, and a gamma and a beta."""
    axes = (*shape[:-1], 1)
    x = randn(torch_rng, *axes) + (0.5 + randn(torch_rng, *axes).abs()) * randn(torch_rng, *shape)
    return x, randn(torch_rng, shape[-1]), randn(torch_rng, shape[-1])


@title(en="layer_norm: vectors of a batch", ru="layer_norm: векторы пакета")
@hint(
    en="Mean and variance are those of a vector, over the last axis; the variance is divided by d. eps stands within "
    "the root.",
    ru="Среднее и дисперсия — у каждого вектора свои, по последней оси; дисперсия делится на d. eps стоит под корнем.",
)
def test_layer_norm(submission, torch_rng):
    for shape, eps in (((4, 6), 1e-5), ((2, 3, 5), 0.5), ((3, 2), 0.1)):
        arguments = *vectors(torch_rng, *shape), eps
        found = submission.layer_norm(*arguments)
        assert_close(found, layer_norm(*arguments), rtol=1e-8, atol=1e-9, what="the normalised vectors")


@points("1/2")
@title(
    en="layer_norm: one vector, one entry, equal entries, many axes",
    ru="layer_norm: один вектор, одна компонента, равные компоненты, много осей",
)
@hint(
    en="Any number of axes may stand in front, none too. A vector of equal entries becomes beta. eps is 1e-5 unless "
    "given.",
    ru="Впереди может быть любое число осей или ни одной. Вектор из равных компонент переходит в beta. По умолчанию "
    "eps = 1e-5.",
)
def test_layer_norm_edges(submission, torch_rng):
    for shape in ((5,), (3, 1), (2, 1, 2, 2, 3)):
        arguments = vectors(torch_rng, *shape)
        found = submission.layer_norm(*arguments)
        assert_close(found, layer_norm(*arguments), rtol=1e-8, atol=1e-9, what="the normalised vectors")
    _, gamma, beta = vectors(torch_rng, 4)
    for x in (torch.full((2, 4), 3.0, dtype=torch.float64), 1e-3 * randn(torch_rng, 2, 4)):
        found = submission.layer_norm(x, gamma, beta)
        assert_close(found, layer_norm(x, gamma, beta), rtol=1e-8, atol=1e-9, what="the normalised vectors")


@points("1/2")
@title(en="layer_norm: entries around a million", ru="layer_norm: компоненты около миллиона")
@hint(
    en="The difference of mean square and squared mean loses all digits there; subtract the mean first.",
    ru="Разность среднего квадрата и квадрата среднего теряет здесь все знаки; сначала вычтите среднее.",
)
def test_layer_norm_offset(submission, torch_rng):
    x, gamma, beta = vectors(torch_rng, 5, 8)
    found = submission.layer_norm(x + 1e6, gamma, beta)
    assert_close(found, layer_norm(x + 1e6, gamma, beta), rtol=1e-5, atol=1e-5, what="the normalised vectors")


def check_gradient(submission, probe, torch_rng, place, name):
    for shape, size, eps in (((4, 5), 1.0, 0.1), ((5,), 1.0, 0.3), ((2, 3, 4), 1.0, 0.5), ((4, 3), 1e-2, None)):
        x, gamma, _ = vectors(torch_rng, *shape)
        x, dy = size * x, randn(torch_rng, *shape)
        given = () if eps is None else (eps,)
        found = probe.without_autograd(submission.layer_norm_grad, x, gamma, dy, *given)
        assert type(found) in (tuple, list), "expected (dx, dgamma, dbeta)"
        assert len(found) == 3, "expected (dx, dgamma, dbeta)"
        expected = layer_norm_grad(x, gamma, dy, *given)
        assert_close(found[place], expected[place], rtol=1e-7, atol=1e-8, what=name)


@title(en="layer_norm_grad: dx", ru="layer_norm_grad: dx")
@hint(
    en="x acts by itself, by the mean and by the variance: three terms. Each is about one vector, and gamma comes in "
    "before the means are taken.",
    ru="x действует напрямую, через среднее и через дисперсию: три слагаемых. Всё считается внутри одного вектора, а "
    "gamma учитывается до усреднения.",
)
def test_dx(submission, probe, torch_rng):
    check_gradient(submission, probe, torch_rng, 0, "dx")


@each(("dgamma", "dbeta"), worth="1/2", en="layer_norm_grad: {name}", ru="layer_norm_grad: {name}")
@hint(
    en="gamma and beta are shared by all vectors: their gradients are sums over all axes but the last.",
    ru="gamma и beta общие для всех векторов: их градиенты — суммы по всем осям, кроме последней.",
)
def test_other_gradients(submission, probe, torch_rng, name):
    check_gradient(submission, probe, torch_rng, ("dx", "dgamma", "dbeta").index(name), name)
