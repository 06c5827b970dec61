"""The hidden suite of multidimensional scaling."""

import numpy as np

from grader.testing import assert_array, assert_close, hint, points, title
from grader.testing.inputs import distances_of
from reference.extraction.principal.scaling import classical_mds, smacof, stress

from .shared import near, planted, same_columns, unpack


def of_no_points(rng, n):
    """Symmetric numbers that are the Euclidean distances of no points."""
    upper = np.triu(rng.uniform(1, 4, size=(n, n)), 1)
    return upper + upper.T


def parts(result):
    return unpack(result, ("Y", "history"), "smacof")


@points("3/4")
@title(en="Classical scaling gives the distances back", ru="Классическое шкалирование возвращает расстояния")
@hint(
    en="The distances are squared before they are centred; the coordinates have the roots of the eigenvalues in them.",
    ru="До центрирования расстояния возводятся в квадрат; в координаты входят корни собственных значений.",
)
def test_distances_back(submission, rng):
    for n, eigenvalues in ((9, (9, 4, 1)), (6, (4, 1)), (5, (3,))):
        D = distances_of(planted(rng, n, eigenvalues))
        Y = assert_array(submission.classical_mds(D, len(eigenvalues)), shape=(n, len(eigenvalues)), what="Y")
        near(distances_of(Y), D, "the distances of Y")


@points("3/4")
@title(en="Classical scaling: fewer coordinates", ru="Классическое шкалирование: меньше координат")
@hint(
    en="Rows and columns are centred, -1/2 stands before; the largest eigenvalues come first.",
    ru="Центрируются и строки, и столбцы, впереди стоит -1/2; наибольшие собственные значения идут первыми.",
)
def test_fewer_coordinates(submission, rng):
    for n, m in ((10, 2), (7, 1)):
        D = distances_of(planted(rng, n, (16, 9, 4, 1)))
        same_columns(submission.classical_mds(D, m), classical_mds(D, m), "Y")


@points("1/2")
@title(en="Distances of no points", ru="Расстояния, для которых точек нет")
@hint(
    en="B then has negative eigenvalues; they are left out, however large their moduli.",
    ru="У B тогда есть отрицательные собственные значения; они не берутся, как бы велики ни были их модули.",
)
def test_no_points(submission, rng):
    D = distances_of(planted(rng, 9, (16, 6, 1))) ** 2
    same_columns(submission.classical_mds(D, 2), classical_mds(D, 2), "Y")


@points("1/4")
@title(en="Classical scaling: signs", ru="Классическое шкалирование: знаки")
@hint(
    en="In each column the entry of largest modulus is positive.",
    ru="В каждом столбце наибольший по модулю элемент положителен.",
)
def test_scaling_signs(submission, rng):
    for _ in range(4):
        D = distances_of(planted(rng, 6, (9, 4, 1)))
        near(assert_array(submission.classical_mds(D, 3), shape=(6, 3), what="Y"), classical_mds(D, 3), "Y")


@points("3/4")
@title(en="Stress", ru="Стресс")
@hint(
    en="Each pair counts once; distances are not squared before they are subtracted, and there is no root outside.",
    ru="Каждая пара входит один раз; вычитаются сами расстояния, а не квадраты, и снаружи нет корня.",
)
def test_stress(submission, rng):
    for n, m in ((5, 2), (8, 1), (2, 3)):
        D, Y = of_no_points(rng, n), rng.normal(size=(n, m))
        assert_close(submission.stress(D, Y), stress(D, Y), rtol=1e-9, what="stress")


@points("3/4")
@title(en="One step of SMACOF", ru="Один шаг SMACOF")
@hint(
    en="The diagonal of B has the sums of the ratios, so that each row sums to 0; B Y is divided by n.",
    ru="На диагонали B — суммы отношений с плюсом, так что сумма каждой строки равна 0; B Y делится на n.",
)
def test_one_step(submission, rng):
    for n, m in ((6, 2), (9, 3), (4, 1)):
        D, start = of_no_points(rng, n), rng.normal(size=(n, m)) + 1
        found = parts(submission.smacof(D, start, 1))["Y"]
        near(found, smacof(D, start, 1)[0], "Y")


@points("1/2")
@title(en="Several steps of SMACOF", ru="Несколько шагов SMACOF")
@hint(
    en="Exactly `steps` steps; the distances of Y are computed anew in each of them.",
    ru="Ровно steps шагов; расстояния между точками Y вычисляются на каждом заново.",
)
def test_several_steps(submission, rng):
    D, start = of_no_points(rng, 7), rng.normal(size=(7, 2))
    for steps in (2, 5):
        near(parts(submission.smacof(D, start, steps))["Y"], smacof(D, start, steps)[0], "Y")


@points("3/4")
@title(en="The history of the stress", ru="История стресса")
@hint(
    en="steps + 1 values: of start itself, then after each step. None may be larger than the one before.",
    ru="steps + 1 значений: для самого start, затем после каждого шага. Ни одно не больше предыдущего.",
)
def test_history(submission, rng):
    D, start = of_no_points(rng, 8), rng.normal(size=(8, 2))
    history = parts(submission.smacof(D, start, 6))["history"]
    near(assert_array(history, shape=(7,), what="history"), smacof(D, start, 6)[1], "history")


@points("1/2")
@title(en="Points that coincide, points that nearly do", ru="Совпадающие и почти совпадающие точки")
@hint(
    en="D / 0 is infinite or NaN; the entry of B for such a pair is 0. Take differences of coordinates, then square.",
    ru="D / 0 — бесконечность или NaN; для такой пары элемент B равен 0. Сначала разности координат, потом квадраты.",
)
def test_coinciding_points(submission, rng):
    D, start = of_no_points(rng, 6), rng.normal(size=(6, 2))
    start[3] = start[1]
    start[4] = start[0] + (3e-6, 4e-6)
    near(parts(submission.smacof(D, start, 1))["Y"], smacof(D, start, 1)[0], "Y")


@points("1/4")
@title(en="Points that fit already", ru="Точки, которые уже подходят")
@hint(
    en="All steps are made even if nothing changes any more: the history has steps + 1 values, and Y is centred.",
    ru="Делаются все шаги, даже если ничего уже не меняется: в истории steps + 1 значений, а Y центрирована.",
)
def test_perfect_start(submission, rng):
    start = rng.normal(size=(6, 2)) + 2
    found = parts(submission.smacof(distances_of(start), start, 4))
    assert_close(assert_array(found["history"], shape=(5,), what="history"), np.zeros(5), atol=1e-9, what="history")
    near(found["Y"], start - start.mean(axis=0), "Y")


@points("1/4")
@title(en="Whole distances, whole coordinates", ru="Целые расстояния, целые координаты")
@hint(
    en="A copy of an integer array is an integer array: whatever is written into it is cut to whole numbers.",
    ru="Копия целочисленного массива целочисленна: всё, что в неё пишется, обрезается до целых.",
)
def test_whole_start(submission, rng):
    D, start = of_no_points(rng, 6).round().astype(int), rng.permutation(18).reshape(6, 3)
    near(parts(submission.smacof(D, start, 3))["Y"], smacof(D, start, 3)[0], "Y")
