"""The hidden suite of ensembles: votes of sets and of models, merged rankings and scores."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal, counted, each, hint, points, title
from reference.selection.combinations.merging import merge_rankings, merge_scores
from reference.selection.combinations.votes import vote_models, vote_sets


def compare_sets(submission, sets, d, votes):
    expected = vote_sets(sets, d, votes)
    found = submission.vote_sets(sets, d, votes)
    assert_array(found, shape=expected.shape, kind="int" if expected.size else "real", what="vote_sets")
    if expected.size:
        assert_equal(found, expected, what=f"vote_sets(sets, {d}, {votes})")


@points("5/4")
@title(en="Votes of sets", ru="Голоса наборов")
@hint(
    en="Count the sets that hold a feature; so many votes as asked for are enough. Ascending order.",
    ru="Посчитайте наборы, в которых есть признак; ровно стольких голосов, сколько задано, достаточно. Порядок — по "
    "возрастанию.",
)
def test_vote_sets(submission, rng):
    sets = [rng.permutation(9)[:size].tolist() for size in (5, 3, 6, 4, 5)]
    for votes in range(1, 6):
        compare_sets(submission, sets, 9, votes)


@points("1/4")
@title(en="Votes of sets: a feature named twice", ru="Голоса наборов: признак назван дважды")
@hint(en="One set has one vote for a feature.", ru="У одного набора один голос за признак.")
def test_named_twice(submission, rng):
    twice = int(rng.integers(5))
    sets = [[twice, 5, twice], [6, 5], [5, 6, 6]]
    compare_sets(submission, sets, 7, 2)
    compare_sets(submission, sets, 7, 3)


@points("1/4")
@title(en="Votes of sets: empty sets, nothing chosen", ru="Голоса наборов: пустые наборы, ничего не выбрано")
@hint(
    en="An empty set votes for nothing. Where no feature has enough votes, the result has the shape (0,).",
    ru="Пустой набор ни за что не голосует. Если голосов не хватило никому, форма результата — (0,).",
)
def test_empty_sets(submission, rng):
    one = int(rng.integers(4))
    compare_sets(submission, [[], [one], []], 4, 1)
    compare_sets(submission, [[0], [1], []], 4, 2)


def tables(rng, told):
    """Objects (n, 3) with ids, and a model for each row of ``told``: what it tells of the objects that it is given."""
    X = np.column_stack([np.arange(told.shape[1]), rng.normal(size=(told.shape[1], 2))]).astype(float)
    return X, [lambda part, row=row: row[part[:, 0].astype(int)] for row in told]


def compare_models(submission, X, models, sets):
    expected = vote_models(models, sets, X)
    found = assert_array(submission.vote_models(models, sets, X), shape=expected.shape, kind="int", what="vote_models")
    assert_equal(found, expected, what="vote_models")


ALL = [0, 1, 2]


@title(en="Votes of models", ru="Голоса моделей")
@hint(
    en="For each object: the class that is predicted most often.",
    ru="Для каждого объекта — класс, который модели назвали чаще всего.",
)
def test_vote_models(submission, rng):
    told = rng.integers(2, size=(5, 12))
    compare_models(submission, *tables(rng, told), [ALL] * 5)
    told = np.array([rng.permutation([0, 1, 2, winner, winner]) for winner in rng.integers(3, size=9)]).T
    compare_models(submission, *tables(rng, told), [ALL] * 5)


@points("3/4")
@title(en="Each model sees its own columns", ru="Каждая модель видит свои столбцы")
@hint(
    en="Model j gets X[:, sets[j]]: all objects, the columns in the order of its set.",
    ru="Модель j получает X[:, sets[j]]: все объекты, столбцы в порядке её набора.",
)
def test_columns(submission, rng):
    X, sets = rng.normal(size=(40, 5)), [rng.permutation(5)[:size].tolist() for size in (3, 1, 5)]
    told = rng.integers(2, size=(3, 40))

    def model(number):
        def predict(part):
            assert_equal(part, X[:, sets[number]], what=f"what model {number} is given")
            return told[number]

        return predict

    compare_models(submission, X, [model(number) for number in range(3)], sets)


@points("1/2")
@title(en="Votes of models: ties", ru="Голоса моделей: равенство голосов")
@hint(en="Ties go to the lowest class.", ru="При равенстве голосов — наименьший класс.")
def test_tied_models(submission, rng):
    told = np.array([rng.permutation([*rng.choice(4, size=2, replace=False)] * 2) for _ in range(12)]).T
    compare_models(submission, *tables(rng, told), [ALL] * 4)
    told = np.array([rng.permutation(4)[:3] for _ in range(9)]).T
    compare_models(submission, *tables(rng, told), [ALL] * 3)


@points("1/2")
@title(en="Classes that are any whole numbers", ru="Классы — любые целые числа")
@hint(
    en="Classes may be negative and have gaps: an array of counts from 0 has no place for them.",
    ru="Классы бывают отрицательными и с пропусками: в массиве счётчиков от 0 для них нет места.",
)
def test_any_classes(submission, rng):
    names = np.array([-7, int(rng.integers(-5, 50)), 10_000])
    told = names[np.array([rng.permutation([0, 1, 2, winner, winner]) for winner in rng.integers(3, size=9)]).T]
    compare_models(submission, *tables(rng, told), [ALL] * 5)
    compare_models(submission, *tables(rng, np.array([[-1, 1, -1], [1, -1, -1], [1, 1, -1]])), [ALL] * 3)


@points("1/4")
@title(en="Each model is asked once", ru="Каждую модель спрашивают один раз")
@hint(en="One call a model, for all objects together.", ru="Один вызов на модель, сразу для всех объектов.")
def test_one_call(submission, rng):
    X, models = tables(rng, rng.integers(2, size=(3, 6)))
    submission.vote_models([counted(model, budget=1) for model in models], [ALL] * 3, X)


def rankings(rng, m, d, ties):
    """Places (m, d) by m rankings, with or without equal mean places."""
    while True:
        R = np.array([rng.permutation(d) for _ in range(m)])
        if (len(set(R.sum(axis=0).tolist())) < d) == ties:
            return R


def compare_rankings(submission, R):
    expected = merge_rankings(R)
    found = assert_array(submission.merge_rankings(R), shape=expected.shape, kind="int", what="merge_rankings")
    assert_equal(found, expected, what="merge_rankings(R)")


@title(en="Merged rankings", ru="Слияние ранжирований")
@hint(
    en="R[i, j] is the place of feature j, 0 for the best. The result is the other way round: features in their order.",
    ru="R[i, j] — место признака j, лучшее — 0. Результат устроен наоборот: признаки по порядку.",
)
def test_merge_rankings(submission, rng):
    for m, d in ((1, 6), (4, 5), (7, 8)):
        compare_rankings(submission, rankings(rng, m, d, ties=False))


@points("1/2")
@title(en="Merged rankings: equal mean places", ru="Слияние ранжирований: равные средние места")
@hint(
    en="Ties go to the lower index, also among many features.",
    ru="При равенстве — меньший номер, даже если признаков много.",
)
def test_tied_rankings(submission, rng):
    for m, d in ((2, 4), (3, 9)):
        compare_rankings(submission, rankings(rng, m, d, ties=True))
    places = np.arange(40)
    both = np.array([places, 10 * (places // 10) + 9 - places % 10])  # the sums are 9, 29, 49 and 69, ten times each
    compare_rankings(submission, both[:, rng.permutation(40)])


def compare_scores(submission, S, *how):
    expected = merge_scores(S, *how)
    found = submission.merge_scores(S, *how)
    assert_close(
        found, expected, rtol=1e-9, atol=1e-9, what="merge_scores(S" + "".join(f", {one!r}" for one in how) + ")"
    )


@each(("mean", "median"), worth="3/4", en="Merged scores: {name}", ru="Слияние оценок: {name}")
@hint(
    en="Scale each row by itself: its smallest score becomes 0, its largest 1. Then go over the rows.",
    ru="Приведите каждую строку отдельно: наименьшая оценка становится нулём, наибольшая — единицей. Затем усредните "
    "по строкам.",
)
def test_merge_scores(submission, rng, name):
    for m, d in ((1, 4), (4, 6), (5, 3)):
        S = rng.normal(size=(m, d)) * 10.0 ** rng.integers(-3, 4, size=(m, 1)) + rng.normal(size=(m, 1))
        compare_scores(submission, S, name)


@points("1/4")
@title(en="Merged scores: the mean by default", ru="Слияние оценок: по умолчанию — среднее")
@hint(en='how is "mean" if it is left out.', ru='Если how не задан, это "mean".')
def test_default(submission, rng):
    compare_scores(submission, rng.normal(size=(3, 5)))


@points("1/2")
@title(en="Merged scores: rows of equal scores", ru="Слияние оценок: строки из равных оценок")
@hint(
    en="Such a selector does not tell features apart: its scaled scores are 0, and 0 / 0 is NaN. "
    "It counts all the same.",
    ru="Такой метод признаки не различает: его приведённые оценки — нули, а 0 / 0 — это NaN. В среднем он участвует.",
)
def test_constant_rows(submission, rng):
    S = rng.normal(size=(4, 5))
    S[int(rng.integers(4))] = 3.5
    compare_scores(submission, S, "mean")
    compare_scores(submission, np.full((2, 3), -1.0), "mean")
    compare_scores(submission, rng.normal(size=(3, 1)), "mean")


@points("1/4")
@title(
    en="Merged scores: whole numbers, and numbers far from 0", ru="Слияние оценок: целые числа и числа вдали от нуля"
)
@hint(
    en="Subtract the smallest score before anything else; whole numbers are scores as well.",
    ru="Прежде всего вычтите наименьшую оценку; целые числа — тоже оценки.",
)
def test_far_scores(submission, rng):
    S = rng.permutation(30).reshape(3, 10)
    compare_scores(submission, S)
    compare_scores(submission, S + 1e9)
