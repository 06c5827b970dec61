"""The hidden suite of L10.svm_rfe."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal, hint, points, title
from reference.selection.embedded.rfe import svm_rfe
from reference.selection.embedded.svm import gradient, linear_svm

from .shared import classes, copies, is_clear, task, until

ENOUGH = 1e-4


def check_minimum(submission, X, y, C=1.0, *, default=False):
    """The gradient at the answer is small against what single objects add to it."""
    result = submission.linear_svm(X, y) if default else submission.linear_svm(X, y, C)
    assert isinstance(result, tuple), "linear_svm must return a pair (w, b)"
    w, b = result if len(result) == 2 else (None, None)
    assert_array(w, shape=(X.shape[1],), what="w")
    b = np.asarray(b)
    assert b.size == 1, "b must be one number"
    b = b.reshape(1)
    assert_array(b, shape=(1,), what="b")
    extended = np.column_stack([X, np.ones(len(X))])
    slope = gradient(np.concatenate([w, b]).astype(float), extended, y.astype(float), C)
    scale = 2 * C * np.linalg.norm(extended, axis=1).sum()
    assert_close(np.linalg.norm(slope) / scale, 0.0, atol=ENOUGH, what="the gradient's length, over 2 C times the sum")


def check_rfe(submission, X, y, k, *more):
    result = submission.svm_rfe(X, y, k, *more)
    assert isinstance(result, tuple), "svm_rfe must return a pair (kept, ranks)"
    kept, ranks = result if len(result) == 2 else (None, None)
    expected = svm_rfe(X, y, k, *more)
    assert_equal(kept, expected[0], what="kept")
    assert_equal(ranks, expected[1], what="ranks")


@points("3/2")
@title(en="SVM: ordinary data", ru="SVM: обычные данные")
@hint(
    en="Only objects whose margin is below 1 add to the gradient, each by its squared hinge, and they are summed up.",
    ru="В градиент входят только объекты с отступом меньше 1, каждый — через квадрат нехватки; берётся сумма.",
)
def test_minimum(submission, rng):
    for n, d in ((30, 2), (80, 5), (60, 8)):
        check_minimum(submission, *task(rng, n, d), 1.0)


@title(en="SVM: small and large C, 1 by default", ru="SVM: маленькое и большое C, по умолчанию 1")
@hint(
    en="Where does C stand in the gradient? The larger it is, the smaller must be the step of a descent. "
    "Without C it is 1.",
    ru="Где в градиенте стоит C? Чем оно больше, тем меньше должен быть шаг спуска. Если C не задано, оно равно 1.",
)
def test_strength(submission, rng):
    for C in (0.02, 0.3, 20.0):
        check_minimum(submission, *task(rng, 50, 4), C)
    check_minimum(submission, *task(rng, 50, 4), default=True)


@title(en="SVM: data far from zero", ru="SVM: данные вдали от нуля")
@hint(
    en="b is not in the norm: it is as large as the data need it, and costs nothing.",
    ru="b не входит в норму: оно такое, какое нужно данным, и штрафа за него нет.",
)
def test_offset(submission, rng):
    for shift in (1.5, -2.5):
        X, y = task(rng, 50, 3)
        check_minimum(submission, X + shift, y, 1.0)


@points("1/2")
@title(en="SVM: other units", ru="SVM: другие единицы измерения")
@hint(
    en="A step of one fixed size is too large for some data and too small for others.",
    ru="Шаг одной и той же величины для одних данных слишком велик, для других слишком мал.",
)
def test_units(submission, rng):
    for unit in (0.05, 4.0):
        X, y = task(rng, 40, 3)
        check_minimum(submission, unit * X, y, 1.0)


@points("3/4")
@title(en="SVM: few objects, one feature, zeros", ru="SVM: мало объектов, один признак, нули")
@hint(
    en="There may be more features than objects; where all features are 0, b alone is left.",
    ru="Признаков бывает больше, чем объектов; если все признаки нулевые, остаётся одно b.",
)
def test_small(submission, rng):
    check_minimum(submission, rng.normal(size=(2, 6)), np.array([1.0, -1.0]), 1.0)
    check_minimum(submission, rng.normal(size=(5, 1)) + 1.0, np.array([1, -1, 1, 1, 1]), 2.0)
    check_minimum(submission, np.zeros((4, 2)), np.array([1, -1, -1, -1]), 0.5)


@points("5/4")
@title(en="SVM-RFE: one feature at a time", ru="SVM-RFE: по одному признаку")
@hint(
    en="The smallest |w| goes, not w; indices are those of the columns of X; the feature that went last has rank 2.",
    ru="Уходит наименьшее |w|, а не w; номера остаются номерами столбцов X; у ушедшего последним ранг 2.",
)
def test_one_at_a_time(submission, rng):
    for d, k in ((5, 1), (6, 3)):
        X, y = until(lambda: task(rng, 80, d), lambda X, y: is_clear(X, y, k))  # noqa: B023
        check_rfe(submission, X, y, k)


@points("1/2")
@title(en="SVM-RFE: features in their own units", ru="SVM-RFE: признаки в своих единицах")
@hint(
    en="The weight is |w| as it was trained, of the features as they came: nothing is scaled inside.",
    ru="Вес — это |w| после обучения на признаках, какими они даны: внутри ничего не масштабируется.",
)
def test_no_scaling(submission, rng):
    def in_units():
        X, y = task(rng, 80, 5)
        return X * rng.permutation([0.5, 0.8, 1.2, 2.0, 3.0]), y

    def units_matter(X, y):
        weights, spread = np.abs(linear_svm(X, y)[0]), X.std(axis=0)
        others = (weights * spread).argmin(), np.abs(linear_svm(X / spread, y)[0]).argmin()
        return is_clear(X, y, 4) and weights.argmin() not in others

    X, y = until(in_units, units_matter)
    check_rfe(submission, X, y, 4)


@points("5/4")
@title(en="SVM-RFE: copies of a feature", ru="SVM-RFE: копии признака")
@hint(
    en="Copies share a weight. Once one of them is gone, the others have more: train again before the next one goes.",
    ru="Копии делят вес между собой. Когда одна уйдёт, у остальных он вырастет: перед следующим шагом обучайте заново.",
)
def test_copies(submission, rng):
    def anew_matters(X, y):
        once = np.argsort(np.argsort(-np.abs(linear_svm(X, y)[0]))) + 1
        return is_clear(X, y, 1) and once.tolist() != svm_rfe(X, y, 1)[1].tolist()

    X, y = until(lambda: copies(rng, 80), anew_matters)
    for k in (1, 2):
        check_rfe(submission, X, y, k)


@title(en="SVM-RFE: several features at a time", ru="SVM-RFE: по нескольку признаков")
@hint(
    en="In the last round only as many go as may, so that k stay; what goes together has the same rank.",
    ru="На последней итерации уходит не больше, чем можно, чтобы осталось k; у ушедших вместе ранг одинаков.",
)
def test_steps(submission, rng):
    for d, k, step in ((7, 2, 2), (6, 2, 2), (6, 1, 9)):
        X, y = until(lambda: task(rng, 80, d), lambda X, y: is_clear(X, y, k, step))  # noqa: B023
        check_rfe(submission, X, y, k, step)


@points("1/2")
@title(en="SVM-RFE: another C", ru="SVM-RFE: другое C")
@hint(
    en="Each training needs the C of the call, not the default one.",
    ru="При каждом обучении нужно C из вызова, а не значение по умолчанию.",
)
def test_other_strength(submission, rng):
    def differs(X, y):
        ranks = [svm_rfe(X, y, 1, 1, C)[1].tolist() for C in (0.003, 1.0)]
        return ranks[0] != ranks[1] and is_clear(X, y, 1, 1, 0.003)

    check_rfe(submission, *until(lambda: copies(rng, 60), differs), 1, 1, 0.003)


@points("1/2")
@title(en="SVM-RFE: columns of zeros", ru="SVM-RFE: нулевые столбцы")
@hint(
    en="Their weights are equal, 0, though your solver may give 1e-17: the higher index goes first. So it does where a "
    "weight is below 1e-8 of the largest.",
    ru="Их веса равны нулю, хотя может получиться и 1e-17: раньше уходит больший номер. То же, если вес меньше 1e-8 от "
    "наибольшего.",
)
def test_ties(submission, rng):
    X = np.zeros((30, 5))
    used = int(rng.integers(1, 4))
    X[:, used] = rng.normal(size=30)
    y = classes(X, np.ones(5), 0.2 * rng.normal(size=30))
    for k, step in ((1, 1), (3, 1), (2, 2)):
        check_rfe(submission, X, y, k, step)
    X[:, 4] = 1e-12 * rng.normal(size=30)  # its weight is no 0, and counts as one
    check_rfe(submission, X, y, 1)


@points("1/4")
@title(en="SVM-RFE: all features are kept", ru="SVM-RFE: остаются все признаки")
@hint(en="Nothing goes, and all ranks are 1.", ru="Ничего не уходит, все ранги равны 1.")
def test_all_kept(submission, rng):
    X, y = task(rng, 20, 3)
    check_rfe(submission, X, y, 3, 2)
