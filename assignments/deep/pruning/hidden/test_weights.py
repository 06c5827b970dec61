"""The hidden suite of pruned weights."""

import torch

from grader.testing import assert_equal, hint, points, title
from grader.testing.inputs import positive_definite, randn
from reference.deep.pruning.weights import prune, saliency

from .shared import same


def hessian(rng, size, condition):
    return torch.from_numpy(positive_definite(rng, size, condition))


@title(en="Saliency with a Hessian", ru="Полезность весов по гессиану")
@hint(
    en="Below stands the i-th number on the diagonal of the inverse of H, not the inverse of one on its diagonal.",
    ru="В знаменателе — i-й элемент диагонали обратной матрицы; это не то же, что обратный к элементу диагонали.",
)
def test_saliency(submission, rng, torch_rng):
    for size in (3, 8):
        a, H = randn(torch_rng, size), hessian(rng, size, 20.0)
        same(submission.saliency(a, H), saliency(a, H), "saliency")


@points("1/2")
@title(en="Saliency without a Hessian", ru="Полезность весов без гессиана")
@hint(en="Without H it is the absolute value.", ru="Без H это абсолютная величина.")
def test_magnitude(submission, torch_rng):
    a = randn(torch_rng, 7)
    for found in (submission.saliency(a), submission.saliency(a, None)):
        same(found, a.abs(), "saliency without H")


@points("1/2")
@title(
    en="Saliency: one weight, a weight of 0, an uneven Hessian",
    ru="Полезность: один вес, нулевой вес, неравномерный гессиан",
)
@hint(
    en="The shape stays (p,); a weight of 0 costs nothing; nothing is added to H to make its inverse tame.",
    ru="Форма остаётся (p,); нулевой вес ничего не стоит; к H ничего не прибавляют ради удобства обращения.",
)
def test_saliency_at_the_edges(submission, rng, torch_rng):
    for size, condition in ((1, 1.0), (5, 1e5)):
        a, H = randn(torch_rng, size), 1e-3 * hessian(rng, size, condition)
        same(submission.saliency(a, H), saliency(a, H), "saliency", rtol=1e-6, atol=0)
    a, H = randn(torch_rng, 4), hessian(rng, 4, 10.0)
    a[2] = 0.0
    same(submission.saliency(a, H), saliency(a, H), "saliency")


def same_pruning(found, expected):
    assert_equal(found, expected, what="(weights, kept)")


@title(en="The least weights go", ru="Удаляются наименее полезные веса")
@hint(
    en="The smallest scores go, whatever the weights are; what is kept stays unchanged, and kept is True there.",
    ru="Удаляются веса с наименьшими оценками, каковы бы ни были сами веса; остальные не меняются, в kept у них True.",
)
def test_prune(submission, torch_rng):
    for size, count in ((6, 2), (15, 11)):
        a, scores = randn(torch_rng, size), randn(torch_rng, size)
        same_pruning(submission.prune(a, scores, count), prune(a, scores, count))


@points("1/2")
@title(en="Equal scores", ru="Равные оценки")
@hint(
    en="Of equal scores the lower index goes first: the sort has to be stable, and no threshold will do.",
    ru="При равных оценках раньше удаляется меньший номер: нужна устойчивая сортировка, а порог не годится.",
)
def test_prune_ties(submission, torch_rng):
    a = 1 + randn(torch_rng, 60).abs()
    scores = torch.randint(3, (60,), generator=torch_rng).double()
    for count in (7, 30, 52):
        same_pruning(submission.prune(a, scores, count), prune(a, scores, count))


@points("1/2")
@title(en="No weight goes, all go", ru="Не удаляется ни один вес, удаляются все")
@hint(
    en="count goes from 0 to p; x[-count:] is everything when count is 0.",
    ru="count — от 0 до p; x[-count:] при count = 0 — это весь массив.",
)
def test_prune_none_and_all(submission, torch_rng):
    a, scores = randn(torch_rng, 5), randn(torch_rng, 5)
    for count in (0, 5):
        same_pruning(submission.prune(a, scores, count), prune(a, scores, count))
    same_pruning(submission.prune(a[:1], scores[:1], 1), prune(a[:1], scores[:1], 1))
