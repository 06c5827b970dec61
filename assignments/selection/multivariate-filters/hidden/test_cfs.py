"""The hidden suite of L10.cfs."""

import numpy as np

from grader.testing import assert_equal, hint, points, title
from reference.selection.multivariate.cfs import cfs, merit

from .shared import indices, mixed, near


def correlations(rng, k):
    """Absolute correlations of k features with the target (k,), and with each other (k, k)."""
    among = rng.uniform(0, 1, size=(k, k))
    among = (among + among.T) / 2
    np.fill_diagonal(among, 1.0)
    return rng.uniform(0.1, 0.9, size=k), among


@title(en="The merit of a set", ru="Качество набора")
@hint(
    en="In the numerator k times a mean; under the root k + k (k - 1) times the mean over pairs of different features.",
    ru="В числителе k раз среднее; под корнем k + k (k - 1) раз среднее по парам разных признаков.",
)
def test_merit(submission, rng):
    for k in (2, 3, 5, 8):
        pair = correlations(rng, k)
        near(submission.merit(*pair), merit(*pair), "merit")


@points("1/2")
@title(en="The diagonal does not matter", ru="Диагональ не важна")
@hint(
    en="A feature is no pair with itself, whatever stands on the diagonal.",
    ru="Признак не образует пары с самим собой, что бы ни стояло на диагонали.",
)
def test_diagonal(submission, rng):
    for value in (0.0, 0.5):
        r_fc, r_ff = correlations(rng, 4)
        np.fill_diagonal(r_ff, value)
        near(submission.merit(r_fc, r_ff), merit(r_fc, r_ff), "merit")


@points("1/4")
@title(en="The merit of one feature", ru="Качество одного признака")
@hint(
    en="There are no pairs, and a mean over nothing is NaN: the merit is the correlation itself.",
    ru="Пар нет, а среднее пустого набора — NaN: качество равно самой корреляции.",
)
def test_one_feature(submission, rng):
    for diagonal in (1.0, 0.0):
        near(submission.merit(np.array([0.7]), np.array([[diagonal]])), 0.7, "merit")


def search(submission, X, y, *patience):
    assert_equal(indices(submission.cfs(X, y, *patience), "cfs"), cfs(X, y, *patience), what="cfs")


def forward(X, y):
    """The best set that greedy search evaluates: it expands the best child of the last set, and never goes back."""
    r = np.abs(np.corrcoef(np.column_stack([X, y]).T))
    d, subset, found = X.shape[1], [], []
    while len(subset) < d:
        children = [sorted([*subset, j]) for j in range(d) if j not in subset]
        merits = [merit(r[child, d], r[np.ix_(child, child)]) for child in children]
        subset = children[int(np.argmax(merits))]
        found.append((max(merits), subset))
    return max(found)[1]


def without_going_back(make):
    """Data of which greedy search finds the best set too: what it lacks is asked in tests of their own."""
    X, y = make()
    while cfs(X, y) != forward(X, y):
        X, y = make()
    return X, y


@title(en="Relevant, redundant, irrelevant features", ru="Значимые, избыточные и незначимые признаки")
@hint(
    en="Begin with the empty set, expand the best open set by every feature, and return the best set met, ascending.",
    ru="Начните с пустого набора, расширяйте лучший открытый набор каждым признаком, верните лучший из всех.",
)
def test_planted(submission, rng):
    def make():
        Z = rng.normal(size=(60, 3))
        redundant = Z[:, :2] + 0.5 * rng.normal(size=(60, 2))
        return np.hstack([Z, redundant, rng.normal(size=(60, 2))])[:, rng.permutation(7)], Z @ [1.0, 0.8, 0.6]

    for _ in range(2):
        search(submission, *without_going_back(make))


@points("3/4")
@title(en="Falling dependences", ru="Убывающие зависимости")
@hint(
    en="A strong negative correlation tells as much as a positive one, with the target and among features.",
    ru="Сильная отрицательная корреляция важна так же, как положительная: и с целевым признаком, и между признаками.",
)
def test_signs(submission, rng):
    def make():
        Z = rng.normal(size=(60, 3))
        X = np.column_stack([-Z[:, 0], Z[:, 1], 0.4 * rng.normal(size=60) - Z[:, 1], -Z[:, 2], rng.normal(size=60)])
        return X, Z @ [1.0, 0.8, 0.6]

    search(submission, *without_going_back(make))


def where_it_matters(rng, least, more, **sizes):
    """Data on which the two values of patience lead to different sets."""
    for _ in range(1000):
        X, y = mixed(rng, **sizes)
        if cfs(X, y, least) != cfs(X, y, more):
            return X, y
    raise AssertionError("no such data found")


@title(en="Going back pays", ru="Возврат окупается")
@hint(
    en="All sets that were evaluated stay open. If the children are worse, the best of the others is expanded next.",
    ru="Все оценённые наборы остаются открытыми. Если потомки хуже, следующим расширяется лучший из остальных.",
)
def test_going_back(submission, rng):
    for _ in range(3):
        X, y = mixed(rng, 12, 7, 3)
        while cfs(X, y) == forward(X, y):
            X, y = mixed(rng, 12, 7, 3)
        search(submission, X, y)


@points("1/2")
@title(en="Patience", ru="Терпение")
@hint(
    en="It counts expansions in a row without a set better than all before; one with such a set begins the count anew.",
    ru="Считаются подряд идущие расширения без нового рекорда; после расширения с рекордом счёт начинается заново.",
)
def test_patience(submission, rng):
    for patience in (1, 2, 2):
        search(submission, *where_it_matters(rng, patience, patience + 1, n=10, d=7, parts=2), patience)


# Seeds of data on which a search that expands a set once for each way to reach it runs out of patience too soon.
REACHED_TWICE = (20, 104, 110, 142)


@points("1/2")
@title(en="Each set once", ru="Каждый набор один раз")
@hint(
    en="A set can be reached from several sets: remember all that were met, or patience is spent on repetitions.",
    ru="К одному набору ведут разные пути: запоминайте все встреченные, иначе терпение уйдёт на повторы.",
)
def test_each_once(submission, rng):
    for seed in REACHED_TWICE:
        X, y = mixed(np.random.default_rng(seed), 12, 8, 2)
        X = X * rng.choice([-3.0, 0.5, 2.0], size=8)  # other numbers, the same merits
        search(submission, X[:, rng.permutation(8)], y)


@points("1/2")
@title(en="The best of all subsets", ru="Лучшее из всех подмножеств")
@hint(
    en="With enough patience every set is met, and the search ends when none is open.",
    ru="При большом patience встретятся все наборы; поиск заканчивается, когда открытых не осталось.",
)
def test_all_subsets(submission, rng):
    for _ in range(2):
        search(submission, *where_it_matters(rng, 2, 200, n=10, d=6, parts=2), 200)


@points("1/2")
@title(en="Equal merits", ru="Равное качество")
@hint(
    en="Round merits to 9 digits; of equal ones the smaller set is better, then the lexicographically first. Is an "
    "equal merit a record?",
    ru="Округляйте качество до 9 знаков; из равных лучше меньший набор, затем первый лексикографически. Считается ли "
    "рекордом равное качество?",
)
def test_copies(submission, rng):
    for _ in range(3):
        Z = rng.normal(size=(40, 2))
        X = Z[:, [1, 0, 1, 0, 1]] * [1.0, -3.0, 7.0, 0.1, -1.0]
        search(submission, X, Z @ [1.0, 0.7] + 0.3 * rng.normal(size=40))
    # three copies of the best feature; the better set is met only if sets with these copies count as records
    Q = np.linalg.qr(np.column_stack([np.ones(40), rng.normal(size=(40, 3))]))[0][:, 1:]
    y = Q[:, 0] + Q[:, 1]
    best = 0.93 * y / np.sqrt(2) + np.sqrt(1 - 0.93**2) * Q[:, 2]
    search(submission, np.column_stack([best, -2 * best, 7 * best, Q[:, 0], Q[:, 1]]), y)


@points("1/2")
@title(
    en="Constant features, a constant target, one feature", ru="Постоянный признак, постоянный целевой, один признак"
)
@hint(
    en="Correlations with what is constant are 0; a column of small numbers is not constant. The empty set is never "
    "the answer: of equal sets (0,) is first.",
    ru="Корреляция с постоянным столбцом равна 0; столбец из малых чисел не постоянный. Пустой набор не "
    "бывает ответом: из равных первым идёт набор (0,).",
)
def test_constants(submission, rng):
    X, y = mixed(rng, 7, 4, 2)
    X[:, 1] = 1e-9 * (y + 0.1 * y.std() * rng.normal(size=7))
    X[:, 2] = 0.1
    search(submission, X, y)
    search(submission, X, np.full(7, 0.1))
    search(submission, X[:, 1:2], y)
