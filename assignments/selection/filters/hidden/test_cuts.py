"""The hidden suite of L10.cuts."""

import numpy as np

from grader.testing import assert_equal, counted, each, hint, points, title
from reference.selection.filters.cuts import above, broken_stick, elbow, integral, top

from .shared import indices, same_indices, spread_out


@points("3/4")
@title(en="A number of features", ru="Заданное число признаков")
@hint(
    en="Indices of features and not scores; the highest score first.",
    ru="Номера признаков, а не оценки; от наибольшей.",
)
def test_top(submission, rng):
    scores = rng.normal(size=12) * 5
    for k in (1, 5, 12):
        same_indices(submission.top(scores, k), top(scores, k), "top")


@points("3/4")
@title(en="A threshold", ru="Порог")
@hint(
    en="All whose score is at least t, the highest first; there may be none at all.",
    ru="Все, чья оценка не меньше t, от наибольшей; может не оказаться ни одного.",
)
def test_above(submission, rng):
    scores = spread_out(rng, 12).astype(float)
    for t in (np.median(scores), scores.max() - 0.5, scores.max() + 1, -5.0):
        same_indices(submission.above(scores, float(t)), above(scores, float(t)), "above")


@points("1/4")
@title(en="A score equal to the threshold", ru="Оценка, равная порогу")
@hint(en="It is kept.", ru="Такой признак остаётся.")
def test_at_the_threshold(submission, rng):
    scores = spread_out(rng, 9).astype(float)
    t = float(scores[4])
    same_indices(submission.above(scores, t), above(scores, t), "above")


@points("3/4")
@title(en="An integral threshold", ru="Интегральный порог")
@hint(
    en="Add up from the highest score on; the feature with which the share is reached is kept too.",
    ru="Складывайте начиная с наибольшей оценки; признак, на котором доля достигнута, тоже остаётся.",
)
def test_integral(submission, rng):
    scores = spread_out(rng, 12).astype(float)
    held = np.cumsum(np.sort(scores)[::-1]) / scores.sum()
    for place in (0, 3, 7):  # between two sums
        share = float((held[place] + held[place + 1]) / 2)
        same_indices(submission.integral(scores, share), integral(scores, share), "integral")


@points("1/2")
@title(en="Exactly the share, all of it, nothing to share", ru="Ровно доля, доля 1 и нулевые оценки")
@hint(
    en="The shortest prefix: it may hold exactly the share. Scores of 0 are needed for no share.",
    ru="Нужно самое короткое начало: ровно доли достаточно. Признаки с оценкой 0 не нужны ни для какой доли.",
)
def test_integral_edges(submission, rng):
    for share in (0.25, 0.5, 0.75, 1.0):
        scores = rng.permutation([8.0, 4.0, 2.0, 1.0, 1.0, 0.0, 0.0])
        same_indices(submission.integral(scores, share), integral(scores, share), "integral")
    same_indices(submission.integral(np.zeros(4), 0.5), np.arange(0), "integral of zeros")


@title(en="The broken stick", ru="Сломанная трость")
@hint(
    en="Shares of the sum, the largest first, against b_1 > b_2 > …: b_i adds up 1/j from j = i to d, divided by d.",
    ru="Сравнивайте доли суммы по убыванию с b_1 > b_2 > …: в b_i складываются 1/j от j = i до d, затем деление на d.",
)
def test_broken_stick(submission, rng):
    for d, lead in ((6, 1), (9, 2), (12, 3), (20, 5)):
        pieces = np.array([sum(1 / j for j in range(i, d + 1)) / d for i in range(1, d + 1)])
        shares = pieces * np.where(np.arange(d) < lead, 1.15, 0.4)
        shares[lead:] *= (1 - shares[:lead].sum()) / shares[lead:].sum()  # stays below the pieces
        scores = rng.permutation(shares) * rng.uniform(5, 50)
        same_indices(submission.broken_stick(scores), broken_stick(scores), "broken_stick")


@points("1/2")
@title(en="The stick: equal lengths, a later lead, zeros", ru="Трость: равные длины, поздний перевес, нули")
@hint(
    en="A share must be above its piece; the first that is not ends it, whatever comes later. No sum, no share.",
    ru="Доля должна быть больше куска; на первой, которая не больше, отбор заканчивается. Если сумма 0, долей нет.",
)
def test_stick_edges(submission, rng):
    for scores in ([3.0, 1.0], [1.0, 3.0, 3.0, 3.0], [5.0], [0.0, 0.0, 0.0], [2.0] * 6, [0.0, 4.0, 0.0]):
        values = rng.permutation(scores)
        same_indices(submission.broken_stick(values), broken_stick(values), "broken_stick")


def curve(rng, d):
    """Scores with one elbow that is clearly the farthest point, and not where the curve bends most."""
    while True:
        scores = np.sort(rng.uniform(0.5, 1.5, size=d) * 10 * np.exp(-rng.uniform(0.2, 1.2) * np.arange(d)))[::-1] - 1
        gaps = np.abs(scores - np.linspace(scores[0], scores[-1], d))
        bend = 1 + np.abs(np.diff(scores, 2)).argmax()
        if np.sort(gaps)[-1] > 1.1 * np.sort(gaps)[-2] and bend != gaps.argmax():
            return rng.permutation(scores)


@title(en="The elbow", ru="Локоть")
@hint(
    en="Sort the scores first; the chord joins the highest and the lowest; the elbow itself is kept.",
    ru="Сначала упорядочьте оценки; хорда соединяет наибольшую и наименьшую; сам локоть остаётся.",
)
def test_elbow(submission, rng):
    for d in (8, 5, 15, 10):
        scores = curve(rng, d)
        same_indices(submission.elbow(scores), elbow(scores), "elbow")


@points("1/2")
@title(en="The elbow above the chord, and no elbow", ru="Локоть над хордой и кривая без локтя")
@hint(
    en="The distance has no sign. Where all points lie on the chord the first is the farthest: one feature is kept.",
    ru="Расстояние знака не имеет. Если все точки на хорде, самой далёкой считается первая: остаётся один признак.",
)
def test_elbow_edges(submission, rng):
    for scores in ([20, 19, 18, 17, 2, 0], [9, 9, 9, 9, 1], [4, 4, 4], [7, 3], [-2]):
        values = rng.permutation(np.array(scores, dtype=float))
        same_indices(submission.elbow(values), elbow(values), "elbow")


TIES = {
    "top": (top, [5, 5, 5, 5, 2, 2, 1, 1], (6,)),
    "above": (above, [5, 5, 5, 2, 2, 2, 1, 1], (1.5,)),
    "integral": (integral, [5, 5, 5, 5, 5, 1, 1, 1], (0.5,)),
    "broken_stick": (broken_stick, [9, 9, 1, 1, 0, 0], ()),
    "elbow": (elbow, [9, 9, 9, 8, 8, 2, 1, 1, 0], ()),
}


@each(TIES, worth="1/5", en="Equal scores: {name}", ru="Равные оценки: {name}")
@hint(
    en="The lower index comes first: the reverse of an ascending order puts the higher one there.",
    ru="Первым идёт меньший номер: перевёрнутый порядок по возрастанию ставит первым больший.",
)
def test_ties(submission, rng, name):
    rule, scores, more = TIES[name]
    for _ in range(2):
        values = rng.permutation(np.array(scores, dtype=float))
        same_indices(getattr(submission, name)(values, *more), rule(values, *more), name)


@points("1/2")
@title(en="A measure and a rule", ru="Мера и правило")
@hint(
    en="The measure sees one column and y at a time, in the order of the columns; the rule sees all scores at once.",
    ru="Мера получает по одному столбцу и y, в порядке столбцов; правило получает сразу все оценки.",
)
def test_select(submission, rng):
    X, y = rng.normal(size=(12, 6)), rng.normal(size=12)
    weights = rng.normal(size=12)
    shapes = set()

    def weighted(x, target):
        shapes.update([np.shape(x), np.shape(target)])
        return float(np.resize(weights, np.size(x)) @ np.ravel(x) + 2 * np.resize(target, 12) @ weights)

    measure = counted(weighted, budget=6)
    found = indices(submission.select(X, y, measure, lambda scores: elbow(-np.asarray(scores))), "select")
    assert shapes == {(12,)}, f"measure must get two vectors of shape (12,), not {sorted(shapes)}"
    assert_equal(found, elbow(-(weights @ X)).tolist(), what="select")
    found = submission.select(X, y, lambda x, target: float(np.size(x)), lambda scores: np.array([4, 0]))
    assert_equal(indices(found, "select"), [4, 0], what="select with a rule that always keeps 4 and 0")


@points("1/4")
@title(en="select hands categories on", ru="select передаёт категории дальше")
@hint(
    en="Whole numbers stay whole numbers, also where only one of X and y holds them: categories need labels.",
    ru="Целые числа остаются целыми, даже если целые только X или только y: мерам для категорий нужны метки.",
)
def test_select_categories(submission, rng):
    X, y = rng.integers(3, size=(20, 4)), rng.integers(3, size=20)
    for real_X, real_y in ((False, False), (True, False), (False, True)):
        kinds = []

        def measure(a, c, kinds=kinds):
            kinds.append((np.asarray(a).dtype.kind, np.asarray(c).dtype.kind))
            return 1.0

        submission.select(X + 0.5 if real_X else X, y + 0.5 if real_y else y, measure, lambda scores: np.array([0]))
        assert real_X or {a for a, _ in kinds} <= {"i"}, "whole numbers of X must reach the measure as whole numbers"
        assert real_y or {c for _, c in kinds} <= {"i"}, "whole numbers of y must reach the measure as whole numbers"
