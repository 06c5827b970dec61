"""The hidden suite of the genetic algorithm over subsets.

Where the score tells which of two masks is the better one, the parents of their only child are seen in its bits.
"""

from collections import Counter

import numpy as np

from grader.testing import assert_close, assert_count, assert_equal, hint, points, title
from grader.testing.inputs import fresh

from .shared import Score, check_answer, exclusive_or, found, in_order, masks, scripted, table

D = 120


@title(en="genetic_binary: each mask is scored once", ru="genetic_binary: каждая маска оценивается один раз")
@hint(
    en="size + generations * (size - elite) questions; the elite keeps its scores.",
    ru="size + generations * (size - elite) вопросов; элита помнит свои оценки.",
)
def test_budget(submission, rng):
    for d, size, generations, elite in ((6, 8, 5, ()), (6, 5, 4, (3,)), (4, 4, 0, (2,)), (5, 2, 6, (1,))):
        questions = size + generations * (size - (*elite, 1)[0])
        score = Score(table(rng, d), d, questions)
        submission.genetic_binary(score, d, size, generations, fresh(rng), *elite)
        assert_equal(len(score.asked), questions, what="questions")


@title(en="genetic_binary: the best and the history", ru="genetic_binary: лучшая маска и история")
@hint(
    en="The elite passes on unchanged, so the best is never lost: the history holds the best score of each generation, "
    "the first one included.",
    ru="Элита переходит без изменений, и лучшее не теряется: в history лучшая оценка каждого поколения, считая первое.",
)
def test_best(submission, rng):
    for d, size, generations, elite, function in (
        (7, 6, 8, 1, table(rng, 7)),
        (7, 5, 6, 3, table(rng, 7)),
        (6, 4, 12, 1, scripted(-np.arange(60.0))),
        (5, 4, 0, 1, table(rng, 5)),
    ):
        score = Score(function, d)
        answer = submission.genetic_binary(score, d, size, generations, fresh(rng), elite)
        mask, value, history = found(answer, d, generations + 1, "genetic_binary")
        best = int(np.argmax(score.given))
        check_answer(mask, value, score.asked[best], score.given[best])
        ends = [size + g * (size - elite) for g in range(generations + 1)]
        if len(score.asked) != ends[-1]:  # another test's business; which question is of which generation is not known
            ends = [ends[0]] * generations + [len(score.asked)]
            history[:-1] = history[0]
        assert_close(history, np.array([max(score.given[:end]) for end in ends]), rtol=1e-12, what="history")


@points("1/2")
@title(en="genetic_binary: the first generation", ru="genetic_binary: первое поколение")
@hint(
    en="A fair coin for each bit, and an empty mask is drawn anew: all others are equally likely.",
    ru="Честная монета для каждого бита, а пустая маска разыгрывается заново: все остальные равновероятны.",
)
def test_first_generation(submission, rng):
    score = Score(len, 3)
    submission.genetic_binary(score, 3, 420, 0, fresh(rng))
    counts = Counter(score.asked)
    for subset in ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)):
        assert_count(counts[subset], len(score.asked), 1 / 7, f"masks of {subset} in the first generation")


def family(submission, rng, size, elite, generations=1):
    """The first generation (size, D), the best first, and the children of all others.

    The first mask that is asked about is the worst, the second one the best; all children are still worse.
    """
    places = np.roll(np.arange(size), 1)
    score = Score(in_order((-1.0 * places).tolist(), -2.0 * size), D)
    submission.genetic_binary(score, D, size, generations, fresh(rng), elite)
    rows = masks(score.asked, D)
    population, children = rows[:size][np.argsort(places)], rows[size:]
    if len(children) > generations * (size - elite):  # the elite is asked again, which another test is about
        children = [row for row in children if not (row == population[:elite]).all(axis=1).any()] or [population[0]]
    assert len(children) > 0, "no child was scored"
    return population, children


def ranks_of(child, population):
    """The places of both parents in the population, the best first: those whose bits the child has."""
    differ = (population != population[0]).any(axis=0)
    population, child = population[:, differ], child[differ]
    agree = (population == child).mean(axis=1)
    if agree.max() > 0.9:
        return [int(agree.argmax())] * 2
    pairs = [(i, j) for i in range(len(population)) for j in range(i)]
    explained = [float(((population[i] == child) | (population[j] == child)).mean()) for i, j in pairs]
    return list(pairs[int(np.argmax(explained))])


@points("1/2")
@title(
    en="genetic_binary: the better of two becomes a parent", ru="genetic_binary: родителем становится лучшая из двух"
)
@hint(
    en="Two masks are drawn with replacement and the better one is a parent, anew for each parent: in a population of "
    "two the better one is both parents in 9 of 16 cases.",
    ru="Две маски выбираются с возвращением, лучшая — родитель; для каждого родителя заново: из двух масок лучшая "
    "будет обоими родителями в 9 случаях из 16.",
)
def test_parents(submission, rng):
    runs, both = 60, Counter()
    for _ in range(runs):
        population, children = family(submission, rng, 2, 1)
        both[tuple(sorted(ranks_of(children[0], population)))] += 1
    # 34 and 22 are to be expected; beyond these bounds with a probability below 1e-8
    assert 13 < both[0, 0] < 55, f"{both[0, 0]} of {runs} children have the better mask twice, 34 are to be expected"
    assert both[0, 1] > 3, f"{both[0, 1]} of {runs} children have two different parents, 22 are to be expected"


@points("1/2")
@title(en="genetic_binary: parents from the whole generation", ru="genetic_binary: родители — из всего поколения")
@hint(
    en="The elite are the `elite` best, different ones; parents are drawn among all masks of the generation.",
    ru="Элита — это `elite` лучших, разных; родители выбираются среди всех масок поколения.",
)
def test_generation(submission, rng):
    ranks = []
    for _ in range(2):
        population, children = family(submission, rng, 12, 3)
        ranks += [rank for child in children for rank in ranks_of(child, population)]
    outside = sum(rank > 2 for rank in ranks) / len(ranks)
    assert outside > 0.1, "masks outside of the elite are hardly ever parents"  # 0.56 is to be expected of 36 parents
    ranks = []
    for _ in range(8):
        population, children = family(submission, rng, 8, 6, 2)
        ranks += [rank for child in children[-2:] for rank in ranks_of(child, population[:6])]
    others = sum(rank > 0 for rank in ranks) / len(ranks)  # a parent that is a child is taken for one of the elite
    assert others > 0.3, "all of the elite but the best are hardly ever parents"  # 0.77 of 32 parents


@points("1/2")
@title(en="genetic_binary: a bit of either parent", ru="genetic_binary: бит от любого из родителей")
@hint(
    en="A fair coin for each bit, not one cut for the whole mask, not one parent alone.",
    ru="Честная монета для каждого бита, а не один разрез на всю маску и не один родитель целиком.",
)
def test_crossover(submission, rng):
    population, children = family(submission, rng, 12, 1)
    own, switches, count, pairs, inside = 0, 0, 0, 0, 0
    for child in children:
        better, worse = population[sorted(ranks_of(child, population))]
        differ = better != worse
        bits = (child == better)[differ]
        if not len(bits):
            continue
        inside += int(child[differ].sum())
        own, count = own + int(bits.sum()), count + len(bits)
        switches += int((bits[1:] != bits[:-1]).sum())
        pairs += len(bits) - 1
    assert pairs > 100, "no child has bits of both parents"
    assert_count(switches, pairs, 0.5, "neighbouring bits of different parents")
    assert_count(own, count, 0.5, "bits of the better parent")
    assert_count(inside, count, 0.5, "features of a child that one of its parents alone has")


@points("1/2")
@title(en="genetic_binary: mutation", ru="genetic_binary: мутация")
@hint(
    en="Each bit of a child flips with the probability 1/d, by itself: one on average, sometimes none or three.",
    ru="Каждый бит потомка меняется с вероятностью 1/d сам по себе: в среднем один, иногда ни одного или три.",
)
def test_mutation(submission, rng):
    """The first mask is the only good one: where a child of it is as good, both parents of the next are this mask."""
    d, generations = 10, 300
    score = Score(lambda subset: float(subset == score.asked[0]), d)
    submission.genetic_binary(score, d, 2, generations, fresh(rng))
    rows = masks(score.asked, d)
    best, children = rows[0], rows[1:]
    if len(children) > 1.5 * generations:  # the elite is asked again, which another test is about
        pairs = children[1 : 1 + 2 * generations].reshape(generations, 2, d)
        children = pairs[:, int((pairs[:, 0] == best).all())]
    equal = (children == best).all(axis=1)
    copies = children[1:][equal[:-1]]
    assert len(copies) > 30, "hardly any child is left as it was crossed"  # 83 on average, 9 the deviation
    flips = copies != best
    assert_count(int(flips.sum()), flips.size, 1 / d, "bits that have flipped where both parents agree")
    none = int((~flips.any(axis=1)).sum())
    assert 0 < none / len(flips) < 0.75, "children without a flip where both parents agree"  # 0.35 is to be expected


@points("1/4")
@title(en="genetic_binary: never the empty subset", ru="genetic_binary: никогда не пустое подмножество")
@hint(
    en="A child that has lost its last feature gets one at random; so does that of a single feature.",
    ru="Потомок, потерявший последний признак, получает случайный; так же и при единственном признаке.",
)
def test_no_empty_child(submission, rng):
    for d, size, generations in ((1, 3, 10), (2, 6, 20), (3, 6, 20)):
        score = Score(lambda subset: -len(subset), d)
        answer = submission.genetic_binary(score, d, size, generations, fresh(rng))
        mask, value, _ = found(answer, d, generations + 1, "genetic_binary")
        assert_equal(len(score.asked), size + generations * (size - 1), what="questions")
        assert tuple(np.flatnonzero(mask).tolist()) in score.asked, "the mask that is returned was never asked about"
        assert_close((value, int(mask.sum())), (-1.0, 1), what="its value and number of features")


@points("1/4")
@title(en="genetic_binary: features that are of use together", ru="genetic_binary: признаки, полезные только вместе")
@hint(
    en="The only good pair of eight features defeats sfs; crossover and mutation find it.",
    ru="Единственную полезную пару из восьми признаков sfs не находит, а скрещивание и мутация находят.",
)
def test_exclusive_or(submission, rng):
    first, second = sorted(rng.choice(np.arange(2, 8), size=2, replace=False).tolist())
    score = Score(exclusive_or(first, second), 8)
    answer = submission.genetic_binary(score, 8, 30, 25, fresh(rng), 2)
    mask, value, _ = found(answer, 8, 26, "genetic_binary")
    check_answer(mask, value, (first, second), 1 - 0.06)


@points("1/4")
@title(en="genetic_binary: all chance comes from rng", ru="genetic_binary: вся случайность — из rng")
@hint(en="Equal generators, equal answers; another, another.", ru="Равные генераторы — равные ответы, разные — разные.")
def test_genetic_randomness(submission, rng):
    seed, evolutions = int(rng.integers(2**31)), []
    for more in (0, 0, 1):
        score = Score(lambda subset: float(-len(subset)), 12)
        submission.genetic_binary(score, 12, 4, 3, np.random.default_rng(seed + more))
        evolutions.append(score.asked)
    assert_equal(evolutions[1], evolutions[0], what="questions with an equal rng")
    assert evolutions[2] != evolutions[0], "rng is not used"
