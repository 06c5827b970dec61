"""The hidden suite of L09.internal: scatter within clusters and between them, silhouettes."""

import numpy as np
import pytest

from grader.testing import assert_close, hint, points, title
from grader.testing.inputs import GRID, TINY
from reference.clustering.centers.silhouette import mean_silhouette
from reference.clustering.internal.scatter import calinski_harabasz, cohesion, score_function, separation

from .shared import ONE_EACH, TWINS, agree, agree_however_told, each, mixed, samples, undefined, whole

FAMILY = (cohesion, separation, calinski_harabasz, score_function, mean_silhouette)


@title(en="Cohesion", ru="Компактность")
@hint(
    en="Squared distances to the centroid of the own cluster, summed over all objects, not averaged.",
    ru="Квадраты расстояний до центроида своего кластера; сумма по всем объектам, а не среднее.",
)
def test_cohesion(submission, rng):
    agree(submission.cohesion, cohesion, [*samples(rng), mixed(rng), whole(rng)])


@title(en="Separation", ru="Отделимость")
@hint(
    en="Each centroid counts as often as its cluster has objects; the mean is that of all objects.",
    ru="Каждый центроид берётся столько раз, сколько объектов в кластере; среднее — по всем объектам.",
)
def test_separation(submission, rng):
    agree(submission.separation, separation, [*samples(rng), mixed(rng), whole(rng)])


@points(2)
@title(en="Calinski-Harabasz", ru="Индекс Calinski–Harabasz")
@hint(
    en="Squared distances, as in the original; K - 1 goes with B, n - K with W.",
    ru="Квадраты расстояний, как в исходной статье; K - 1 относится к B, n - K — к W.",
)
def test_calinski_harabasz(submission, rng):
    agree(submission.calinski_harabasz, calinski_harabasz, [*samples(rng), mixed(rng), whole(rng)])


@points(2)
@title(en="The score function", ru="Score function")
@hint(
    en="bcd is divided by n and by K; wcd is a sum of the clusters' means; distances are not squared.",
    ru="bcd делится и на n, и на K; wcd — сумма средних по кластерам; расстояния не в квадрате.",
)
def test_score_function(submission, rng):
    inputs = [*samples(rng), mixed(rng), whole(rng)]
    agree(submission.score_function, score_function, [*inputs, *((0.2 * X, labels) for X, labels in inputs)])


@title(en="The score function of clusters far apart", ru="Score function далёких кластеров")
@hint(
    en="exp(exp(800)) is beyond any float, and yet the answer is 1: compute exp(-exp(...)), and bound its argument.",
    ru="exp(exp(800)) больше любого float, а ответ равен 1: вычисляйте exp(-exp(...)) и ограничьте показатель.",
)
def test_score_function_far(submission, rng):
    labels, mingled = np.arange(20) % 2, np.arange(20) // 2 % 2
    X = rng.normal(size=(20, 2)) + 1e5 * labels[:, None]
    assert_close(submission.score_function(X, labels), 1.0, atol=1e-12, what="index of clusters far apart")
    assert_close(submission.score_function(X, mingled), 0.0, atol=1e-12, what="index of mingled clusters")


@points(3)
@title(en="The mean silhouette", ru="Средний силуэт")
@hint(
    en="a: other objects of the own cluster; b: the nearest of the other clusters; alone or a = b = 0: 0.",
    ru="a — другие объекты своего кластера; b — ближайший из чужих кластеров; одиночка или a = b = 0: 0.",
)
def test_silhouette(submission, rng):
    pairs = (0.1 * rng.normal(size=(8, 2)), rng.permutation(np.arange(8) % 4))
    inputs = [*samples(rng), mixed(rng), whole(rng), pairs, ONE_EACH, (np.ones((4, 1)), np.array([0, 0, 1, 1]))]
    agree(submission.silhouette, mean_silhouette, inputs)


@points("1/5")
@pytest.mark.parametrize(
    "index", each(FAMILY, "another order, names, origin, unit", "другие порядок, имена, начало, единица")
)
@hint(
    en="Labels are any integers; subtract before you square; add no small number to a denominator.",
    ru="Метки — любые целые; сначала вычитайте, потом в квадрат; не прибавляйте к знаменателю малых чисел.",
)
def test_scatter_however_told(submission, rng, index):
    function = getattr(submission, index.__name__.removeprefix("mean_"))
    agree_however_told(function, index, rng, unit=1 / GRID if index is score_function else TINY)


@title(en="Calinski-Harabasz is not defined without scatter", ru="Calinski–Harabasz не определён без разброса")
@hint(
    en="W is zero: every cluster is one object or some equal ones. ValueError with labels in its text.",
    ru="W равно нулю: в каждом кластере один объект или одинаковые. ValueError со словом labels.",
)
def test_calinski_harabasz_undefined(submission):
    undefined(submission.calinski_harabasz, ONE_EACH, TWINS)
