"""The hidden suite of L09.internal: spread against the distances to neighbours. DB, DB*, COP, CS, SV, OS."""

import numpy as np
import pytest

from grader.testing import hint, points, title
from reference.clustering.internal.compactness import cop, cs
from reference.clustering.internal.davies_bouldin import davies_bouldin, davies_bouldin_star
from reference.clustering.internal.overlap import os_index, sv

from .shared import (
    CONCENTRIC,
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

FAMILY = (davies_bouldin, davies_bouldin_star, cop, cs, sv, os_index)
TWO_OF_THREE = (np.array([[-1.0], [1.0], [-2.0], [2.0], [50.0], [52.0]]), np.array([0, 0, 1, 1, 2, 2]))
OUTSIDE = np.array([[1.0], [1.0], [1.0], [7.0]])
UNDEFINED = {
    "davies_bouldin": (CONCENTRIC, TWO_OF_THREE),
    "davies_bouldin_star": (CONCENTRIC, TWO_OF_THREE),
    "cop": ((OUTSIDE, np.array([0, 0, 1, 1])),),
    "cs": (CONCENTRIC,),
    "sv": (ONE_EACH, TWINS),
    "os_index": (CONCENTRIC, (OUTSIDE, np.array([0, 1, 1, 1]))),
}


@points(2)
@title(en="Davies-Bouldin", ru="Индекс Дэвиса–Болдина")
@hint(
    en="S_k is a mean of distances, not of squares; for each cluster the worst other one; then the mean.",
    ru="S_k — среднее расстояний, а не квадратов; для каждого кластера худший из других; затем среднее.",
)
def test_davies_bouldin(submission, rng):
    agree(submission.davies_bouldin, davies_bouldin, samples(rng))


@points(2)
@title(en="DB*", ru="DB*")
@hint(
    en="The greatest sum of spreads over the least distance of centroids, which may be of another cluster.",
    ru="Наибольшая сумма разбросов делится на наименьшее расстояние центроидов, хотя бы и до другого кластера.",
)
def test_davies_bouldin_star(submission, rng):
    agree(submission.davies_bouldin_star, davies_bouldin_star, [*samples(rng), sample(rng, 60, 2, 6)])


@points(2)
@title(en="COP", ru="COP")
@hint(
    en="For each object outside take its farthest object inside, then the least of these; weights are sizes over n.",
    ru="Для каждого внешнего объекта — самый далёкий внутренний, затем минимум; веса — размеры, делённые на n.",
)
def test_cop(submission, rng):
    agree(submission.cop, cop, samples(rng))


@points(2)
@title(en="CS", ru="CS")
@hint(
    en="Means over clusters of distances to the farthest fellow object; both sums first, then one division.",
    ru="Средние по кластерам расстояния до самого далёкого объекта своего кластера; сначала обе суммы, потом деление.",
)
def test_cs(submission, rng):
    agree(submission.cs, cs, samples(rng))


@points(2)
@title(en="SV", ru="SV")
@hint(
    en="The mean distance to the centroid over the farthest tenth of the cluster.",
    ru="Среднее расстояние до центроида по самой далёкой десятой части кластера.",
)
def test_sv(submission, rng):
    agree(submission.sv, sv, [*samples(rng), sample(rng, 200, 2, 3)])


@points("5/4")
@title(en="SV: how many objects a tenth is", ru="SV: сколько объектов в десятой части")
@hint(
    en="A tenth is rounded up: 1 object of 3, 1 of 10, 2 of 11, 3 of 30.",
    ru="Десятая часть округляется вверх: 1 объект из 3, 1 из 10, 2 из 11, 3 из 30.",
)
def test_sv_tenths(submission, rng):
    for sizes in ((3, 10), (11, 9), (30, 29), (60, 31)):
        own = rng.permutation(np.repeat([0, 1], sizes))
        X = rng.normal(size=(sum(sizes), 2)) + 4 * own[:, None]
        agree(submission.sv, sv, [(X, own)])


@points("5/2")
@title(en="OS", ru="OS")
@hint(
    en="a counts the object itself; b takes as many nearest outsiders as the cluster has objects; 0 when clear by 0.4.",
    ru="a учитывает и сам объект; b — столько ближайших чужих, сколько объектов в кластере; 0, если отделён на 0,4.",
)
def test_os(submission, rng):
    agree(submission.os_index, os_index, samples(rng))


@points("1/2")
@title(en="OS: fewer outsiders than the cluster has objects", ru="OS: чужих объектов меньше, чем своих")
@hint(
    en="Then b is the mean over all outsiders: divide by their number.",
    ru="Тогда b — среднее по всем чужим: делите на их число.",
)
def test_os_few_outsiders(submission, rng):
    own = rng.permutation(np.repeat([0, 1, 2], [14, 3, 2]))
    X = rng.normal(size=(19, 2)) + 0.7 * own[:, None]
    agree(submission.os_index, os_index, [(X, own), (X[own < 2], own[own < 2])])


@points("1/2")
@title(en="OS: an object that is clear by exactly 0.4", ru="OS: объект, отделённый ровно на 0,4")
@hint(
    en="Less than 0.4 is an overlap, 0.4 is none; an object that is nearer to the others than to its own is one, too.",
    ru="Перекрытие — только меньше 0,4, а 0,4 уже нет; объект, который ближе к чужим, чем к своим, тоже перекрывается.",
)
def test_os_border(submission, rng):
    scale, shift = 2.0 ** rng.integers(-3, 4), float(rng.integers(-9, 10))
    for line in ([0.0, 6.0, -7.0, -7.0], [0.0, 6.0, -6.875, -6.875], [0.0, 6.0, -1.0, -1.0], [0.0, 20.0, -1.0, -1.0]):
        agree(submission.os_index, os_index, [(scale * np.array(line)[:, None] + shift, np.array([0, 0, 1, 1]))])


@points("1/8")
@pytest.mark.parametrize("index", each(FAMILY, "clusters of one object, equal objects", "одиночки и повторы"))
@hint(
    en="The spread of such a cluster is 0, and all six indices are defined while the others have some spread.",
    ru="Разброс такого кластера равен 0; все шесть мер определены, пока у других кластеров разброс есть.",
)
def test_neighbours_edges(submission, rng, index):
    inputs = [mixed(rng), whole(rng), *((ONE_EACH, TWINS) if index is not sv else ())]
    agree(getattr(submission, index.__name__), index, inputs)


@points("1/8")
@pytest.mark.parametrize("index", each(FAMILY, "zero denominators", "нулевые знаменатели"))
@hint(
    en="Equal centroids; COP: a duplicate outside a cluster of equal objects; SV: no radius; OS: b = 0. ValueError.",
    ru="Равные центроиды; COP: повтор вне кластера из равных; SV: нулевой радиус; OS: b = 0. ValueError.",
)
def test_neighbours_undefined(submission, index):
    undefined(getattr(submission, index.__name__), *UNDEFINED[index.__name__])


@points("1/8")
@pytest.mark.parametrize(
    "index", each(FAMILY, "another order, names, origin, unit", "другие порядок, имена, начало, единица")
)
@hint(
    en="Labels are any integers; subtract before you square; add no small number to a denominator.",
    ru="Метки — любые целые; сначала вычитайте, потом в квадрат; не прибавляйте к знаменателю малых чисел.",
)
def test_neighbours_however_told(submission, rng, index):
    agree_however_told(getattr(submission, index.__name__), index, rng)
