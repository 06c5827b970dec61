"""The hidden suite of principal components by eigenvectors, the share that is lost, and the way back."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal, each, hint, points, title
from reference.extraction.principal.pca import choose, lost, pca, restore

from .shared import near, planted, same_columns, same_subspace, unpack

PARTS = ("G", "U", "values", "mean")


def parts(result):
    return unpack(result, PARTS, "pca")


def agree(found, expected, name):
    """One of the four parts; columns up to their signs."""
    (same_columns if name in "GU" else near)(found[name], expected[name], name)


@each(PARTS, worth="1/2", en="Principal components: {name}", ru="Главные компоненты: {name}")
@hint(
    en="Subtract the mean first; the largest eigenvalue comes first; G = (F - mean) U, columns of U have length 1.",
    ru="Сначала вычитается среднее; первым идёт наибольшее собственное значение; G = (F - mean) U, столбцы U длины 1.",
)
def test_components(submission, rng, name):
    for l, eigenvalues, m in ((30, (25, 9, 4, 1), 2), (12, (16, 8, 4, 2, 1), 5), (9, (7,), 1)):  # noqa: E741
        F = planted(rng, l, eigenvalues)
        agree(parts(submission.pca(F, m)), parts(pca(F, m)), name)


@points("1/2")
@title(en="Signs of the columns of U", ru="Знаки столбцов U")
@hint(
    en="In each column look at the entry of largest modulus: its sign decides, not the first entry, not the sum.",
    ru="В каждом столбце найдите элемент, наибольший по модулю: решает его знак, а не первый элемент и не сумма.",
)
def test_signs(submission, rng):
    for F, expected in with_mixed_signs(rng):
        near(assert_array(parts(submission.pca(F, 3))["U"], shape=(4, 3), what="U"), expected, "U")


def with_mixed_signs(rng, count=3):
    """Objects for which no simpler rule gives the signs of U, and U itself."""
    while count:
        F = planted(rng, 12, (27, 9, 3, 1))
        U = pca(F, 3)[1]
        if all((rule < -0.1).any() for rule in (U[0], U[-1], U.sum(axis=0))):
            yield F, U
            count -= 1


@points("1/2")
@title(en="More features than objects", ru="Признаков больше, чем объектов")
@hint(
    en="F^T F has n eigenvalues even if n > l; those past the rank are 0.",
    ru="У F^T F ровно n собственных значений и при n > l; те, что сверх ранга, равны 0.",
)
def test_wide(submission, rng):
    F = planted(rng, 5, (16, 8, 4, 2, *(0,) * 8))
    found, expected = parts(submission.pca(F, 4)), parts(pca(F, 4))
    for name in PARTS:
        agree(found, expected, name)


@points("1/4")
@title(en="No eigenvalue is negative", ru="Отрицательных собственных значений нет")
@hint(
    en="F^T F has none: what is a little below 0 is rounding, and has to be 0. `lost` refuses negative numbers.",
    ru="У F^T F их нет: чуть меньше нуля бывает из-за округления, и это должен быть 0. lost такие числа отвергает.",
)
def test_not_negative(submission, rng):
    for _ in range(4):
        values = parts(submission.pca(planted(rng, 5, (16, 8, 4, 2, *(0,) * 8)), 4))["values"]
        assert (assert_array(values, shape=(12,), what="values") >= 0).all(), f"a negative eigenvalue: {values.min()}"


@points("1/2")
@title(en="Objects far from zero", ru="Объекты вдали от нуля")
@hint(
    en="F^T F of numbers near 10^6, less the means afterwards, has lost its digits: centre F before you multiply.",
    ru="Если перемножить числа около 10^6, а средние вычесть потом, цифры теряются: центрируйте F до умножения.",
)
def test_far(submission, rng):
    F = planted(rng, 20, (9, 4, 1)) + 1e6
    same_columns(parts(submission.pca(F, 2))["U"], pca(F, 2)[1], "U")


@points("1/2")
@title(en="center=False takes F as it is", ru="При center=False матрица F берётся как есть")
@hint(
    en="Nothing is subtracted then, and the mean that comes back is a vector of zeros.",
    ru="Тогда ничего не вычитается, а вместо среднего возвращается вектор из нулей.",
)
def test_as_it_is(submission, rng):
    F = planted(rng, 15, (25, 9, 4, 1), centred=False)
    found, expected = parts(submission.pca(F, 2, center=False)), parts(pca(F, 2, center=False))
    for name in PARTS:
        agree(found, expected, name)


@points("3/4")
@title(en="Equal eigenvalues", ru="Равные собственные значения")
@hint(
    en="Any orthonormal basis of the eigenspace will do, but the columns must be orthonormal, and G must fit your U.",
    ru="Годится любой ортонормированный базис собственного подпространства; G вычисляется по вашему U.",
)
def test_equal_eigenvalues(submission, rng):
    F = planted(rng, 14, (9, 4, 4, 4, 1))
    found = parts(submission.pca(F, 4))
    U = assert_array(found["U"], shape=(5, 4), what="U")
    near(U.T @ U, np.eye(4), "U^T U")
    same_subspace(U, pca(F, 4)[1], "U")
    near(found["G"], (F - F.mean(axis=0)) @ U, "G")


@points("1/2")
@title(en="As many components as the rank: nothing is lost", ru="Компонент столько, каков ранг: ничего не теряется")
@hint(
    en="With all components G U^T + mean is F itself: a sign changed in U has to be changed in G too.",
    ru="Со всеми компонентами G U^T + mean — это сама F: сменив знак в U, смените его и в G.",
)
def test_all_of_them(submission, rng):
    for F, m in ((planted(rng, 8, (16, 4, 1)), 3), (planted(rng, 4, (9, 4, 1, 0, 0)), 3)):
        found = parts(submission.pca(F, m))
        G = assert_array(found["G"], shape=(len(F), m), what="G")
        U = assert_array(found["U"], shape=(F.shape[1], m), what="U")
        near(G @ U.T + F.mean(axis=0), F, "G U^T + mean")


@points("1/2")
@title(en="Whole numbers", ru="Целые числа")
@hint(
    en="The mean of integers is no integer: what is computed must be floats.",
    ru="Среднее целых чисел не целое: считать нужно в вещественных.",
)
def test_whole_numbers(submission, rng):
    F = np.round(20 * planted(rng, 10, (9, 3, 1))).astype(int)
    found, expected = parts(submission.pca(F, 2)), parts(pca(F, 2))
    for name in PARTS:
        agree(found, expected, name)


def eigenvalues(rng, n):
    return np.sort(rng.uniform(0.5, 5, size=n))[::-1].copy()


@points("3/4")
@title(en="The share that is lost", ru="Доля потерянной информации")
@hint(
    en="The sum of the eigenvalues that are left out, over the sum of all; no roots, no squares.",
    ru="Сумма отброшенных собственных значений, делённая на сумму всех; без корней и квадратов.",
)
def test_lost(submission, rng):
    for n in (2, 5, 9):
        values = eigenvalues(rng, n)
        for k in range(1, n):
            assert_close(submission.lost(values, k), lost(values, k), rtol=1e-9, what="E(k)")


@points("1/4")
@title(en="All components kept, or none", ru="Оставлены все компоненты или ни одной")
@hint(en="E(0) = 1 and E(n) = 0.", ru="E(0) = 1, E(n) = 0.")
def test_lost_at_the_ends(submission, rng):
    values = eigenvalues(rng, 4)
    assert_close(submission.lost(values, 0), 1.0, atol=1e-12, what="E(0)")
    assert_close(submission.lost(values, 4), 0.0, atol=1e-12, what="E(n)")


@points("3/4")
@title(en="How many components to keep", ru="Сколько компонент оставить")
@hint(
    en="The share is the one that may be lost, not the one to be kept; of all k that lose so little the smallest.",
    ru="share — доля, которую можно потерять, а не сохранить; из подходящих k берётся наименьшее.",
)
def test_choose(submission, rng):
    for n in (3, 6, 10):
        values = eigenvalues(rng, n)
        for share in (*rng.uniform(0.02, 0.9, size=4), 0.5):
            assert_equal(submission.choose(values, float(share)), choose(values, float(share)), what="k")


@points("1/2")
@title(en="How many to keep: a share that is met exactly, 0 and 1", ru="Сколько оставить: доля равна границе, 0 и 1")
@hint(
    en="E(k) may be equal to the share; there is one component at least, and zeros need not be kept.",
    ru="E(k) может быть равно доле; остаётся хотя бы одна компонента, а нулевые значения хранить незачем.",
)
def test_choose_at_the_border(submission, rng):
    values = np.array([8.0, 4.0, 2.0, 2.0, 0.0]) * 2.0 ** int(rng.integers(-3, 4))
    for share, k in ((0.5, 1), (0.25, 2), (0.125, 3), (0.0, 4), (1.0, 1)):
        assert_equal(submission.choose(values, share), k, what=f"k for the share {share}")


@points("1/2")
@title(en="Objects restored", ru="Восстановленные объекты")
@hint(en="G U^T, and the mean is added to every row.", ru="G U^T, и к каждой строке прибавляется среднее.")
def test_restore(submission, rng):
    for l, n, m in ((6, 4, 2), (3, 3, 3), (1, 5, 1)):  # noqa: E741
        G, U, mean = rng.normal(size=(l, m)), rng.normal(size=(n, m)), rng.normal(size=n)
        near(submission.restore(G, U, mean), restore(G, U, mean), "restored objects")
