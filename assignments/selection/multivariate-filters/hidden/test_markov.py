"""The hidden suite of L10.markov."""

import numpy as np

from grader.testing import assert_equal, hint, points, title
from reference.selection.multivariate.markov import blanket, expected_kl, markov_filter

from .shared import codes, flipped, indices, near


def around(submission, *arguments):
    assert_equal(indices(submission.blanket(*arguments), "blanket"), blanket(*arguments), what="blanket")


@title(en="The nearest features", ru="Ближайшие признаки")
@hint(
    en="The largest absolute correlations with f, the largest first; only active features, and f is none of them.",
    ru="Наибольшие по модулю корреляции с f, от наибольшей; только активные признаки, и самого f среди них нет.",
)
def test_blanket(submission, rng):
    for f, active in ((2, range(7)), (0, (0, 6, 1, 4, 3)), (5, (5, 1, 2, 0))):
        X = codes(rng, 50, 7)
        X[:, [1, 4]] = 2 - X[:, [1, 4]]  # negative correlations
        for size in (1, 3):
            around(submission, X, f, list(active), size)


@points("1/2")
@title(en="Few active features, f not among them", ru="Мало активных признаков, и f не среди них")
@hint(
    en="All others are taken where there are fewer than size; there may be none. `active` need not hold f.",
    ru="Если других меньше size, берутся все; их может не быть вовсе. В active не обязан входить f.",
)
def test_few(submission, rng):
    X = codes(rng, 40, 5)
    for f, active, size in ((1, [1, 3, 0], 4), (4, [0, 2, 3], 2), (2, [2], 1), (2, [], 3)):
        around(submission, X, f, active, size)


@points("1/4")
@title(en="Equal correlations", ru="Равные корреляции")
@hint(
    en="Round to 9 digits, then the lower index comes first; with a constant feature the correlation is 0.",
    ru="Округлите до 9 знаков, и первым идёт меньший номер; с постоянным признаком корреляция равна 0.",
)
def test_equal(submission, rng):
    for _ in range(3):
        X = codes(rng, 40, 3)[:, [0, 1, 0, 2, 1, 0]] * [1, 1, -3, 1, 7, 11]
        X = np.column_stack([X, np.full((40, 2), 3)])
        for f, active in ((3, [5, 2, 1, 0, 4]), (1, [2, 0, 4, 5, 3]), (3, [7, 6, 3])):
            around(submission, X, f, active, 3)


def told(submission, *arguments):
    near(submission.expected_kl(*arguments), expected_kl(*arguments), "expected_kl")


@title(en="One feature in the blanket", ru="Один признак в одеяле")
@hint(
    en="Compare the classes of objects with equal m and x with those of objects with equal m, weighted by P(m, x).",
    ru="Сравните классы объектов с равными m и x и классы объектов с равным m; вес — P(m, x).",
)
def test_expected_kl(submission, rng):
    for n, values, f in ((200, 2, 0), (300, 3, 3)):
        X = codes(rng, n, 4, values)
        told(submission, X, np.where(rng.random(n) < 0.5, X[:, f], rng.integers(values, size=n)), f, [2])


@title(en="Several features in the blanket", ru="Несколько признаков в одеяле")
@hint(
    en="m is the combination of all their values: the sum of what each of them alone gives is something else.",
    ru="m — это сочетание значений всех признаков одеяла; сложить результаты по отдельным признакам — другое.",
)
def test_several(submission, rng):
    X = codes(rng, 400, 5, 2)
    y = (X[:, 0] ^ X[:, 3]) | flipped(rng, X[:, 1], 0.3)
    for given in ([3, 1], [4, 2, 3]):
        told(submission, X, y, 0, given)


@points("1/2")
@title(en="An empty blanket", ru="Пустое одеяло")
@hint(
    en="All objects have the same m then: the mutual information of the feature and the class is left.",
    ru="Тогда m у всех объектов одно и то же, и получается взаимная информация признака и класса.",
)
def test_empty(submission, rng):
    X = codes(rng, 200, 3)
    told(submission, X, (X[:, 1] + (rng.random(200) < 0.3)) % 3, 1, [])


@points("1/2")
@title(en="Combinations that never occur", ru="Сочетания, которых нет")
@hint(
    en="They have the probability 0 and add 0, no NaN; a copy in the blanket leaves nothing to tell.",
    ru="Их вероятность 0, и добавляют они 0, а не NaN; если в одеяле копия признака, сам он ничего не добавляет.",
)
def test_absent(submission, rng):
    X = codes(rng, 12, 3, 4)
    copied = np.column_stack([X, X[:, 0]])
    told(submission, X, X[:, 0], 0, [1])
    told(submission, copied, rng.integers(2, size=12), 0, [3])
    told(submission, X, np.ones(12, dtype=int), 0, [1, 2])


@points("1/4")
@title(en="Labels with gaps, negative ones", ru="Метки с пропусками и отрицательные")
@hint(en="Values and classes are names.", ru="Значения и классы — это имена.")
def test_gaps(submission, rng):
    X, c = codes(rng, 60, 3), rng.integers(3, size=60)
    labels = np.array([[-5, 10**6, 7], [0, 10, -10], [100, 0, 1]])  # 10 * 10 + 0 = 10 * 0 + 100
    named = np.column_stack([labels[j, X[:, j]] for j in range(3)])
    found = submission.expected_kl(named, np.array([40, -2, 10**9])[c], 0, [1, 2])
    near(found, expected_kl(X, c, 0, [1, 2]), "expected_kl")


def removed(submission, *arguments):
    found = indices(submission.markov_filter(*arguments), "markov_filter")
    assert_equal(found, markov_filter(*arguments), what="markov_filter")


def planted(rng, n):
    """Two causes of the class, and the class."""
    a, b = rng.integers(2, size=(2, n))
    return a, b, 2 * flipped(rng, a, 0.05) + flipped(rng, b, 0.1)


@title(en="Noise goes, causes stay", ru="Шум уходит, причины остаются")
@hint(
    en="The feature with the smallest value goes, one at a time, until `keep` are left.",
    ru="Уходит признак с наименьшим значением, по одному, пока не останется keep.",
)
def test_noise(submission, rng):
    for size in (1, 2):
        a, b, y = planted(rng, 300)
        X = np.column_stack([a, *rng.integers(2, size=(2, 300)), b, rng.integers(3, size=300)])
        removed(submission, X, y, 2, size)


@title(en="Of several copies one stays", ru="Из нескольких копий остаётся одна")
@hint(
    en="Once a feature has gone it is in nobody's blanket: look for new blankets after every removal.",
    ru="Удалённый признак больше не входит ни в чьё одеяло: после каждого удаления ищите одеяла заново.",
)
def test_redundant(submission, rng):
    a, b, y = planted(rng, 300)
    X = np.column_stack([flipped(rng, a, 0.02), b, a, 1 - b, flipped(rng, b, 0.04), rng.integers(2, size=300)])
    for size in (1, 2):
        removed(submission, X, y, 2, size)


@points("1/2")
@title(en="Equal values", ru="Равные значения")
@hint(
    en="Round to 9 digits; of equal ones the lowest index goes first.",
    ru="Округлите до 9 знаков; из равных первым уходит наименьший номер.",
)
def test_ties(submission, rng):
    a, b, y = planted(rng, 200)
    X = np.column_stack([np.full(200, 4), a, 3 * b, a, np.full(200, -1), -b, 1 - a])
    removed(submission, X, y, 2, 1)


@points("1/2")
@title(en="All are kept, one is kept", ru="Остаются все, остаётся один")
@hint(
    en="Nothing is removed where keep is the number of features; of the last two each is the blanket of the other.",
    ru="Если keep равно числу признаков, ничего не удаляется; из двух последних каждый — одеяло другого.",
)
def test_keep(submission, rng):
    a, b, y = planted(rng, 200)
    X = np.column_stack([flipped(rng, a, 0.1), b, a, rng.integers(2, size=200)])
    for keep in (4, 1):
        removed(submission, X, y, keep, 5)
