"""The hidden suite of L09.internal: the Dunn index and its variants."""

import numpy as np
import pytest

from grader.testing import hint, points, title
from reference.clustering.internal.dunn import dunn, gd31, gd33, gd41, gd43, gd51, gd53

from .shared import ONE_EACH, TWINS, agree, agree_however_told, each, mixed, samples, undefined, whole

FAMILY = (dunn, gd31, gd41, gd51, gd33, gd43, gd53)


@points(2)
@title(en="The Dunn index", ru="Индекс Данна")
@hint(
    en="The least distance over all pairs of clusters, the greatest diameter over all clusters; one division.",
    ru="Наименьшее расстояние по всем парам кластеров, наибольший диаметр по всем кластерам; одно деление.",
)
def test_dunn(submission, rng):
    agree(submission.dunn, dunn, samples(rng))


@title(en="gD31", ru="gD31")
@hint(
    en="The mean over all pairs with one object in each cluster; then the least over pairs of clusters.",
    ru="Среднее по всем парам с одним объектом в каждом кластере; затем минимум по парам кластеров.",
)
def test_gd31(submission, rng):
    agree(submission.gd31, gd31, samples(rng))


@title(en="gD41", ru="gD41")
@hint(en="The distance between centroids, not squared.", ru="Расстояние между центроидами, не в квадрате.")
def test_gd41(submission, rng):
    agree(submission.gd41, gd41, samples(rng))


@points(2)
@title(en="gD51", ru="gD51")
@hint(
    en="Each object of the two clusters to the centroid of the other one; the total over the sum of the sizes.",
    ru="От каждого объекта двух кластеров до центроида другого; всё делится на сумму размеров.",
)
def test_gd51(submission, rng):
    agree(submission.gd51, gd51, samples(rng))


@title(en="gD33", ru="gD33")
@hint(
    en="Twice the mean distance to the centroid; the mean is over the cluster, the maximum over clusters.",
    ru="Удвоенное среднее расстояние до центроида; среднее — по кластеру, максимум — по кластерам.",
)
def test_gd33(submission, rng):
    agree(submission.gd33, gd33, samples(rng))


@title(en="gD43", ru="gD43")
@hint(en="delta_4 as in gD41, Delta_3 as in gD33.", ru="delta_4 — как в gD41, Delta_3 — как в gD33.")
def test_gd43(submission, rng):
    agree(submission.gd43, gd43, samples(rng))


@title(en="gD53", ru="gD53")
@hint(en="delta_5 as in gD51, Delta_3 as in gD33.", ru="delta_5 — как в gD51, Delta_3 — как в gD33.")
def test_gd53(submission, rng):
    agree(submission.gd53, gd53, samples(rng))


@points("1/7")
@pytest.mark.parametrize(
    "index", each(FAMILY, "clusters of one object, equal objects, no diameter", "одиночки, повторы, нулевой диаметр")
)
@hint(
    en="A diameter may be 0 as long as another one is not. If all are: ValueError with labels in its text.",
    ru="Диаметр может быть нулевым, если другой не нулевой. Если нулевые все — ValueError со словом labels.",
)
def test_dunn_edges(submission, rng, index):
    function, (X, labels) = getattr(submission, index.__name__), mixed(rng)
    inputs = [(X, labels), whole(rng), (np.vstack([X, X[:1]]), np.append(labels, 7))]  # the last: a twin elsewhere
    agree(function, index, inputs)
    undefined(function, ONE_EACH, TWINS)


@points("1/7")
@pytest.mark.parametrize(
    "index", each(FAMILY, "another order, names, origin, unit", "другие порядок, имена, начало, единица")
)
@hint(
    en="Labels are any integers; subtract before you square; add no small number to a denominator.",
    ru="Метки — любые целые; сначала вычитайте, потом в квадрат; не прибавляйте к знаменателю малых чисел.",
)
def test_dunn_however_told(submission, rng, index):
    agree_however_told(getattr(submission, index.__name__), index, rng)
