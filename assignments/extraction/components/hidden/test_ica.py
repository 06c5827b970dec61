"""The hidden suite of L11.ica: whitening, the step of FastICA, the whole method."""

import numpy as np

from grader.testing import assert_array, assert_equal, depends, each, hint, points, title
from grader.testing.inputs import orthogonal
from reference.extraction.components.ica import fastica, fastica_step
from reference.extraction.components.whitening import whiten

from .shared import covariance, mixing, mixtures, near, parts, sources

SIZES = ((40, 2), (25, 5), (200, 3))
MIXED = ("uniform", "signs", "laplace")


def objects(rng, n, k):
    return rng.normal(size=(n, k)) @ mixing(rng, k) + rng.normal(size=k)


@points("3/4")
@title(en="Whitening: Z is white", ru="Отбеливание: матрица Z белая")
@hint(
    en="Each column of Z has mean 0, and Z^T Z / n is the unit matrix: divide by n, not by n - 1.",
    ru="Среднее каждого столбца Z равно 0, а Z^T Z / n — единичная матрица: деление на n, а не на n - 1.",
)
def test_white(submission, rng):
    for n, k in SIZES:
        Z = assert_array(parts(submission.whiten(objects(rng, n, k)), 3, "whiten")[0], shape=(n, k), what="Z")
        near(Z.mean(axis=0), np.zeros(k), "the mean of Z")
        near(covariance(Z), np.eye(k), "Z^T Z / n")


@points("3/4")
@title(en="Whitening: V is the symmetric root", ru="Отбеливание: V — симметричный корень")
@hint(
    en="Many matrices whiten. Asked for is C^(-1/2): the eigenvectors of C stand on both sides.",
    ru="Отбеливающих матриц много. Нужна C^(-1/2): собственные векторы C стоят с обеих сторон.",
)
def test_root(submission, rng):
    for n, k in SIZES:
        X = objects(rng, n, k)
        near(parts(submission.whiten(X), 3, "whiten")[1], whiten(X)[1], "V")


@points("1/4")
@title(en="Whitening: Z comes from V and the mean", ru="Отбеливание: Z получается из V и среднего")
@hint(en="z = V (x - mean) for each row of X.", ru="z = V (x - mean) для каждой строки X.")
def test_map(submission, rng):
    X = objects(rng, 30, 3)
    Z, V, mean = parts(submission.whiten(X), 3, "whiten")
    near(mean, X.mean(axis=0), "mean")
    near(Z, (X - X.mean(axis=0)) @ assert_array(V, shape=(3, 3), what="V").T, "Z")


@points("1/4")
@title(en="Whitening: far from zero, and tiny numbers", ru="Отбеливание: вдали от нуля и при малых числах")
@hint(
    en="Subtract the mean first: E[x x^T] - mean mean^T loses the digits that matter. Whether C is singular does not "
    "depend on the unit of the features: eigenvalues are compared with each other.",
    ru="Сначала вычтите среднее: в E[x x^T] - mean mean^T значащие цифры теряются. Вырожденность C не зависит от "
    "единиц измерения: собственные значения сравниваются между собой.",
)
def test_far_away(submission, rng):
    for X in (objects(rng, 50, 3) + 1e6, objects(rng, 50, 3) * 1e-8):
        near(parts(submission.whiten(X), 3, "whiten")[0], whiten(X)[0], "Z", 1e-5)


def white(rng, n, laws):
    return whiten(mixtures(rng, n, laws))[0]


@points("1")
@title(en="A step with tanh", ru="Шаг с функцией tanh")
@hint(
    en="E[z g(w z)] - E[g'(w z)] w for each row of W, E being the mean over objects; then (M M^T)^(-1/2) M.",
    ru="E[z g(w z)] - E[g'(w z)] w для каждой строки W, где E — среднее по объектам; затем (M M^T)^(-1/2) M.",
)
def test_tanh(submission, rng):
    for n, laws in ((60, MIXED[:2]), (90, (*MIXED, "arcsine"))):
        Z, W = white(rng, n, laws), orthogonal(rng, len(laws))
        near(submission.fastica_step(Z, W), fastica_step(Z, W), "W")


@points("3/4")
@title(en="A step with the cube", ru="Шаг с кубом")
@hint(
    en='g(u) = u^3, g\'(u) = 3 u^2; the name is "cube".',
    ru='g(u) = u^3, g\'(u) = 3 u^2; имя функции — "cube".',
)
def test_cube(submission, rng):
    for n, laws in ((60, MIXED[:2]), (90, (*MIXED, "arcsine"))):
        Z, W = white(rng, n, laws), orthogonal(rng, len(laws))
        near(submission.fastica_step(Z, W, "cube"), fastica_step(Z, W, "cube"), "W")


@points("1/2")
@title(en="After a step the rows are orthonormal", ru="После шага строки ортонормированы")
@hint(
    en="W W^T is the unit matrix: the inverse root of M M^T stands to the left of M.",
    ru="W W^T — единичная матрица: обратный корень из M M^T стоит слева от M.",
)
def test_orthonormal(submission, rng):
    for n, laws in ((60, MIXED), (20, MIXED[1:])):
        Z, k = white(rng, n, laws), len(laws)
        W = assert_array(submission.fastica_step(Z, orthogonal(rng, k)), shape=(k, k), what="W")
        near(W @ W.T, np.eye(k), "W W^T")


@points("1/4")
@title(en="A step from rows of any length", ru="Шаг из строк любой длины")
@hint(
    en="The formula takes W as it is: nothing is normalised before.",
    ru="Формула берёт W как есть: перед шагом строки не нормируются.",
)
def test_any_rows(submission, rng):
    Z, W = white(rng, 60, MIXED), mixing(rng, 3) * 1.5
    near(submission.fastica_step(Z, W), fastica_step(Z, W), "W")


def planted(submission, rng, laws, g):
    """How well each source (k,) is met by one of those found; no two are met by the same one."""
    S, k = sources(rng, 1500, laws), len(laws)
    X = S @ mixing(rng, k) + rng.normal(size=k)
    found = assert_array(parts(submission.fastica(X, orthogonal(rng, k), g), 3, "fastica")[0], shape=S.shape, what="S")
    assert (found.std(axis=0) > 1e-9).all(), "a column of S is constant"
    met = np.abs(np.corrcoef(S.T, found.T)[:k, k:])
    assert len(set(met.argmax(axis=1))) == k, "two sources are met by the same column of S"
    assert met.max(axis=1).min() >= 0.98, f"a source is met with |r| = {met.max(axis=1).min():.3f} only, not with 0.98"


@points("3/2")
@title(en="Planted sources are found again", ru="Заложенные источники находятся")
@hint(
    en="White objects alone are not independent yet: after whitening the directions have to be turned until they "
    "stand still.",
    ru="Белые признаки ещё не независимы: после отбеливания направления нужно поворачивать, пока они не остановятся.",
)
@depends("test_tanh")
def test_sources(submission, rng):
    for laws in (MIXED, ("laplace", "arcsine"), (*MIXED, "arcsine")):
        planted(submission, rng, laws, "tanh")


@points("3/4")
@title(en="Planted sources, with the cube", ru="Заложенные источники, с кубом")
@hint(en="g is handed on to each step.", ru="Функция g передаётся каждому шагу.")
@depends("test_cube")
def test_sources_by_cube(submission, rng):
    planted(submission, rng, ("uniform", "signs", "arcsine"), "cube")


@points("1/2")
@title(en="The unmixing matrix", ru="Разделяющая матрица")
@hint(
    en="The sources are (X - mean) unmixing^T: V belongs into unmixing. They have mean 0 and variance 1, and no "
    "correlations.",
    ru="Источники — это (X - mean) unmixing^T, то есть V входит в unmixing. Их средние 0, дисперсии 1, корреляций нет.",
)
def test_unmixing(submission, rng):
    X = mixtures(rng, 100, MIXED)
    S, unmixing, _ = parts(submission.fastica(X, orthogonal(rng, 3)), 3, "fastica")
    unmixing = assert_array(unmixing, shape=(3, 3), what="unmixing")
    near(S, (X - X.mean(axis=0)) @ unmixing.T, "S")
    near(covariance(np.asarray(S)), np.eye(3), "S^T S / n")


@points("3/4")
@title(en="One step, two steps, five", ru="Один шаг, два шага, пять")
@hint(
    en="At most `steps` steps are made. The first W is `start`, decorrelated; the last one goes into the result.",
    ru="Делается не больше steps шагов. Первая W — это start после декорреляции; в результат входит последняя.",
)
def test_steps(submission, rng):
    X, start = mixtures(rng, 80, MIXED), orthogonal(rng, 3)
    for g, steps in (("tanh", 1), ("tanh", 2), ("cube", 5)):
        S = parts(submission.fastica(X, start, g, steps, 1e-300), 3, "fastica")[0]
        near(S, fastica(X, start, g, steps, 1e-300)[0], f"S after {steps} steps")


@points("1/4")
@title(en="A start that is not orthonormal", ru="Начальная матрица не ортонормирована")
@hint(
    en="`start` is decorrelated as the result of a step is, before the first step.",
    ru="Перед первым шагом start декоррелируется так же, как результат шага.",
)
def test_any_start(submission, rng):
    X, start = mixtures(rng, 80, MIXED), 2.0 * mixing(rng, 3)
    S = parts(submission.fastica(X, start, "tanh", 1), 3, "fastica")[0]
    near(S, fastica(X, start, "tanh", 1)[0], "S")


def changes(X, start, steps):
    """How much the directions change in each step: max |1 - |new w . old w||."""
    Z = whiten(X)[0]
    found, W = [], start
    for _ in range(steps):
        old, W = W, fastica_step(Z, W)
        found.append(float(np.abs(np.abs((W * old).sum(axis=1)) - 1).max()))
    return found


@points("1/2")
@title(en="It stops when the directions stand still", ru="Остановка, когда направления не меняются")
@hint(
    en="All directions must stand still, not only on average. A direction may change its sign in each step: take "
    "|new w . old w|.",
    ru="Остановиться должны все направления, а не в среднем. Направление может менять знак на каждом шаге: нужен "
    "|w_new . w_old|.",
)
def test_stops(submission, rng):
    X, start = mixtures(rng, 300, ("laplace", "uniform", "signs")), orthogonal(rng, 3)
    size = changes(X, start, 30)
    for last in range(1, 30):
        before, after = min(size[:last]), size[last]
        if 1e-9 < after < before / 2:
            tol = 0.85 * before  # between two changes, and rounding decides nothing; the mean change is often below it
            near(parts(submission.fastica(X, start, tol=tol), 3, "fastica")[0], fastica(X, start, tol=tol)[0], "S")


@points("1/4")
@title(en="Whether it converged", ru="Сошлось ли")
@hint(
    en="True when it stopped by `tol`, be it after the last step allowed; False when the steps ran out before.",
    ru="True, если остановка по tol, пусть и после последнего разрешённого шага; False, если шаги кончились раньше.",
)
def test_converged(submission, rng):
    X, start = mixtures(rng, 600, ("laplace", "uniform")), orthogonal(rng, 2)
    told(submission, X, start)
    told(submission, X, start, "tanh", 1, 1e-12)
    told(submission, X, start, "tanh", 1, 2.0)


@points("1/4")
@title(en="Whether it converged, with `tol` by default", ru="Сошлось ли при tol по умолчанию")
@hint(
    en="tol is 1e-6 by default, and is compared with |1 - |new w . old w||.",
    ru="По умолчанию tol равен 1e-6 и сравнивается с |1 - |w_new . w_old||.",
)
def test_default_tolerance(submission, rng):
    X, found = mixtures(rng, 300, MIXED), 0
    for _ in range(200):  # starts after which some step has a change that is near 1e-6
        start = orthogonal(rng, 3)
        for place, size in enumerate(changes(X, start, 8)):
            if 3e-8 < size < 3e-5 and not 5e-7 < size < 2e-6:
                told(submission, X, start, "tanh", place + 1)
                found += 1
        if found >= 6:
            break


def told(submission, *arguments):
    """Whether it converged is said rightly."""
    answer = parts(submission.fastica(*arguments), 3, "fastica")[2]
    answer = bool(answer) if isinstance(answer, int | np.integer) else answer
    assert_equal(answer, fastica(*arguments)[2], what="converged")


@each(("whiten", "fastica_step"), worth="1/4", en="One feature: {name}", ru="Один признак: {name}")
@hint(
    en="Shapes stay (n, 1) and (1, 1). np.cov of one column is no matrix.",
    ru="Формы остаются (n, 1) и (1, 1). np.cov от одного столбца — не матрица.",
)
def test_one_feature(submission, rng, name):
    X = 3 * rng.permutation(12)[:, None]  # whole numbers
    if name == "whiten":
        arguments, expected = (X,), whiten(X)
    else:
        Z = whiten(X)[0]
        arguments, expected = (Z, np.array([[-1.0]])), fastica_step(Z, [[-1.0]])
    near(getattr(submission, name)(*arguments), expected, name)
