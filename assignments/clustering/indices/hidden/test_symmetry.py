"""The hidden suite of L09.internal: Sym and its variants."""

import numpy as np
import pytest

from grader.testing import hint, points, title
from reference.clustering.internal.symmetry import sym, sym_33, sym_d, sym_db

from .shared import CONCENTRIC, ONE_EACH, TWINS, agree, agree_however_told, each, mixed, samples, undefined, whole

FAMILY = (sym, sym_db, sym_d, sym_33)


@points(2)
@title(en="Sym", ru="Sym")
@hint(
    en="The mirror image is 2c - x; its two nearest objects are of the same cluster, x among them; halve their sum.",
    ru="Отражение — 2c - x; два ближайших к нему объекта — из того же кластера, и x тоже; сумма делится пополам.",
)
def test_sym(submission, rng):
    agree(submission.sym, sym, samples(rng))


@title(en="SymDB", ru="SymDB")
@hint(
    en="Davies-Bouldin in which S_k is the mean of d_ps over the cluster.",
    ru="Дэвис–Болдин, где S_k — среднее d_ps по кластеру.",
)
def test_sym_db(submission, rng):
    agree(submission.sym_db, sym_db, samples(rng))


@title(en="SymD", ru="SymD")
@hint(
    en="Dunn with the nearest objects of two clusters above and the greatest d_ps below.",
    ru="Данн, где сверху — ближайшие объекты двух кластеров, снизу — наибольшее d_ps.",
)
def test_sym_d(submission, rng):
    agree(submission.sym_d, sym_d, samples(rng))


@title(en="Sym33", ru="Sym33")
@hint(
    en="gD33 with twice the mean of d_ps for the size of a cluster.",
    ru="gD33, где размер кластера — удвоенное среднее d_ps.",
)
def test_sym_33(submission, rng):
    agree(submission.sym_33, sym_33, samples(rng))


@points("1/4")
@pytest.mark.parametrize(
    "index", each(FAMILY, "clusters of one, two and equal objects", "кластеры из одного, двух и равных объектов")
)
@hint(
    en="Alone: the only distance is 0, and so is d_ps. Equal objects are different objects.",
    ru="У одиночки единственное расстояние 0, и d_ps = 0. Равные объекты — это разные объекты.",
)
def test_symmetry_edges(submission, rng, index):
    two = rng.normal(size=(5, 2)) + np.array([[0, 0], [0, 0], [8, 0], [8, 0], [0, 9]])
    inputs = [mixed(rng), whole(rng), (two, np.array([0, 0, 1, 1, 2])), *((ONE_EACH, TWINS) if index is sym_db else ())]
    agree(getattr(submission, index.__name__), index, inputs)


@points("1/4")
@pytest.mark.parametrize("index", each(FAMILY, "zero denominators", "нулевые знаменатели"))
@hint(
    en="All d_ps are 0; for SymDB: two centroids are equal. ValueError with labels in its text.",
    ru="Все d_ps равны 0; для SymDB — два центроида совпадают. ValueError со словом labels.",
)
def test_symmetry_undefined(submission, index):
    cases = (CONCENTRIC,) if index is sym_db else (ONE_EACH, TWINS)
    undefined(getattr(submission, index.__name__), *cases)


@points("1/4")
@pytest.mark.parametrize(
    "index", each(FAMILY, "another order, names, origin, unit", "другие порядок, имена, начало, единица")
)
@hint(
    en="Labels are any integers; subtract before you square; add no small number to a denominator.",
    ru="Метки — любые целые; сначала вычитайте, потом в квадрат; не прибавляйте к знаменателю малых чисел.",
)
def test_symmetry_however_told(submission, rng, index):
    agree_however_told(getattr(submission, index.__name__), index, rng)
