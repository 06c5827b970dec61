"""The hidden suite of centres: starts, medians, mixtures, the elbow, silhouettes."""

from itertools import combinations, product

import numpy as np

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    assert_refused,
    call_unchanged,
    counted,
    each,
    hint,
    points,
    title,
)
from grader.testing.inputs import FAR, TINY, bad_matrices, fresh, on_a_grid, with_one
from reference.clustering.centers.elbow import knee, within
from reference.clustering.centers.kmeans import kmeans
from reference.clustering.centers.kmedians import kmedians
from reference.clustering.centers.silhouette import silhouette
from reference.clustering.mixture import gmm, log_densities, soft_labels

DRAWS = 1000
# By Hoeffding's inequality a share of DRAWS draws is farther than this from its chance once in 10^8 times.
MARGIN = float(np.sqrt(np.log(2e8) / (2 * DRAWS)))


STARTS, SILHOUETTES = ("random_start", "kmeans_pp"), ("silhouette", "mean_silhouette")


def starts(function, X, k, rng, count):
    """Many starts as indices of objects; each row must be an object."""
    found = []
    for _ in range(count):
        rows = assert_array(function(X, k, fresh(rng)), shape=(k, X.shape[1]), kind="float", what="start")
        equal = (rows[:, None, :] == X[None, :, :]).all(axis=2)
        assert equal.any(axis=1).all(), "a row of the start is not an object"
        found.append(equal.argmax(axis=1))
    return np.array(found)


def compare(result, expected, names, **tolerance):
    """Each part of a tuple: integers exactly, floats nearly."""
    assert isinstance(result, tuple), f"expected a tuple ({', '.join(names)})"
    assert len(result) == len(names), f"expected a tuple ({', '.join(names)})"
    for part, wanted, name in zip(result, expected, names, strict=True):
        if wanted.dtype.kind == "i":
            assert_equal(part, wanted, what=name)
        else:
            assert_close(part, wanted, what=name, **tolerance)


def compare_medians(result, expected):
    compare(result, expected, ("centers", "labels"), rtol=1e-9, atol=1e-12)


def compare_models(result, expected, rtol=1e-5, atol=1e-6):
    compare(result, expected, ("weights", "means", "covariances", "history"), rtol=rtol, atol=atol)


def a_mixture(rng, k, m):
    factors = rng.normal(size=(k, m, m))
    return rng.dirichlet(np.full(k, 3.0)), rng.normal(size=(k, m)) * 2, factors @ factors.transpose(0, 2, 1) + np.eye(m)


def sample(rng, n, k, m):
    """Objects from a mixture, and k of them as a start."""
    _, means, covariances = a_mixture(rng, k, m)
    factors = np.linalg.cholesky(covariances)
    component = rng.integers(k, size=n)
    X = means[component] + np.einsum("nij,nj->ni", factors[component], rng.normal(size=(n, m)))
    return X, X[rng.choice(n, size=k, replace=False)]


# -- L09.starts ------------------------------------------------------------------------------------------


@title(en="Random objects: every set equally likely", ru="Случайные объекты: все наборы равновероятны")
@hint(
    en="k different objects; no set of objects may be preferred, not even neighbouring rows.",
    ru="k разных объектов; никакой набор не должен выпадать чаще других, в том числе соседние строки.",
)
def test_random_start(submission, rng):
    X = rng.normal(size=(6, 2))
    drawn = np.sort(starts(submission.random_start, X, 2, rng, DRAWS), axis=1)
    for pair in combinations(range(6), 2):
        share = (drawn == pair).all(axis=1).mean()
        assert abs(share - 1 / 15) < MARGIN, "a pair of objects is drawn too often or too rarely"


def shares_by_definition(X, k):
    """The chance of each object to be the t-th draw of k-means++: (k, n)."""
    squares = ((X[:, None, :] - X[None, :, :]) ** 2).sum(axis=2)
    shares = np.zeros((k, len(X)))
    for order in product(range(len(X)), repeat=k):
        chance = 1 / len(X)
        for t in range(1, k):
            nearest = squares[list(order[:t])].min(axis=0)
            chance *= nearest[order[t]] / nearest.sum()
        shares[np.arange(k), order] += chance
    return shares


@points(2)
@title(en="k-means++: the chances of each draw", ru="k-means++: вероятности каждого выбора")
@hint(
    en="Squared distances, to the nearest of all the chosen ones; one draw for each centre; the first one is uniform.",
    ru="Квадраты расстояний до ближайшего из всех выбранных; один выбор на центр; первый равновероятен.",
)
def test_plus_plus(submission, rng):
    X = rng.permutation([0.0, 1.0, 2.0, 2.0, 7.0, 12.0])[:, None] + rng.integers(-9, 10)
    drawn, shares = starts(submission.kmeans_pp, X, 3, rng, DRAWS), shares_by_definition(X, 3)
    for value, t in product(np.unique(X), range(3)):
        chance = shares[t, X[:, 0] == value].sum()
        share = (X[drawn[:, t], 0] == value).mean()
        assert abs(share - chance) < MARGIN, f"draw {t + 1}: an object comes too often or too rarely"


@points("1/2")
@each(STARTS, en="{name}: all objects when k is n, far from zero", ru="{name}: все объекты при k = n, вдали от нуля")
@hint(
    en="A chosen object has the distance 0 exactly, and is not drawn again; subtract before you square.",
    ru="У выбранного объекта расстояние в точности 0, и второй раз его не выбрать; сначала вычитайте, потом квадрат.",
)
def test_all_objects(submission, rng, name):
    X = rng.permutation(12)[:, None] * [1.0, 0.5] + 1e9
    for drawn in starts(getattr(submission, name), X, 12, rng, 5):
        assert_equal(sorted(drawn.tolist()), list(range(12)), what="objects drawn")


@points("1/2")
@each(STARTS, en="{name}: duplicates, a small unit of length", ru="{name}: повторы, малая единица длины")
@hint(
    en="When all squared distances are zero they cannot be normalised; other objects come before duplicates.",
    ru="Когда все квадраты расстояний нулевые, их не нормировать; пока есть другие объекты, повторы не выбираются.",
)
def test_duplicate_starts(submission, rng, name):
    function, X = getattr(submission, name), np.repeat(rng.normal(size=(3, 2)), [20, 1, 4], axis=0)
    for objects, k in ((X, 25), (np.ones((4, 1)), 3), (X[:1], 1)):
        starts(function, objects, k, rng, 3)
    if name == "kmeans_pp":
        for objects, k in ((X, 3), (X, 6), (2.0**-60 * X, 3)):
            for drawn in starts(function, objects, k, rng, 10):
                assert_equal(len(set(drawn[:3].tolist())), 3, what="different objects among the first three draws")


@points("1/2")
@each(STARTS, en="{name}: randomness comes from rng", ru="{name}: случайность — из rng")
@hint(
    en="numpy.random.seed and a generator of your own are not rng.", ru="numpy.random.seed и свой генератор — не rng."
)
def test_rng(submission, rng, name):
    X, seed, function = rng.normal(size=(1000, 2)), int(rng.integers(1 << 30)), getattr(submission, name)
    first = assert_array(function(X, 5, np.random.default_rng(seed)), shape=(5, 2), kind="float", what="start")
    assert_equal(function(X, 5, np.random.default_rng(seed)), first, what="start from an equal rng")
    other = assert_array(function(X, 5, np.random.default_rng(seed + 1)), shape=(5, 2), kind="float", what="start")
    assert np.any(other != first), "rng is not used"


# -- L09.kmedians ----------------------------------------------------------------------------------------


@points(2)
@title(en="k-medians on data with outliers", ru="k-медиан на данных с выбросами")
@hint(
    en="The Manhattan distance assigns, the median of each coordinate moves; repeat until the labels stay the same.",
    ru="Распределяет манхэттенское расстояние, сдвигает медиана по координатам; повторяйте, пока метки меняются.",
)
def test_kmedians(submission, rng):
    for n, m, k in ((60, 2, 3), (151, 5, 6)):
        X = rng.standard_t(2, size=(n, m))
        start = X[rng.choice(n, size=k, replace=False)]
        compare_medians(submission.kmedians(X, start), kmedians(X, start))


@title(
    en="k-medians: ties, emptied clusters, duplicates, one object", ru="k-медиан: равенства, пустые кластеры, повторы"
)
@hint(
    en="The lowest index; an emptied cluster keeps its centre; shapes stay (k, m) and (n,).",
    ru="Наименьший номер; пустой кластер оставляет центр на месте; формы — всегда (k, m) и (n,).",
)
def test_kmedians_edges(submission, rng):
    shift = float(rng.integers(-5, 6))
    ties = np.array([[-1.0], [0.0], [1.0]]) + shift, np.array([[-1.0], [1.0], [50.0]]) + shift
    same = np.repeat(rng.normal(size=(2, 2)), 4, axis=0)
    one = rng.normal(size=(1, 1))
    for X, start in (ties, (same, same[[0, 0, 7, 7]]), (one, one + 1), (one, np.vstack([one - 2, one + 1]))):
        compare_medians(submission.kmedians(X, start), kmedians(X, start))


@title(
    en="k-medians: a cluster emptied on the way, far from zero, a small unit",
    ru="k-медиан: кластер, опустевший по ходу, вдали от нуля, малая единица",
)
@hint(
    en="An emptied centre stays where its last object left it; the method knows no tolerance and no unit of length.",
    ru="Опустевший центр стоит там, где его покинул последний объект; ни допусков, ни единицы длины в методе нет.",
)
def test_kmedians_on_the_way(submission, rng):
    order, shift = rng.permutation(6), float(rng.integers(-9, 10))
    for line, places in (([0, 1, 2, 3, 7, 8], [1, 4, 11]), ([0, 3, 4, 5, 9, 10], [0, 9, 10])):
        X, start = np.array([line, [shift] * 6]).T[order], np.array([places, [shift] * 3]).T
        for last in (1, 2, 300):
            compare_medians(submission.kmedians(X, start, last), kmedians(X, start, last))
    X = on_a_grid(rng.normal(size=(101, 2)))
    for unit, origin in ((TINY, 0.0), (1.0, FAR)):
        Y = unit * X + origin
        centers, labels = kmedians(Y, Y[:4])
        found = submission.kmedians(Y, Y[:4])
        compare(found, (centers, labels), ("centers", "labels"), rtol=1e-9)


@title(en="max_iter bounds the moves of k-medians", ru="max_iter ограничивает число сдвигов в k-медиан")
@hint(en="max_iter = 1 is one move and one more assignment.", ru="max_iter = 1 — один сдвиг и ещё одно распределение.")
def test_kmedians_max_iter(submission, rng):
    X = rng.normal(size=(150, 2))
    for limit in (1, 2, 3):
        compare_medians(submission.kmedians(X, X[:6], limit), kmedians(X, X[:6], limit))


# -- L09.gmm ---------------------------------------------------------------------------------------------


@points(2)
@title(en="Logarithms of densities", ru="Логарифмы плотностей")
@hint(
    en="The constant has m ln 2 pi; the determinant and the quadratic form are halved; covariances are full matrices.",
    ru="В константе m ln 2 pi; определитель и квадратичная форма — пополам; ковариации — полные матрицы.",
)
def test_log_densities(submission, rng):
    for n, k, m in ((20, 3, 2), (5, 4, 6), (1, 1, 1)):
        _, means, covariances = a_mixture(rng, k, m)
        X = rng.normal(size=(n, m)) * 4
        found = submission.log_densities(X, means, covariances)
        assert_close(found, log_densities(X, means, covariances), rtol=1e-7, atol=1e-9, what="logarithms of densities")


@title(en="Many features, features of very different scales", ru="Много признаков, признаки очень разного масштаба")
@hint(
    en="The determinant of a large matrix leaves the range of floats; its logarithm does not.",
    ru="Определитель большой матрицы не помещается в float, а его логарифм помещается.",
)
def test_extreme_determinants(submission, rng):
    for scales in (np.full(200, 1e-3), np.full(200, 1e3), np.logspace(-8, 8, 5)):
        X = np.sqrt(scales) * rng.normal(size=(4, len(scales)))
        means, covariances = np.zeros((1, len(scales))), np.diag(scales)[None]
        found = submission.log_densities(X, means, covariances)
        assert_close(found, log_densities(X, means, covariances), rtol=1e-7, what="logarithms of densities")


@points("1/2")
@title(en="Soft labels", ru="Мягкие метки")
@hint(en="Weights count as well as densities.", ru="Важны и веса, и плотности.")
def test_soft_labels(submission, rng):
    for k, m in ((3, 2), (1, 4), (5, 1)):
        weights, means, covariances = a_mixture(rng, k, m)
        X = rng.normal(size=(30, m)) * 3
        found = submission.soft_labels(X, weights, means, covariances)
        assert_close(found, soft_labels(X, weights, means, covariances), rtol=1e-6, atol=1e-9, what="soft labels")


@points("1/2")
@title(en="Hard labels", ru="Жёсткие метки")
@hint(
    en="The largest probability, however small its lead; of equal ones the first.",
    ru="Наибольшая вероятность, как бы мало она ни опережала другие; из равных — первая.",
)
def test_hard_labels(submission):
    soft = np.array([[0.2, 0.4, 0.4], [0.5, 0.0, 0.5], [0.1, 0.2, 0.7], [0.0, 1.0, 0.0]])
    near = np.array([[0.5 - 1e-12, 0.5 + 1e-12], [0.5 + 1e-12, 0.5 - 1e-12], [0.5, 0.5]])
    assert_equal(submission.hard_labels(near), np.array([1, 0, 0]), what="hard labels")
    assert_equal(submission.hard_labels(np.ones((3, 1))), np.array([0, 0, 0]), what="hard labels of one component")
    assert_equal(submission.hard_labels(soft), np.array([1, 0, 2, 1]), what="hard labels")


@title(en="Soft labels far from all means", ru="Мягкие метки вдали от всех средних")
@hint(
    en="exp(-1e6) is zero for every component, and 0/0 is NaN: subtract the largest logarithm first.",
    ru="exp(-1e6) — ноль для каждой компоненты, а 0/0 — NaN: сначала вычтите наибольший логарифм.",
)
def test_far_objects(submission, rng):
    weights, means, _ = a_mixture(rng, 3, 2)
    X = 1e3 * rng.normal(size=(10, 2))
    model = weights, means, np.stack([np.eye(2)] * 3)
    assert_close(submission.soft_labels(X, *model), soft_labels(X, *model), rtol=0, atol=1e-6, what="soft labels")
    model = np.array([1.0, 0.0]), means[:2], np.stack([np.eye(2)] * 2)
    expected = np.tile([1.0, 0.0], (10, 1))
    assert_close(submission.soft_labels(X, *model), expected, atol=1e-12, what="soft labels with a weight of 0")


@points(2)
@title(en="Steps of EM", ru="Шаги EM")
@hint(
    en="Check one step on four objects: n_j, the new means, covariances around the new means, reg on every diagonal.",
    ru="Проверьте один шаг на четырёх объектах: n_j, новые средние, ковариации вокруг новых средних, reg на диагонали.",
)
def test_em(submission, rng):
    for n, k, m, reg in ((80, 3, 2, 1e-6), (60, 2, 1, 0.0), (90, 4, 3, 0.2)):
        X, start = sample(rng, n, k, m)
        for steps in (1, 4):
            expected = gmm(X, start, steps, 0.0, reg)
            compare_models(submission.gmm(X, start, max_iter=steps, tol=0.0, reg=reg), expected)


def slow_sample(rng):
    """Objects without clusters, on which EM is still on its way after 100 steps."""
    while True:
        X = rng.normal(size=(200, 2))
        if np.all(np.diff(gmm(X, X[:4], 110, 0.0)[-1]) > 1e-7):
            return X, X[:4]


@title(en="EM stops when the rise is small", ru="EM останавливается, когда рост мал")
@hint(
    en="After each step compare the mean log-likelihood with that before it; keep both in the history.",
    ru="После каждого шага сравните средний логарифм правдоподобия с прежним; оба остаются в истории.",
)
def test_em_stops(submission, rng):
    X, start = sample(rng, 100, 3, 2)
    result = submission.gmm(X, start, max_iter=2000, tol=1e-3)
    assert isinstance(result, tuple), "expected a tuple (weights, means, covariances, history)"
    rises = np.diff(assert_array(result[-1], shape=(None,), kind="float", what="history"))
    assert len(rises) > 0, "no step was made"
    assert rises[-1] < 1e-3 + 1e-9, "stopped too early"
    assert np.all(rises[:-1] > 1e-3 - 1e-9), "stopped too late"
    compare_models(result, gmm(X, start, len(rises), 0.0), rtol=1e-3, atol=1e-3)
    X, start = slow_sample(rng)
    result = submission.gmm(X, start, tol=1e-9)
    assert isinstance(result, tuple), "expected a tuple (weights, means, covariances, history)"
    assert_array(result[-1], shape=(101,), kind="float", what="history of the usual 100 steps")
    X, start = usual_sample(rng)
    compare_models(submission.gmm(X, start), gmm(X, start), rtol=1e-4, atol=1e-5)
    fixed = submission.gmm(X, start[:1], 5, 0.0, 0.5)  # one component: nothing changes any more, and nothing falls
    assert isinstance(fixed, tuple), "expected a tuple (weights, means, covariances, history)"
    assert_array(fixed[-1], shape=(6,), kind="float", what="history of five steps with tol = 0")


def usual_sample(rng):
    """Objects on which EM stops before the 100th step, each rise being well away from the usual tol of 1e-6."""
    while True:
        X, start = sample(rng, 60, 2, 2)
        rises = np.diff(gmm(X, start)[-1])
        if len(rises) < 100 and np.all(np.abs(rises - 1e-6) > 1e-7):
            return X, start


@title(en="The likelihood never falls", ru="Правдоподобие не убывает")
@hint(
    en="With reg = 0 a step cannot lower it; if it does, the steps and the history do not belong together.",
    ru="При reg = 0 шаг не может его уменьшить; если уменьшил, шаги и история не соответствуют друг другу.",
)
def test_likelihood_rises(submission, rng):
    X, start = sample(rng, 150, 2, 2)
    result = submission.gmm(X, start, 25, 0.0, 0.0)
    assert isinstance(result, tuple), "expected a tuple (weights, means, covariances, history)"
    history = assert_array(result[-1], shape=(None,), kind="float", what="history")
    assert len(history) > 5, "tol = 0 stops only where nothing rises"
    assert np.all(np.diff(history) > -1e-9), "the likelihood falls"


@title(en="A component without objects, a constant feature, one object", ru="Пустая компонента, константный признак")
@hint(
    en="n_j = 0: weight 0, mean and covariance as they were. A constant feature has the variance reg.",
    ru="n_j = 0: вес 0, среднее и ковариация прежние. У константного признака дисперсия reg.",
)
def test_em_edges(submission, rng):
    X = rng.normal(size=(40, 2))
    constant = np.column_stack([X[:, 0], np.full(40, 3.0)])
    cases = [
        (X, np.array([[0.0, 0.0], [1e4, -1e4]]), 1e-6),
        (constant, constant[:2], 1e-2),
        (X[:1], np.zeros((1, 2)), 0.5),
        (np.repeat(X[:2], 5, axis=0), X[:1], 1e-2),
    ]
    for objects, start, reg in cases:
        compare_models(submission.gmm(objects, start, 3, 0.0, reg), gmm(objects, start, 3, 0.0, reg))
    expected = gmm(constant, constant[:1], 2)  # reg as it is usually: the variance of the constant feature
    compare_models(submission.gmm(constant, constant[:1], 2), expected, rtol=1e-4, atol=1e-9)


@title(en="A mixture far from zero", ru="Смесь вдали от нуля")
@hint(
    en="The mean of squares minus the square of the mean loses all digits there: subtract the mean first.",
    ru="Средний квадрат минус квадрат среднего теряет там все цифры: сначала вычтите среднее.",
)
def test_em_far_from_zero(submission, rng):
    X, start = sample(rng, 60, 2, 2)
    X, start = X + 1e7, start + 1e7
    compare_models(submission.gmm(X, start, 2, 0.0, 1e-3), gmm(X, start, 2, 0.0, 1e-3), rtol=1e-4, atol=1e-4)


# -- L09.elbow -------------------------------------------------------------------------------------------


@title(en="The curve of the elbow", ru="График для метода локтя")
@hint(
    en="Squares, summed over objects, to the nearest centre; cluster is called once for each k.",
    ru="Сумма по объектам квадратов расстояний до ближайшего центра; cluster вызывается один раз на каждое k.",
)
def test_curve(submission, rng):
    X, ks = rng.normal(size=(50, 3)), [1, 2, 4, 5, 9]
    known = {k: kmeans(X, X[:k], 1)[0] for k in ks}  # on their way: no means of what is nearest to them

    def centers(given, k):
        assert isinstance(k, int | np.integer), "cluster must be called as cluster(X, k)"
        assert int(k) in known, "cluster was called with a k that is not in ks"
        return known[int(k)]

    cluster = counted(centers, budget=len(ks))
    curve = submission.elbow_curve(X, ks, cluster)
    assert_close(curve, np.array([within(X, known[k]) for k in ks]), rtol=1e-7, what="curve")
    far = submission.elbow_curve(X + 1e8, [2, 4], lambda given, k: known[int(k)] + 1e8)
    assert_close(far, np.array([within(X, known[k]) for k in (2, 4)]), rtol=1e-5, what="curve far from zero")
    assert_equal(cluster.count, len(ks), what="number of calls of cluster")
    for call, k in zip(cluster.calls, ks, strict=True):
        assert len(call) == 2, "cluster must be called as cluster(X, k)"
        assert_close(call[0], X, what="the objects that cluster was given")
        assert_equal(call[1], k, what="the k that cluster was given")


def a_curve(rng, ks, kind):
    """A curve on which one point is clearly farther from the chord than the others, on random scales."""
    while True:
        curve = np.sort(rng.exponential(size=len(ks)))[::-1] if kind == "falling" else rng.normal(size=len(ks))
        slope = (curve[-1] - curve[0]) / (ks[-1] - ks[0])
        gaps = np.sort(np.abs(curve - curve[0] - slope * (np.array(ks) - ks[0])))
        if gaps[-1] > 1.05 * gaps[-2]:
            return curve * 10.0 ** rng.integers(-3, 7)


@points(2)
@title(en="The knee", ru="Локоть")
@hint(
    en="The distance to a line, on either side; the first of equals; numbers may have gaps; return k itself.",
    ru="Расстояние до прямой, по любую сторону; первое из равных; числа не обязательно подряд; вернуть надо само k.",
)
def test_knee(submission, rng):
    for kind in ("falling", "any"):
        for _ in range(25):
            ks = np.cumsum(rng.integers(1, 6, size=rng.integers(3, 9))).tolist()
            curve = a_curve(rng, ks, kind)
            assert_equal(submission.knee(ks, curve), knee(ks, curve), what="knee")
    assert_equal(submission.knee([2, 3, 4, 5], np.array([0.0, 1.0, 1.0, 0.0])), 3, what="the first of two knees")
    assert_equal(submission.knee([2, 3, 4], np.array([3.0, 2.0, 1.0])), 2, what="knee of a straight line")


# -- L09.silhouette --------------------------------------------------------------------------------------


@points("1/2")
@each(SILHOUETTES, en="{name}: ordinary data", ru="{name}: обычные данные")
@hint(
    en="An object does not count among its own neighbours; b is a minimum over clusters of means.",
    ru="Сам объект среди своих соседей не считается; b — минимум по кластерам от средних.",
)
def test_silhouettes(submission, rng, name):
    for n, m, k, scale in ((40, 2, 2, 1.0), (90, 4, 6, 100.0), (12, 2, 6, 1e-3)):
        X, labels = scale * rng.normal(size=(n, m)), rng.permutation(np.arange(n) % k)
        the_same_silhouettes(getattr(submission, name), name, X, labels)


def the_same_silhouettes(function, name, X, labels, tolerance=1e-9):
    expected = silhouette(X, labels)
    if name == "mean_silhouette":
        expected = float(expected.mean())
    assert_close(function(X, labels), expected, rtol=1e-6, atol=tolerance, what=name)


@points("1/2")
@each(
    SILHOUETTES,
    en="{name}: singletons, duplicates, any labels, far from zero, a small unit",
    ru="{name}: одиночки, повторы, любые метки, вдали от нуля, малая единица",
)
@hint(
    en="A singleton has 0, and so has an object with a = b = 0; labels may be negative and have gaps.",
    ru="У одиночного объекта 0, при a = b = 0 тоже 0; метки бывают отрицательными и с пропусками.",
)
def test_silhouette_edges(submission, rng, name):
    X = rng.normal(size=(12, 2))
    same = np.repeat(X[:2], 3, axis=0)
    cases = [
        (X, np.array([-1, 7, 7, 7, -4, 3, 3, 100, 100, 100, 7, 3])),
        (X, np.arange(12) * 2),
        (same, np.array([0, 0, 1, 1, 2, 2])),
        (same, np.array([0, 0, 0, 1, 1, 1])),
        (same[:3], np.array([5, 5, 9])),
        (X + 1e8, np.arange(12) % 3),
        (2.0**-60 * X, np.arange(12) % 3),
    ]
    for objects, labels in cases:
        the_same_silhouettes(getattr(submission, name), name, objects, labels, 1e-7)


# -- arguments -------------------------------------------------------------------------------------------

ALL = (
    *STARTS,
    *("kmedians", "log_densities", "soft_labels", "hard_labels", "gmm", "elbow_curve", "knee"),
    *SILHOUETTES,
)


@points("1/11")
@each(ALL, en="{name}: the arguments stay as they were", ru="{name}: аргументы не меняются")
@hint(en="Copy what you mean to change.", ru="Скопируйте то, что собираетесь менять.")
def test_unchanged(submission, rng, name):
    X, start = sample(rng, 30, 2, 2)
    weights, means, covariances = a_mixture(rng, 2, 2)
    arguments = {
        **dict.fromkeys(STARTS, (X, 3, fresh(rng))),
        "kmedians": (X, start),
        "log_densities": (X, means, covariances),
        "soft_labels": (X, weights, means, covariances),
        "hard_labels": (soft_labels(X, weights, means, covariances),),
        "gmm": (X, start, 2),
        "elbow_curve": (X, [1, 2], lambda given, k: X[: int(k)]),
        "knee": ([1, 2, 3], np.array([9.0, 2.0, 1.0])),
        **dict.fromkeys(SILHOUETTES, (X, rng.permutation(np.arange(30) % 3))),
    }
    call_unchanged(getattr(submission, name), *arguments[name])


GOOD, UNITS = with_one(0.5), np.stack([np.eye(2)] * 2)
BAD_MATRICES = bad_matrices()
INDEFINITE = np.stack([np.eye(2), np.array([[1.0, 2.0], [2.0, 1.0]])])
BAD_COVARIANCES = (np.eye(2), UNITS[:1], np.stack([np.eye(3)] * 2), INDEFINITE, -UNITS)
BAD_WEIGHTS = tuple(map(np.array, ([0.5, 0.6], [-0.5, 1.5], [1.0], [[0.4, 0.6]])))
HALVES = np.array([0.5, 0.5])


def refusals(name, rng):
    """Pairs of the name of a wrong argument and all the arguments."""
    match name:
        case "random_start" | "kmeans_pp":
            # without objects k is wrong as well
            yield from (("X", (bad, 1, fresh(rng))) for bad in BAD_MATRICES if len(bad))
            yield from (("k", (GOOD, k, fresh(rng))) for k in (0, -1, 5))
        case "kmedians" | "gmm":
            yield from (("X", (bad, GOOD)) for bad in BAD_MATRICES)
            yield from (("start", (GOOD, bad)) for bad in (*BAD_MATRICES, np.zeros((2, 3)), np.zeros((2, 1))))
            yield from (("max_iter", (GOOD, GOOD[:1], bad)) for bad in (0, -1))
        case "log_densities":
            yield from (("X", (bad, np.eye(2), UNITS)) for bad in BAD_MATRICES)
            yield from (("covariances", (GOOD, np.eye(2), bad)) for bad in BAD_COVARIANCES)
            yield "means", (GOOD, np.zeros((2, 3)), np.stack([np.eye(3)] * 2))
        case "soft_labels":
            yield from (("weights", (GOOD, bad, np.eye(2), UNITS)) for bad in BAD_WEIGHTS)
            yield from (("covariances", (GOOD, HALVES, np.eye(2), bad)) for bad in BAD_COVARIANCES)
        case "elbow_curve":
            wrong = ([], [0, 1], [2, 2], [3, 1])
            yield from (("ks", (GOOD, ks, lambda given, k: GOOD[:1])) for ks in wrong)
            yield from (("X", (bad, [1, 2], lambda given, k: GOOD[:1])) for bad in BAD_MATRICES)
        case "knee":
            yield from (("ks", (ks, np.arange(len(ks), 0.0, -1.0))) for ks in ([1, 2], [1, 3, 2], [1, 2, 2]))
            bad_curves = ([2.0, 1.0], [3.0, np.nan, 1.0], [3.0, 2.0, -np.inf])
            yield from (("curve", ([1, 2, 3], np.array(bad))) for bad in bad_curves)
        case "silhouette" | "mean_silhouette":
            bad_labels = np.zeros(4, dtype=int), np.array([0, 1]), np.array([[0], [1], [0], [1]])
            yield from (("labels", (GOOD, bad)) for bad in bad_labels)
            yield from (("X", (bad, np.array([0, 0, 1, 1]))) for bad in BAD_MATRICES if len(bad))


@points("1/5")
@each((name for name in ALL if name != "hard_labels"), en="{name}: errors", ru="{name}: ошибки")
@hint(
    en="ValueError with the argument's name; numpy's own message about a matrix does not name it.",
    ru="ValueError с именем аргумента; в собственном сообщении numpy о матрице его нет.",
)
def test_errors(submission, rng, name):
    function = getattr(submission, name)
    for wrong, arguments in refusals(name, rng):
        assert_refused(wrong, function, *arguments)
    if name == "gmm":
        assert_refused("tol", function, GOOD, GOOD[:2], tol=-1e-3)
        assert_refused("reg", function, GOOD, GOOD[:2], reg=-1e-3)
