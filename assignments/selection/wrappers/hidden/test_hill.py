"""The hidden suite of hill climbing over subsets."""

import numpy as np

from grader.testing import assert_close, assert_count, assert_equal, hint, points, title
from grader.testing.inputs import fresh

from .shared import Score, check_answer, found, masks, scripted, table


def start_of(rng, d):
    """A mask with four True and some False."""
    return rng.permutation(d) < 4


def walked(score):
    """The current subset before each question but the first, by what was asked and given; and the last one.

    ``(currents, values)``, the values after each question.
    """
    current, value = score.asked[0], score.given[0]
    currents, values = [], [value]
    for subset, given in zip(score.asked[1:], score.given[1:], strict=True):
        currents.append(current)
        if given >= value:
            current, value = subset, given
        values.append(value)
    return [*currents, current], values


@points("3/2")
@title(en="hill_binary: step by step", ru="hill_binary: шаг за шагом")
@hint(
    en="One feature of the current subset is put in or out; what is not worse becomes the current one; the start is "
    "the first question, and the history has a value for each question.",
    ru="В текущем подмножестве добавляется или убирается один признак; не худшее становится текущим; первый вопрос — "
    "о start, и в history по значению на каждый вопрос.",
)
def test_steps(submission, rng):
    scores = table(rng, 7)

    def several(subset):  # a single feature is never the current subset: the step from there is another test's business
        return scores(subset) - 9 * (len(subset) < 2)

    for d, function, budget in (
        (7, several, 40),
        (7, lambda subset: round(3 * several(subset)), 40),
        (5, scripted([3.0, 1.0, 3.0, 2.0, 4.0, 0.0]), 6),
    ):
        start, score = start_of(rng, d), Score(function, d, budget)
        mask, value, history = found(submission.hill_binary(score, start, budget, fresh(rng)), d, budget, "hill_binary")
        assert_equal(len(score.asked), budget, what="questions")
        assert_equal(score.asked[0], tuple(np.flatnonzero(start).tolist()), what="the first question")
        currents, values = walked(score)
        for current, subset in zip(currents[:-1], score.asked[1:], strict=True):
            assert len(set(current) ^ set(subset)) == 1, f"{subset} is not one step from the current {current}"
        assert_close(history, np.array(values), rtol=1e-12, what="history")
        check_answer(mask, value, currents[-1], values[-1])


@points("1/2")
@title(en="hill_binary: every feature is equally likely", ru="hill_binary: все признаки равновероятны")
@hint(
    en="The place is drawn among all d, not among those in, and not in turn.",
    ru="Место выбирается среди всех d, а не среди включённых и не по очереди.",
)
def test_places(submission, rng):
    d, budget = 4, 250
    score = Score(lambda subset: -float(len(score.asked) > 1), d)
    start = np.array([True, True, False, True])
    submission.hill_binary(score, start, budget, fresh(rng))
    flips = masks(score.asked[1:], d) != start
    assert len(flips) > budget - 3, "steps are missing"
    places = flips.argmax(axis=1)
    for place in range(d):
        assert_count(int((places == place).sum()), len(flips), 1 / d, f"steps that change feature {place}")
    same = int((places[1:] == places[:-1]).sum())
    assert_count(same, len(flips) - 1, 1 / d, "steps that change the same feature as the one before")


@points("1/2")
@title(en="hill_binary: never the empty subset", ru="hill_binary: никогда не пустое подмножество")
@hint(
    en="The only feature of a subset is not put out: the place is drawn among the others then.",
    ru="Единственный признак не убирают: тогда место выбирается среди остальных.",
)
def test_never_empty(submission, rng):
    d, budget = 4, 160
    score = Score(lambda subset: -float(len(score.asked) > 1), d)
    submission.hill_binary(score, np.array([False, True, False, False]), budget, fresh(rng))
    places = [(set(subset) - {1}).pop() if len(subset) == 2 else None for subset in score.asked[1:]]
    assert len(places) > budget - 3, "steps are missing"
    for place in (0, 2, 3):
        assert_count(places.count(place), len(places), 1 / 3, f"steps that add feature {place} to the only one")


@points("1/2")
@title(en="hill_binary: the least budget, two features", ru="hill_binary: наименьший бюджет, два признака")
@hint(
    en="A budget of one asks for the start alone; of two features one is always in.",
    ru="При бюджете 1 спрашивают только о start; из двух признаков один всегда включён.",
)
def test_hill_edges(submission, rng):
    score = Score(lambda subset: -2.0, 3, 1)
    mask, value, history = found(
        submission.hill_binary(score, np.array([False, True, True]), 1, fresh(rng)), 3, 1, "hill_binary"
    )
    check_answer(mask, value, (1, 2), -2.0)
    assert_close(history, np.array([-2.0]), what="history")
    score = Score(lambda subset: float(subset == (0,)), 2)
    answer = submission.hill_binary(score, np.array([False, True]), 12, fresh(rng))
    currents, values = walked(score)
    assert isinstance(answer, tuple | list), "hill_binary returns (mask, value, history)"
    assert len(answer) == 3, "hill_binary returns (mask, value, history)"
    check_answer(np.asarray(answer[0]), answer[1], currents[-1], values[-1])


@points("1/2")
@title(en="hill_binary: it climbs to the top", ru="hill_binary: он доходит до вершины")
@hint(
    en="Where every feature is good or bad by itself, enough steps find the best subset; steps that "
    "change nothing lead across flat places.",
    ru="Если каждый признак хорош или плох сам по себе, шагов хватит до лучшего подмножества; через плоские места "
    "ведут шаги, не меняющие оценку.",
)
def test_climbs(submission, rng):
    weights = rng.choice([-1.0, 1.0], size=8) * rng.uniform(0.1, 1, size=8)
    weights[0] = abs(weights[0])
    function = lambda subset: float(weights[list(subset)].sum())  # noqa: E731
    best = tuple(np.flatnonzero(weights > 0).tolist())
    for d, score, start, budget, top in (
        (8, function, np.ones(8, dtype=bool), 190, best),
        (3, lambda subset: float(subset == (0, 1, 2)), np.array([True, False, False]), 150, (0, 1, 2)),
    ):
        mask, value, _ = submission.hill_binary(Score(score, d), start, budget, fresh(rng))
        check_answer(np.asarray(mask), value, top, score(top))


@points("1/4")
@title(en="hill_binary: all chance comes from rng", ru="hill_binary: вся случайность — из rng")
@hint(en="Equal generators, equal answers; another, another.", ru="Равные генераторы — равные ответы, разные — разные.")
def test_hill_randomness(submission, rng):
    seed, walks = int(rng.integers(2**31)), []
    for more in (0, 0, 1):
        score = Score(lambda subset: 0.0, 9)
        submission.hill_binary(score, np.ones(9, dtype=bool), 30, np.random.default_rng(seed + more))
        walks.append(score.asked)
    assert_equal(walks[1], walks[0], what="questions with an equal rng")
    assert walks[2] != walks[0], "rng is not used"
