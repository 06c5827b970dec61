"""The hidden suite of the hybrid: a filter, then sequential forward selection."""

import numpy as np

from grader.testing import assert_equal, counted, each, hint, points, title
from reference.selection.combinations.hybrid import hybrid


def values(rng, d):
    """A value for each set of features, as a function of a tuple of indices: near to one another, no two equal."""
    table = rng.permutation(1 << d) / 7e9
    return lambda subset: float(table[sum(1 << int(feature) for feature in set(subset))])


def compare(submission, scores, keep, score, k):
    expected = hybrid(scores, keep, score, k)
    assert_equal(submission.hybrid(scores, keep, score, k), expected, what=f"hybrid(scores, {keep}, score, {k})")


@points("5/4")
@title(en="A filter and then a wrapper", ru="Сначала фильтр, затем обёртка")
@hint(
    en="The highest scores stay. Then, step by step, the feature is added with which the set has the best value. "
    "Sets and the result hold indices of all d features, not places among those kept.",
    ru="Остаются наибольшие оценки. Затем шаг за шагом добавляется признак, с которым набор получает лучшее значение. "
    "В наборах и в результате — номера среди всех d признаков, а не места среди оставшихся.",
)
def test_hybrid(submission, rng):
    for d, keep, k in ((8, 5, 3), (9, 6, 4)):
        compare(submission, rng.normal(size=d), keep, values(rng, d), k)


@points("1/2")
@title(en="Equal scores of the filter", ru="Равные оценки фильтра")
@hint(
    en="Ties go to the lower index, also among many features.",
    ru="При равенстве — меньший номер, даже если признаков много.",
)
def test_equal_scores(submission, rng):
    scores = rng.permutation([3.0, 3.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0])
    for keep in (4, 6):
        compare(submission, scores, keep, values(rng, 8), 3)
        compare(submission, scores, keep, lambda subset: float(sum(2**feature for feature in subset)), 3)
    scores = rng.permutation(np.repeat([4.0, 3.0, 2.0, 1.0], 10))
    for keep in (5, 15):
        compare(submission, scores, keep, lambda subset: float(sum(subset)), keep)


@points("1/2")
@title(en="Equal values of sets", ru="Равные значения наборов")
@hint(
    en="Among features with equal values the lowest index is added, whatever their scores of the filter are.",
    ru="Среди признаков с равными значениями добавляется наименьший номер, какими бы ни были оценки фильтра.",
)
def test_equal_values(submission, rng):
    scores, liked = rng.permutation(8.0 * np.arange(8)), int(rng.integers(8))
    compare(submission, scores, 5, lambda subset: 1.0, 3)
    compare(submission, scores, 8, lambda subset: float(liked in subset), 4)


@points("1/2")
@title(en="Every step makes the value worse", ru="Каждый шаг ухудшает значение")
@hint(
    en="k features are wanted, also where a smaller set is better; values may all be negative.",
    ru="Нужны k признаков, даже если меньший набор лучше; все значения бывают отрицательными.",
)
def test_falling(submission, rng):
    costs = rng.permutation(np.arange(1.0, 8.0))
    compare(submission, rng.normal(size=7), 5, lambda subset: -float(sum(costs[list(subset)])), 5)


@points("3/4")
@title(en="How often the wrapper is asked", ru="Сколько раз спрашивают обёртку")
@hint(
    en="Only features that the filter has kept are tried, each once a step: keep, then keep - 1, and so on. "
    "score is given a tuple of ascending indices.",
    ru="Пробуются только признаки, оставленные фильтром, каждый по разу за шаг: keep, затем keep - 1 и так далее. "
    "score получает кортеж номеров по возрастанию.",
)
def test_calls(submission, rng):
    scores, value = rng.normal(size=9), values(rng, 9)
    expected, asked = counted(value), counted(value, budget=6 + 5 + 4)
    hybrid(scores, 6, expected, 3)
    submission.hybrid(scores, 6, asked, 3)
    assert_equal(sorted(asked.calls), sorted(expected.calls), what="the sets whose value was asked for")


EDGES = {"all-are-kept": (6, 3), "all-are-chosen": (4, 4), "one": (1, 1)}


@each(EDGES, worth="1/6", en="Smallest and largest numbers: {name}", ru="Крайние случаи: {name}")
@hint(en="keep may be d, k may be keep, both may be 1.", ru="keep бывает равно d, k — равно keep, оба — единице.")
def test_edges(submission, rng, name):
    keep, k = EDGES[name]
    compare(submission, rng.normal(size=6), keep, values(rng, 6), k)
