"""The hidden suite of L09.internal: C-index, gamma, S_Dbw."""

import numpy as np

from grader.testing import hint, points, title
from reference.clustering.internal.density import s_dbw
from reference.clustering.internal.pairs import c_index, gamma

from .shared import ALL_EQUAL, ONE_EACH, TWINS, agree, agree_however_told, mixed, sample, samples, undefined


@points(2)
@title(en="The C-index", ru="C-индекс")
@hint(
    en="S_min and S_max are sums of n_w distances out of all, inner and outer; each pair counts once.",
    ru="S_min и S_max — суммы n_w расстояний из всех, внутренних и внешних; каждая пара — один раз.",
)
def test_c_index(submission, rng):
    agree(submission.c_index, c_index, [*samples(rng), mixed(rng), TWINS])


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
        agree(submission.gamma, gamma, [(line, rng.permutation(np.arange(12) % 3)), mixed(rng)])


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
    agree(submission.s_dbw, s_dbw, [*samples(rng), mixed(rng), ONE_EACH, TWINS, sample(rng, 200, 2, 5)])


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


@title(en="C-index, gamma, S_Dbw: zero denominators", ru="C-индекс, γ, S_Dbw: нулевые знаменатели")
@hint(
    en="No inner pair; all distances equal; all objects equal. ValueError with labels in its text.",
    ru="Нет внутренних пар; все расстояния равны; все объекты равны. ValueError со словом labels.",
)
def test_pairs_undefined(submission):
    undefined(submission, ["c_index", "gamma"], ONE_EACH)
    undefined(submission, ["c_index"], (np.eye(3), np.array([0, 0, 1])))
    undefined(submission, ["c_index", "s_dbw"], ALL_EQUAL)


@title(
    en="C-index, gamma, S_Dbw: another order, names, origin, unit",
    ru="C-индекс, γ, S_Dbw: другие порядок, имена, начало, единица",
)
@hint(
    en="Labels are any integers; subtract before you square; add no small number to a denominator.",
    ru="Метки — любые целые; сначала вычитайте, потом в квадрат; не прибавляйте к знаменателю малых чисел.",
)
def test_pairs_however_told(submission, rng):
    agree_however_told(submission, (c_index, gamma, s_dbw), rng)
