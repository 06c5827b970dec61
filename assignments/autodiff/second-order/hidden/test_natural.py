"""The hidden suite of second-order methods: natural gradient."""

import numpy as np

from grader.testing import assert_close, assert_equal, counted, depends, hint, title
from grader.testing.inputs import orthogonal
from reference.autodiff.second_order.natural import fisher_matrix, natural_descent, natural_step


def split(size, rng):
    """A random partition in three blocks, not in order."""
    order = [int(i) for i in rng.permutation(size)]
    return [order[:1], order[1:3], order[3:]]


@title(en="The Fisher matrix", ru="Матрица Фишера")
@hint(
    en="A covariance: the mean is subtracted, and the sum divided by n. Between blocks there are zeros.",
    ru="Это ковариация: среднее вычитается, сумма делится на n. Между блоками стоят нули.",
)
def test_fisher(submission, rng):
    for count, size in ((1, 2), (2, 1), (7, 4), (3, 6)):
        G = rng.normal(size=(count, size)) + rng.normal(size=size)
        found = submission.fisher_matrix(G)
        assert_close(found, fisher_matrix(G), rtol=1e-9, atol=1e-12, what="F")
    for _ in range(3):
        G, blocks = rng.normal(size=(8, 6)) + 1, split(6, rng)
        found = submission.fisher_matrix(G, blocks)
        assert_close(found, fisher_matrix(G, blocks), rtol=1e-9, atol=1e-12, what=f"F of the blocks {blocks}")


@title(en="A natural step", ru="Шаг по естественному градиенту")
@hint(
    en="Damping is added on the diagonal; g is what is multiplied, G only makes F.",
    ru="Демпфирование добавляется на диагональ; умножается g, а G нужна только для F.",
)
def test_natural_step(submission, rng):
    for count, size in ((12, 4), (1, 3), (3, 5), (20, 1)):
        G, g = rng.normal(size=(count, size)) + 0.5, rng.normal(size=size)
        for damping in (0.05, 2.0):
            mu = float(rng.uniform(0.1, 2.0))
            found = submission.natural_step(G, g, mu, damping)
            assert_close(found, natural_step(G, g, mu, damping), rtol=1e-8, atol=1e-10, what="step")


@depends("test_natural_step")
@title(en="The step does not depend on the units", ru="Шаг не зависит от единиц измерения")
@hint(
    en="Without damping, a linear change of parameters changes the step in the same way.",
    ru="Без демпфирования линейная замена параметров так же меняет и шаг.",
)
def test_invariance(submission, rng):
    G, g = rng.normal(size=(30, 3)), rng.normal(size=3)
    basis = orthogonal(rng, 3)
    A = basis * rng.uniform(0.5, 4.0, size=3)
    plain = natural_step(G, g, 1.0, 0.0)
    assert_close(submission.natural_step(G, g, 1.0, 0.0), plain, rtol=1e-8, atol=1e-10, what="step without damping")
    changed = submission.natural_step(G @ A, g @ A, 1.0, 0.0)
    assert_close(changed, np.linalg.solve(A, plain), rtol=1e-7, atol=1e-9, what="step in other units")


@title(en="A natural step by blocks", ru="Шаг по блокам")
@hint(
    en="Each block is solved on its own; indices need be neither in order nor side by side.",
    ru="Каждый блок решается отдельно; индексы не обязаны идти подряд и по порядку.",
)
def test_natural_blocks(submission, rng):
    for _ in range(4):
        G, g, blocks = rng.normal(size=(9, 6)) + 1, rng.normal(size=6), split(6, rng)
        expected = natural_step(G, g, 0.7, 0.1, blocks)
        assert_close(submission.natural_step(G, g, 0.7, 0.1, blocks), expected, rtol=1e-8, atol=1e-10, what="step")


@depends("test_natural_blocks")
@title(en="Blocks make large models possible", ru="Блоки делают возможными большие модели")
@hint(
    en="A full matrix of 200,000 parameters takes 320 GB; make each block's matrix only.",
    ru="Полная матрица для 200 000 параметров занимает 320 ГБ; стройте только матрицы блоков.",
)
def test_natural_large(submission, rng):
    G, g = rng.normal(size=(3, 200_000)), rng.normal(size=200_000)
    blocks = list(rng.permutation(200_000).reshape(4000, 50))
    found = submission.natural_step(G, g, 1.0, 0.5, blocks)
    assert_close(found, natural_step(G, g, 1.0, 0.5, blocks), rtol=1e-8, atol=1e-9, what="step")


@title(en="Natural gradient descent", ru="Спуск по естественному градиенту")
@hint(
    en="One call of per_object a step, always at the newest w; the step goes against the mean of its rows.",
    ru="Один вызов per_object на шаг, всегда в новой точке; шаг делается против среднего её строк.",
)
def test_natural_descent(submission, rng):
    x = rng.normal(3.0, 2.0, size=40)

    def inner(w):
        """Gradients of minus the log density of a Gaussian, by its mean and its deviation."""
        return np.stack([-(x - w[0]) / w[1] ** 2, 1 / w[1] - (x - w[0]) ** 2 / w[1] ** 3], axis=1)

    start = np.array([float(rng.uniform(1, 2)), float(rng.uniform(2, 3))])
    for blocks in (None, [[1], [0]]):
        per_object = counted(inner, budget=8)
        found = submission.natural_descent(per_object, start, 0.5, 0.05, 8, blocks)
        assert_close(found, natural_descent(inner, start, 0.5, 0.05, 8, blocks), rtol=1e-7, what="w after 8 steps")
        assert_equal(per_object.count, 8, what="calls of per_object")
