"""The hidden suite of L09.internal: C-index, gamma, S_Dbw."""

import numpy as np
import pytest

from grader.testing import hint, limit, points, title
from reference.clustering.internal.density import s_dbw
from reference.clustering.internal.pairs import c_index, gamma

from .shared import (
    ALL_EQUAL,
    ONE_EACH,
    TWINS,
    agree,
    agree_however_told,
    each,
    mixed,
    sample,
    samples,
    undefined,
    whole,
)

UNDEFINED = {
    "c_index": (ONE_EACH, (np.eye(3), np.array([0, 0, 1])), ALL_EQUAL),
    "gamma": (ONE_EACH,),
    "s_dbw": (ALL_EQUAL,),
}


@points(2)
@title(en="The C-index", ru="C-индекс")
@hint(
    en="S_min and S_max are sums of n_w distances out of all, inner and outer; each pair counts once.",
    ru="S_min и S_max — суммы n_w расстояний из всех, внутренних и внешних; каждая пара — один раз.",
)
def test_c_index(submission, rng):
    agree(submission.c_index, c_index, [*samples(rng), mixed(rng), TWINS, whole(rng)])


@points(2)
@title(en="The gamma index", ru="Индекс γ")
@hint(
    en="Count the (inner, outer) with the outer distance below the inner one; divide by n_w times the outer pairs.",
    ru="Считаются (внутренняя, внешняя), где внешнее расстояние меньше внутреннего; делите на n_w и число внешних пар.",
)
def test_gamma(submission, rng):
    agree(submission.gamma, gamma, samples(rng))


@title(en="Gamma: equal distances", ru="Индекс γ: равные расстояния")
@hint(en="Equal distances are not discordant.", ru="Равные расстояния не нарушают порядка.")
def test_gamma_ties(submission, rng):
    line = np.arange(12.0)[:, None]
    for _ in range(3):
        agree(submission.gamma, gamma, [(line, rng.permutation(np.arange(12) % 3)), mixed(rng), whole(rng)])


@limit(seconds=3)
@title(en="Gamma of 300 objects", ru="Индекс γ для 300 объектов")
@hint(
    en="There are hundreds of millions of choices of two pairs: sort one list of distances, then search in it.",
    ru="Способов взять две пары — сотни миллионов: отсортируйте один список расстояний и ищите в нём.",
)
def test_gamma_of_many(submission, rng):
    agree(submission.gamma, gamma, [sample(rng, 300, 2, 4)])


@points(3)
@title(en="S_Dbw", ru="S_Dbw")
@hint(
    en="Variances (over n_k), not deviations; the radius is sqrt(sum of norms) / K; in the middle both clusters count.",
    ru="Дисперсии (делить на n_k), не отклонения; радиус — корень из суммы норм, делённый на K; в середине — оба.",
)
def test_s_dbw(submission, rng):
    agree(submission.s_dbw, s_dbw, [*samples(rng), mixed(rng), whole(rng), ONE_EACH, TWINS, sample(rng, 200, 2, 5)])


@title(en="S_Dbw: nobody near the centroids, the border of a ball", ru="S_Dbw: никого у центроидов, граница шара")
@hint(
    en="Where neither centroid has an object near, divide by 1; an object exactly on the border is near.",
    ru="Если ни у одного центроида никого нет, делите на 1; объект ровно на границе — рядом.",
)
def test_s_dbw_empty(submission, rng):
    angles = 2 * np.pi * np.arange(24) / 24
    ring = 5 * np.column_stack([np.cos(angles), np.sin(angles)])
    for gap in (5.0, 40.0):  # some near the middle, nobody near the middle
        agree(submission.s_dbw, s_dbw, [(np.vstack([ring, ring + np.array([gap, 0.0])]), np.repeat([0, 1], 24))])
    on_borders = np.array([[-1.0], [1.0], [7.0], [3.0], [3.0], [3.0]])  # variances 1 and 3: the radius is 1
    agree(submission.s_dbw, s_dbw, [(on_borders + rng.integers(-9, 10), np.array([0, 0, 1, 1, 1, 1]))])


@points("1/2")
@title(en="S_Dbw: the border of the ball in the middle", ru="S_Dbw: граница шара посередине")
@hint(
    en="This ball is closed, too, and objects of both clusters count; max(q_k, q_l) is not their sum.",
    ru="Этот шар тоже замкнут, и считаются объекты обоих кластеров; max(q_k, q_l) — не сумма.",
)
def test_s_dbw_middle(submission, rng):
    scale, shift = 2.0 ** rng.integers(-3, 4), float(rng.integers(-9, 10))
    for line in ([-1.0, 1.0, 3.0, 1.0, 5.0, 3.0], [0.0, 0.0, 2.0, 2.0, 4.0, 4.0]):
        X = scale * np.array(line)[:, None] + shift
        agree(submission.s_dbw, s_dbw, [(X, np.array([0, 0, 0, 1, 1, 1])), (X, np.array([0, 0, 0, 1, 1, 2]))])


@points("1/3")
@pytest.mark.parametrize("index", each((c_index, gamma, s_dbw), "zero denominators", "нулевые знаменатели"))
@hint(
    en="No inner pair; all distances equal; all objects equal. ValueError with labels in its text.",
    ru="Нет внутренних пар; все расстояния равны; все объекты равны. ValueError со словом labels.",
)
def test_pairs_undefined(submission, index):
    undefined(getattr(submission, index.__name__), *UNDEFINED[index.__name__])


@points("1/3")
@pytest.mark.parametrize(
    "index",
    each((c_index, gamma, s_dbw), "another order, names, origin, unit", "другие порядок, имена, начало, единица"),
)
@hint(
    en="Labels are any integers; subtract before you square; add no small number to a denominator.",
    ru="Метки — любые целые; сначала вычитайте, потом в квадрат; не прибавляйте к знаменателю малых чисел.",
)
def test_pairs_however_told(submission, rng, index):
    agree_however_told(getattr(submission, index.__name__), index, rng)
