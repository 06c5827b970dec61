"""The hidden suite of evolutionary search.

What is drawn at random is compared with its law by bounds of seven standard deviations, or by Kolmogorov's statistic
at a probability of 1e-9: nobody fails by chance. Many parameters of one kind in a space give many draws in a call.
"""

from collections import Counter
from itertools import count
from math import erf, inf, sqrt

import numpy as np
import pytest

from grader.testing import (
    assert_array,
    assert_close,
    assert_count,
    assert_equal,
    assert_law,
    assert_refused,
    call_unchanged,
    counted,
    hint,
    points,
    title,
)
from grader.testing.inputs import fresh
from reference.hyperparameters.evolutionary.annealing import acceptance
from reference.hyperparameters.evolutionary.vectors import setting_from_vector

SPACE = {
    "kind": ("category", ["a", "b", "c"]),
    "only": ("category", ["x"]),
    "k": ("integer", -3, 4),
    "rate": ("real", 0.5, 2.5),
}


def normal(x):
    return (1 + erf(x / sqrt(2))) / 2


def only_from_rng(call, what, number=1):
    """Fail unless equal generators give equal answers, and others other ones; so many calls each."""
    one, same, other = ([call(np.random.default_rng(first + i)) for i in range(number)] for first in (500, 500, 600))
    assert_equal(same, one, what=f"{what} from an equal rng")
    assert repr(one) != repr(other), f"{what}: rng is not used"


def inside(setting, space=SPACE, what="setting"):
    """The setting itself, once it is known to lie in the space."""
    assert isinstance(setting, dict), f"{what} must be a dict"
    assert_equal(sorted(setting), sorted(space), what=f"names of the {what}")
    for name, (kind, *bounds) in space.items():
        value = setting[name]
        if kind == "category":
            assert isinstance(value, str), f"{name} must be one of the categories"
            assert value in bounds[0], f"{name} must be one of the categories"
            continue
        number = isinstance(value, int | np.integer) if kind == "integer" else isinstance(value, float)
        assert number, f"{name} must be {'an int' if kind == 'integer' else 'a float'}"
        assert bounds[0] <= value <= bounds[1], f"{name} has left its range"
    return setting


def triple(answer, what):
    assert isinstance(answer, tuple), f"{what} must return (best, loss, history)"
    assert len(answer) == 3, f"{what} must return (best, loss, history)"
    return answer


# -- L01.operators_real ----------------------------------------------------------------------------------


@points(2)
@title(en="Random vectors are standard normal", ru="Случайные векторы — стандартные нормальные")
@hint(en="Mean 0, variance 1, not uniform; all from rng.", ru="Среднее 0, дисперсия 1, не равномерные; всё из rng.")
def test_rand_real(submission, rng):
    x = assert_array(submission.rand_real(20_000, fresh(rng)), shape=(20_000,), kind="float", what="vector")
    assert_law(x, normal, what="the coordinates are not standard normal")
    assert abs(np.mean(x[1:] * x[:-1])) < 7 / sqrt(20_000), "the coordinates are not independent"
    only_from_rng(lambda g: assert_array(submission.rand_real(3, g), shape=(3,), what="vector"), "vector")
    assert_array(submission.rand_real(1, fresh(rng)), shape=(1,), kind="float", what="vector of one coordinate")


def noise_of(submission, rng, x, eps, *share):
    """What was added to the coordinates, and which of them have changed."""
    found = assert_array(submission.mutate_real(x, eps, fresh(rng), *share), shape=x.shape, kind="float", what="mutant")
    return (found - x) / eps, found != x


@points(2)
@title(en="Noise on every coordinate", ru="Шум на каждой координате")
@hint(
    en="eps is the standard deviation, not the variance; without share every coordinate moves.",
    ru="eps — стандартное отклонение, а не дисперсия; если share не задана, меняется каждая координата.",
)
def test_mutate_real(submission, rng):
    x = rng.uniform(-9, 9, 8000)
    for eps in (0.3, 2.0):
        noise, _ = noise_of(submission, rng, x, eps)
        assert_law(noise, normal, what="the noise is not normal with the standard deviation eps")
        assert abs(np.mean(noise[1:] * noise[:-1])) < 7 / sqrt(8000), "the noise of the coordinates is not independent"
        assert len(np.unique(noise)) > 7000, "the noise is the same for several coordinates"
        assert abs(np.mean(noise * x) / np.std(x)) < 7 / sqrt(8000), "the noise depends on the coordinate"
    only_from_rng(lambda g: assert_array(submission.mutate_real(x[:3], 1.0, g), shape=(3,), what="mutant"), "mutant")
    assert_equal(submission.mutate_real(x[:9], 0.0, fresh(rng)), x[:9], what="mutant for eps = 0")


@points(2)
@title(en="Noise on a subset of the coordinates", ru="Шум на части координат")
@hint(
    en="A coin for each coordinate; the others stay to the bit. Whole numbers are moved by noise that is not whole.",
    ru="Своя монета для каждой координаты; остальные не меняются ни на бит. Шум на целых числах не округляется.",
)
def test_mutate_share(submission, rng):
    x = rng.normal(size=8000)
    noise, changed = noise_of(submission, rng, x, 0.5, 0.3)
    for part in (changed[:4000], changed[4000:], changed[::2], changed[1::2]):
        assert_count(int(part.sum()), 4000, 0.3, "the share of the coordinates that change is not share")
    assert_law(noise[changed], normal, what="the noise is not normal with the standard deviation eps")
    assert_count(int((changed[1:] & changed[:-1]).sum()), 7999, 0.09, "each coordinate must have a coin of its own")
    counts = {int(noise_of(submission, rng, x[:50], 1.0, 0.5)[1].sum()) for _ in range(40)}
    assert len(counts) > 3, "each coordinate must have a coin of its own"
    assert_equal(submission.mutate_real(x[:9], 0.5, fresh(rng), 0.0), x[:9], what="mutant of no coordinate")
    whole = np.arange(2000)
    noise, changed = noise_of(submission, rng, whole, 0.5, 0.5)
    assert_law(noise[changed], normal, what="the noise on whole numbers is not normal")


@title(en="A child of two vectors", ru="Потомок двух векторов")
@hint(en="Their mean, whether they hold ints or floats.", ru="Их среднее, будь в них целые или вещественные.")
def test_cross_real(submission, rng):
    first, second = rng.normal(size=7), rng.normal(size=7)
    found = submission.cross_real(first, second)
    assert_close(found, (first + second) / 2, rtol=1e-12, what="child")
    assert_close(submission.cross_real(np.array([1, 2]), np.array([2, 4])), np.array([1.5, 3.0]), what="child")


# -- L01.operators_mixed ---------------------------------------------------------------------------------


def repeated(probe, operator, number, rng, space, *arguments, **named):
    """Settings that so many calls of the operator return, once they are known to lie in the space."""
    settings = probe.repeat(operator, number, fresh(rng), *arguments, **named)
    assert isinstance(settings, list), "the operator must return settings"
    assert_equal(len(settings), number, what="number of answers")
    return [inside(setting, space) for setting in settings]


def draws(submission, probe, rng, kind):
    """2000 values of parameters of this kind, from spaces of 40 of them; a row for each call."""
    space = {f"p{i}": kind for i in range(40)}
    settings = repeated(probe, submission.rand_mixed, 50, rng, space, space)
    return np.array([[setting[name] for name in space] for setting in settings])


@points(2)
@title(en="Random settings", ru="Случайные настройки")
@hint(
    en="Every value equally likely, both ends of an integer range among them.",
    ru="Все значения равновероятны, оба конца целого отрезка тоже.",
)
def test_rand_mixed(submission, probe, rng):
    found = Counter(draws(submission, probe, rng, ("category", ["a", "b", "c"])).ravel().tolist())
    assert_equal(sorted(found), ["a", "b", "c"], what="categories that were drawn")
    for kind in found:
        assert_count(found[kind], 2000, 1 / 3, "categories are not equally likely")
    found = Counter(draws(submission, probe, rng, ("integer", -3, 4)).ravel().tolist())
    for k in range(-3, 5):
        assert_count(found[k], 2000, 1 / 8, "integers are not equally likely")
    rates = draws(submission, probe, rng, ("real", 0.5, 2.5)).ravel()
    assert_law(rates, lambda x: (x - 0.5) / 2, what="real numbers are not uniform")
    assert len(np.unique(rates)) > 1900, "real numbers repeat"
    only_from_rng(lambda g: inside(submission.rand_mixed(SPACE, g)), "setting")


@title(en="Parameters are drawn independently", ru="Параметры независимы")
@hint(
    en="Each parameter has a draw of its own. A range may be a single number.",
    ru="Для каждого параметра своё случайное число. Отрезок может состоять из одного числа.",
)
def test_parameters_are_independent(submission, probe, rng):
    for kind, values in ((("category", ["0", "1"]), 2), (("real", 0.0, 1.0), inf), (("integer", 0, 1), 2)):
        rows = draws(submission, probe, rng, kind).astype(float)
        centred = (rows - 0.5) / (0.5 if values == 2 else sqrt(1 / 12))
        for shift in (1, 2, 7):
            product = np.mean(centred[:, shift:] * centred[:, :-shift])
            assert abs(product) < 7 / sqrt(centred[:, shift:].size), "the parameters are not independent"
    mixed = {"kind": ("category", ["0", "1"]), "k": ("integer", 0, 1), "rate": ("real", 0.0, 1.0)}
    settings = repeated(probe, submission.rand_mixed, 400, rng, mixed, mixed)
    high = np.array([[float(s["kind"]) > 0.5, float(s["k"]) > 0.5, s["rate"] > 0.5] for s in settings])
    for i, j in ((0, 1), (0, 2), (1, 2)):
        assert_count(
            int(np.sum(high[:, i] == high[:, j])), 400, 0.5, "parameters of different kinds are not independent"
        )
    point = {"k": ("integer", 3, 3), "rate": ("real", 0.5, 0.5), "only": ("category", ["x"])}
    alone = submission.rand_mixed(point, fresh(rng))
    assert_equal(alone, {"k": 3, "rate": 0.5, "only": "x"}, what="setting of ranges of one number")


def mutants_of(submission, probe, rng, kind, value, number, **named):
    """So many mutants of a setting that has one parameter only."""
    space = {"p": kind}
    mutants = repeated(probe, submission.mutate_mixed, number, rng, space, {"p": value}, space, **named)
    return [mutant["p"] for mutant in mutants]


@title(en="One parameter mutates", ru="Мутирует один параметр")
@hint(en="Exactly one, each equally likely.", ru="Ровно один, все равновероятны.")
def test_mutate_mixed(submission, probe, rng):
    start = {"kind": "b", "only": "x", "k": 0, "rate": 1.5}
    mutants = repeated(probe, submission.mutate_mixed, 800, rng, SPACE, start, SPACE)
    changed = [[name for name in SPACE if mutant[name] != start[name]] for mutant in mutants]
    assert max(map(len, changed)) == 1, "exactly one parameter must change"
    shares = Counter(names[0] if names else "only" for names in changed)
    for name in SPACE:
        assert_count(shares[name], 800, 1 / 4, "the parameters do not change equally often")
    only_from_rng(lambda g: inside(submission.mutate_mixed(start, SPACE, g)), "mutants", number=20)


@title(en="A category mutates", ru="Мутация категории")
@hint(en="Into another one, each equally likely.", ru="В другую, все равновероятны.")
def test_mutate_category(submission, probe, rng):
    for value in "ad":
        found = Counter(mutants_of(submission, probe, rng, ("category", ["a", "b", "c", "d"]), value, 600))
        assert value not in found, "the category has not changed"
        for other in set("abcd") - {value}:
            assert_count(found[other], 600, 1 / 3, "the other categories are not equally likely")


@title(en="An integer mutates", ru="Мутация целого числа")
@hint(
    en="By -s, ..., -1, 1, ..., s, each equally likely, where s is shift; the usual shift is 2.",
    ru="На -s, ..., -1, 1, ..., s, все равновероятны, где s — это shift; по умолчанию он равен 2.",
)
def test_mutate_integer(submission, probe, rng):
    wide = ("integer", -90, 90)
    for named, size, number in (({}, 2, 1600), ({"shift": 3}, 3, 1200), ({"shift": 1}, 1, 300)):
        found = Counter(int(k) - 7 for k in mutants_of(submission, probe, rng, wide, 7, number, **named))
        shifts = [step for step in range(-size, size + 1) if step]
        assert_equal(sorted(found), shifts, what=f"shifts of an integer for shift = {size}")
        for step in shifts:
            assert_count(found[step], number, 1 / len(shifts), "the shifts of an integer are not equally likely")


@title(en="A real number mutates", ru="Мутация вещественного числа")
@hint(
    en="The standard deviation is eps * (high - low); the usual eps is 0.1.",
    ru="Стандартное отклонение равно eps * (high - low); по умолчанию eps равно 0.1.",
)
def test_mutate_number(submission, probe, rng):
    for named, eps in (({}, 0.1), ({"eps": 0.05}, 0.05)):
        moved = np.array(mutants_of(submission, probe, rng, ("real", 36.0, 44.0), 39.0, 1500, **named))
        noise = (moved - 39) / (8 * eps)
        assert_law(noise, normal, what="the noise is not normal with the standard deviation eps * (high - low)")
        deviation = float(np.std(noise))
        assert abs(deviation - 1) < 7 / sqrt(2 * 1500), "the standard deviation is not eps * (high - low)"
        assert np.sum(np.abs(noise) > 1.8) > 40, "the noise is not normal"  # 108 on average; none of a uniform one
    still = mutants_of(submission, probe, rng, ("real", 36.0, 44.0), 39.0, 40, eps=0.0)
    assert_equal(set(still), {39.0}, what="real numbers for eps = 0")


@title(en="Nothing leaves the space", ru="Ничто не покидает пространство")
@hint(
    en="What would leave a range stops at its end; a category with one value stays.",
    ru="Что вышло бы за отрезок, останавливается на его конце; категория из одного значения остаётся.",
)
def test_space_is_not_left(submission, probe, rng):
    for value, other in ((-3, 4), (4, -3)):
        found = Counter(int(k) for k in mutants_of(submission, probe, rng, ("integer", -3, 4), value, 300, shift=50))
        assert_count(
            found[value], 300, 1 / 2, "an integer at the end of its range must stay there in half of the cases"
        )
        assert_count(found[other], 300, 44 / 100, "a shift beyond the range must stop at its end")
    found = Counter(mutants_of(submission, probe, rng, ("real", 0.5, 2.5), 2.5, 300, eps=2.0))
    assert_count(found[2.5], 300, 1 / 2, "a number at the end of its range must stay there in half of the cases")
    assert_count(found[0.5], 300, 1 - normal(0.5), "a move beyond the range must stop at its end")
    single = mutants_of(submission, probe, rng, ("category", ["x"]), "x", 3)
    assert_equal(single, ["x"] * 3, what="category with one value")


@title(en="The categories of a child", ru="Категории потомка")
@hint(en="A fair coin of its own for each parameter.", ru="Для каждого параметра своя честная монета.")
def test_cross_categories(submission, probe, rng):
    space = {f"p{i}": ("category", ["a", "b", "c"]) for i in range(40)}
    first, second = dict.fromkeys(space, "a"), dict.fromkeys(space, "c")
    children = repeated(probe, submission.cross_mixed, 50, rng, space, first, second, space)
    coins = np.array([["ac".index(child[name]) if child[name] != "b" else 2 for name in space] for child in children])
    assert coins.max() == 1, "a category is neither parent's"
    assert_count(int(coins.sum()), coins.size, 0.5, "the parents are not equally likely")
    pairs = coins[:, 1:] == coins[:, :-1]
    assert_count(int(pairs.sum()), pairs.size, 0.5, "each category must have a coin of its own")
    only_from_rng(lambda g: inside(submission.cross_mixed(first, second, space, g), space, "child"), "child")


@title(en="The numbers of a child", ru="Числа потомка")
@hint(en="The mean of real numbers; of integers the rounded mean.", ru="Среднее вещественных; у целых — округлённое.")
def test_cross_numbers(submission, rng):
    space = {"rate": ("real", 0.5, 2.5), "n": ("integer", -9, 9), "m": ("integer", -9, 9)}
    for a, b, rate in ((0.5, 2.5, 1.5), (2.0, 1.5, 1.75), (0.5, 0.5, 0.5)):
        first, second = {"rate": a, "n": 1, "m": -6}, {"rate": b, "n": 5, "m": 2}
        child = inside(submission.cross_mixed(first, second, space, fresh(rng)), space, "child")
        assert_close(float(child["rate"]), rate, rtol=1e-12, what="real number of the child")
        assert_equal([int(child["n"]), int(child["m"])], [3, -2], what="integers of the child")


HALVES = ((0, 1, 1), (1, 0, 1), (1, 2, 2), (2, 5, 4), (-1, 0, 0), (-3, 2, 0), (-2, -1, -1), (-5, -2, -3), (8, 9, 9))


@title(en="Halves are rounded upwards", ru="Половины округляются вверх")
@hint(
    en="round() goes to the even neighbour, int() to zero.",
    ru="round() округляет к чётному соседу, int() — к нулю.",
)
def test_halves(submission, rng):
    space = {f"p{i}": ("integer", -9, 9) for i in range(len(HALVES))}
    first = {f"p{i}": a for i, (a, _, _) in enumerate(HALVES)}
    second = {f"p{i}": b for i, (_, b, _) in enumerate(HALVES)}
    child = inside(submission.cross_mixed(first, second, space, fresh(rng)), space, "child")
    assert_equal([int(child[name]) for name in space], [mean for _, _, mean in HALVES], what="integers of the child")


# -- L01.onehot ------------------------------------------------------------------------------------------

CATEGORIES = ["red", None, 3, "blue", 2.5]


@title(en="Categories as vectors", ru="Категории в виде векторов")
@hint(en="1 at the place of the category, 0 elsewhere.", ru="1 на месте категории, 0 на остальных.")
def test_to_onehot(submission):
    for place, category in enumerate(CATEGORIES):
        vector = assert_array(submission.to_onehot(category, CATEGORIES), shape=(5,), what="vector")
        assert_equal(vector.astype(float), np.eye(5)[place], what="vector")
    vector = assert_array(submission.to_onehot("x", ["x"]), shape=(1,), what="vector")
    assert_equal(vector.astype(float), np.ones(1), what="vector of the only category")


@points(2)
@title(en="Vectors as categories", ru="Векторы в виде категорий")
@hint(
    en="The largest entry, wherever it lies and whatever its sign; the first of equal ones.",
    ru="Наибольшая компонента любого знака; из равных — первая.",
)
def test_from_onehot(submission, rng):
    for place, category in enumerate(CATEGORIES):
        x = -rng.uniform(1, 2, 5)
        x[place] = -0.5
        assert_equal(submission.from_onehot(x, CATEGORIES), category, what="category")
    for x, category in (
        ([-3.0, -1.0, -2.0, -1.0, -1.0], None),
        ([0.1, 0.2, 0.3, 0.25, 0.29], 3),
        ([0.0, 0.0, 0.0, 0.0, 0.0], "red"),
        ([-inf, -9.0, -inf, -8.0, -inf], "blue"),
        ([0.0, inf, 1.0, inf, 5.0], None),
    ):
        assert_equal(submission.from_onehot(np.array(x), CATEGORIES), category, what=f"category of {x}")
    assert_equal(submission.from_onehot(np.array([0, 2, 1]), ["a", "b", "c"]), "b", what="category of whole numbers")


READ = {
    "gain": ("real", -3.0, 5.0),
    "kind": ("category", ["a", "b", "c", "d"]),
    "k": ("integer", -3, 4),
    "many": ("integer", 10, 40),
    "only": ("category", ["x"]),
    "metric": ("category", ["near", "far"]),
    "rate": ("real", 0.5, 2.5),
}


def read(submission, x, space):
    """The setting that the vector stands for, once it is known to lie in the space."""
    return inside(submission.setting_from_vector(np.array(x), space), space)


@points(2)
@title(en="A vector as a setting", ru="Вектор в виде настройки")
@hint(
    en="A category takes as many entries as it has values, a number one; integers have equal parts of [0, 1].",
    ru="Категория занимает столько компонент, сколько у неё значений, число — одну; у целых равные доли [0, 1].",
)
def test_setting_from_vector(submission, rng):
    for _ in range(10):
        names = [str(name) for name in rng.permutation(list(READ))]
        space = {name: READ[name] for name in names}
        x = rng.random(11)
        assert_close(read(submission, x, space), setting_from_vector(x, space), rtol=1e-9, atol=1e-12, what="setting")


@title(en="Vectors outside of the ranges, and at their ends", ru="Векторы за пределами отрезков и на их концах")
@hint(
    en="A number's entry is moved to the nearest end of [0, 1], a category's entries are compared as they are.",
    ru="Компонента числа сдвигается к ближайшему концу [0, 1], компоненты категории сравниваются как есть.",
)
def test_vectors_at_the_edges(submission):
    space = {"k": ("integer", -3, 4), "kind": ("category", ["a", "b", "c"]), "rate": ("real", 0.5, 2.5)}
    for x, values in (
        ([0.0, 1.0, 0.0, 0.0, 0.0], (-3, "a", 0.5)),
        ([1.0, 0.0, 0.0, 1.0, 1.0], (4, "c", 2.5)),
        ([7.5, 1.5, 2.0, 1.75, 9.0], (4, "b", 2.5)),
        ([-0.25, -1.0, -2.0, -1.5, -4.0], (-3, "a", 0.5)),
        ([0.5, 0.25, 0.75, 0.75, 0.25], (1, "b", 1.0)),
        ([0.875, -inf, -9.0, -inf, inf], (4, "b", 2.5)),
        ([-inf, 0.0, inf, inf, 0.5], (-3, "b", 1.5)),
        ([2, 0, 0, 3, -1], (4, "c", 0.5)),
    ):
        assert_close(read(submission, x, space), dict(zip(space, values, strict=True)), what=f"setting of {x}")
    narrow = {"k": ("integer", 2, 2), "rate": ("real", 1.5, 1.5)}
    assert_close(read(submission, [0.5, 0.5], narrow), {"k": 2, "rate": 1.5}, what="setting of ranges of one value")


# -- L01.hill --------------------------------------------------------------------------------------------


@points(3)
@title(en="Hill climbing step by step", ru="Подъём в гору шаг за шагом")
@hint(
    en="The current object is mutated; an equally good one takes its place; the start belongs to the budget.",
    ru="Мутирует текущий объект; столь же хороший занимает его место; старт входит в бюджет.",
)
def test_hill_climbing(submission, rng):
    losses = [5.0, 7.0, 4.0, 4.0, 6.0, 4.0, 1.0, 2.0]
    loss = counted(lambda x: losses[x["id"]], budget=len(losses))
    numbers = count(1)
    mutate = counted(lambda x: {"id": next(numbers)}, budget=len(losses) - 1)
    best, value, history = triple(submission.hill_climbing(loss, {"id": 0}, mutate, len(losses)), "hill_climbing")
    assert_equal([args[0]["id"] for args in loss.calls], list(range(8)), what="objects that were evaluated")
    assert_equal([args[0]["id"] for args in mutate.calls], [0, 0, 2, 3, 3, 5, 6], what="objects that were mutated")
    assert_equal(best, {"id": 6}, what="best")
    assert_close(value, 1.0, what="loss")
    assert_close(history, [5.0, 5.0, 4.0, 4.0, 4.0, 4.0, 1.0, 1.0], what="history")


@title(en="Hill climbing at its edges", ru="Подъём в гору: крайние случаи")
@hint(
    en="A budget of one is the start alone. An infinite loss is not worse than an infinite one.",
    ru="Бюджет из одного вычисления — это один старт. Бесконечная потеря не хуже другой бесконечной.",
)
def test_hill_edges(submission):
    answer = submission.hill_climbing(lambda x: 2.0, "start", counted(lambda x: "mutant", budget=0), 1)
    assert_equal(answer, ("start", 2.0, [2.0]), what="the answer")
    losses, numbers = [inf, inf, -1.0, inf, -2.0], count(1)
    mutate = counted(lambda x: next(numbers), budget=4)
    answer = submission.hill_climbing(lambda x: losses[x], 0, mutate, 5)
    assert_equal(answer, (4, -2.0, [inf, inf, -1.0, -1.0, -2.0]), what="the answer with infinite losses")
    assert_equal([args[0] for args in mutate.calls], [0, 1, 2, 2], what="objects that were mutated")


# -- L01.annealing ---------------------------------------------------------------------------------------


@points(2)
@title(en="The law of acceptance", ru="Вероятность принять шаг")
@hint(
    en="exp(-d/t) for worse steps; at t = 0 no worse step, and every other one; no overflow.",
    ru="exp(-d/t) для ухудшающих шагов; при t = 0 — ни одного такого и все остальные; без переполнений.",
)
def test_acceptance(submission, rng):
    for d, t in (*rng.uniform(0.1, 3, (6, 2)).tolist(), (-2.0, 1.0), (0.0, 0.0), (-1.0, 0.0), (1.0, 0.0), (-1e9, 1e-9)):
        assert_close(submission.acceptance(d, t), acceptance(d, t), rtol=1e-9, what="probability")
    assert_close(submission.acceptance(1e9, 1e-9), 0.0, what="probability")


@points(2)
@title(en="The best object is kept", ru="Лучший объект сохраняется")
@hint(
    en="The walk may leave the best object; what is returned may not.",
    ru="Блуждание может уйти от лучшего объекта, ответ — нет.",
)
def test_annealing_keeps_the_best(submission, rng):
    losses = [3.0, 1.0, 2.0, 5.0, 1.0, 4.0]
    loss = counted(lambda x: losses[x], budget=6)
    numbers = count(1)
    mutate = counted(lambda x: next(numbers), budget=5)
    answer = submission.simulated_annealing(loss, 0, mutate, [1e12] * 5, fresh(rng))
    best, value, history = triple(answer, "simulated_annealing")
    assert_equal(best, 1, what="best")
    assert_close(value, 1.0, what="loss")
    assert_close(history, losses, what="history")
    assert_equal([args[0] for args in mutate.calls], [0, 1, 2, 3, 4], what="objects that were mutated")
    losses, numbers = [-1.0, 0.0, -0.5], count(1)
    answer = submission.simulated_annealing(lambda x: losses[x], 0, lambda x: next(numbers), [1e12] * 2, fresh(rng))
    assert_equal(answer, (0, -1.0, losses), what="the answer when the start is the best")
    answer = submission.simulated_annealing(lambda x: 2.0, "start", lambda x: "mutant", [], fresh(rng))
    assert_equal(answer, ("start", 2.0, [2.0]), what="the answer without temperatures")


@points(2)
@title(en="Cold annealing", ru="Холодный отжиг")
@hint(en="At t = 0 it climbs like hill climbing.", ru="При t = 0 он идёт, как подъём в гору.")
def test_cold_annealing(submission, rng):
    losses = [2.0, 2.0, 3.0, 1.0, 1.5, 1.0]
    numbers = count(1)
    mutate = counted(lambda x: next(numbers), budget=5)
    answer = submission.simulated_annealing(lambda x: losses[x], 0, mutate, [0.0] * 5, fresh(rng))
    best, _, history = triple(answer, "simulated_annealing")
    assert_close(history, [2.0, 2.0, 2.0, 1.0, 1.0, 1.0], what="history")
    assert_equal([args[0] for args in mutate.calls], [0, 1, 1, 3, 3], what="objects that were mutated")
    assert_equal(best, 3, what="best")


@points(2)
@title(en="How often worse steps are taken", ru="Как часто принимаются ухудшающие шаги")
@hint(
    en="Each step has its own temperature and its own draw from rng.",
    ru="У каждого шага своя температура и своё случайное число из rng.",
)
def test_acceptance_rate(submission, rng):
    temperatures = [0.5] * 500 + [2.0] * 500

    def walk(g):
        answer = submission.simulated_annealing(float, 0, lambda x: x + 1, temperatures, g)
        return assert_array(
            np.asarray(triple(answer, "simulated_annealing")[2], dtype=float), shape=(1001,), what="history"
        )

    taken = np.diff(walk(fresh(rng)))
    for part, probability in ((taken[:500], np.exp(-2.0)), (taken[500:], np.exp(-0.5))):
        assert_count(part.sum(), 500, probability, "worse steps are taken too often or too rarely")
        pairs = float(np.sum(part[1:] * part[:-1]))
        assert_count(pairs, 499, probability**2, "each step must have a draw of its own")
    only_from_rng(walk, "history")


# -- L01.genetic -----------------------------------------------------------------------------------------


class World:
    """Objects are numbers with losses of their own; what is made of what is written down."""

    def __init__(self, rng, mutants_lose):
        self.rng = rng
        self.mutants_lose = mutants_lose
        self.losses = {}
        self.crossed = []  # (first parent, second parent, child)
        self.mutants = []  # (object, mutant)

    def make(self, child):
        x = len(self.losses)
        self.losses[x] = float(self.rng.random()) - 0.5 + (5.0 if child and self.mutants_lose else 0.0)
        return x


def evolve(submission, rng, size, generations, elite, *, mutants_lose=False):
    world = World(rng, mutants_lose)
    made, evaluated = [], []

    def rand():
        made.append(world.make(False))
        return made[-1]

    def cross(a, b):
        world.crossed.append((a, b, world.make(True)))
        return world.crossed[-1][2]

    def mutate(x):
        world.mutants.append((x, world.make(True)))
        return world.mutants[-1][1]

    def loss(x):
        assert isinstance(x, int), "the loss must be given an object of rand or mutate"
        assert x in world.losses, "the loss must be given an object of rand or mutate"
        evaluated.append(x)
        return world.losses[x]

    answer = submission.genetic(loss, rand, mutate, cross, size, generations, fresh(rng), elite)
    return world, made, evaluated, triple(answer, "genetic")


@points(2)
@title(en="Every object is evaluated once", ru="Каждый объект вычисляется один раз")
@hint(
    en="size + generations * (size - elite) evaluations; the elite keeps its losses.",
    ru="size + generations * (size - elite) вычислений; элита помнит свои потери.",
)
def test_genetic_budget(submission, rng):
    for size, generations, elite in ((8, 5, 1), (5, 4, 3), (4, 0, 1), (2, 3, 1)):
        world, made, evaluated, (best, value, history) = evolve(submission, rng, size, generations, elite)
        assert_equal(len(made), size, what="size of the first generation")
        assert_equal(len(evaluated), size + generations * (size - elite), what="number of evaluations")
        assert_equal(sorted(evaluated), sorted(made + [x for _, x in world.mutants]), what="evaluated objects")
        winner = min(evaluated, key=world.losses.__getitem__)
        assert_equal(best, winner, what="best")
        assert_close(value, world.losses[winner], what="loss")
        assert_equal(len(history), generations + 1, what="length of the history")


@points(2)
@title(en="Children are mutated crosses of the population", ru="Потомки — мутации скрещённых родителей")
@hint(
    en="Parents come from the current generation, to which the elite belongs; the child is mutate(cross(a, b)).",
    ru="Родители — из текущего поколения, к которому относится и элита; потомок — mutate(cross(a, b)).",
)
def test_genetic_children(submission, rng):
    size, generations, elite = 6, 8, 2
    world, population, _, (_, _, history) = evolve(submission, rng, size, generations, elite)
    children = size - elite
    assert_equal(len(world.crossed), generations * children, what="number of crosses")
    assert_equal(len(world.mutants), generations * children, what="number of mutations")
    best = [min(world.losses[x] for x in population)]
    for g in range(generations):
        crossed = world.crossed[g * children : (g + 1) * children]
        mutants = world.mutants[g * children : (g + 1) * children]
        parents = {x for a, b, _ in crossed for x in (a, b)}
        assert not parents - set(population), "a parent does not belong to the current generation"
        assert_equal(sorted(x for x, _ in mutants), sorted(x for _, _, x in crossed), what="mutated objects")
        population = sorted(population, key=world.losses.__getitem__)[:elite] + [x for _, x in mutants]
        best.append(min(world.losses[x] for x in population))
    assert_close(history, best, what="history")


@points(2)
@title(en="The best never gets lost", ru="Лучший не теряется")
@hint(
    en="The elite passes unchanged into the next generation.", ru="Элита переходит в следующее поколение без изменений."
)
def test_genetic_elite(submission, rng):
    for elite in (1, 3):
        world, made, _, (best, _, history) = evolve(submission, rng, 7, 16, elite, mutants_lose=True)
        winners = sorted(made, key=world.losses.__getitem__)[:elite]
        assert_equal(best, winners[0], what="best")
        assert_close(history, [world.losses[winners[0]]] * 17, what="history")
        later = {x for a, b, _ in world.crossed[7 - elite :] for x in (a, b)}
        assert set(winners) <= later, "the elite does not take part in the next generations"


@points(2)
@title(en="The better of two becomes a parent", ru="Родителем становится лучший из двух")
@hint(
    en="Two objects are drawn uniformly, with replacement, the better one is the parent; anew for each parent.",
    ru="Выбираются два случайных объекта с возвращением, лучший — родитель; для каждого родителя заново.",
)
def test_genetic_selection(submission, rng):
    size, generations = 4, 300
    world, population, _, _ = evolve(submission, rng, size, generations, 1)
    number = generations * (size - 1)
    assert_equal(len(world.crossed), number, what="number of crosses")
    ranks, same = [], 0
    for g in range(generations):
        part = slice(g * (size - 1), (g + 1) * (size - 1))
        population = sorted(population, key=world.losses.__getitem__)
        for a, b, _ in world.crossed[part]:
            assert {a, b} <= set(population), "a parent does not belong to the current generation"
            ranks.append((population.index(a), population.index(b)))
            same += a == b
        population = [population[0], *(x for _, x in world.mutants[part])]
    for rank, probability in enumerate((7 / 16, 5 / 16, 3 / 16, 1 / 16)):  # with replacement: the worst may meet itself
        for parents in ((a for a, _ in ranks), (b for _, b in ranks)):
            assert_count(
                list(parents).count(rank), number, probability, "parents are chosen too well, or not well enough"
            )
    assert_count(same, number, (49 + 25 + 9 + 1) / 256, "each parent must win a tournament of its own")


@title(en="Equal generators evolve equally", ru="Равные генераторы — равная эволюция")
@hint(en="All randomness of the algorithm comes from rng.", ru="Вся случайность алгоритма — из rng.")
def test_genetic_randomness(submission):
    def parents(g):
        numbers, crossed = count(), []

        def cross(a, b):
            crossed.append((a, b))
            return a

        submission.genetic(lambda x: float(x * 7 % 11), lambda: next(numbers), lambda x: next(numbers), cross, 6, 4, g)
        return crossed

    only_from_rng(parents, "parents")


@title(en="Evolution finds a minimum", ru="Эволюция находит минимум")
@hint(
    en="With the operators on vectors it comes close to it.", ru="С операторами на векторах она подходит к нему близко."
)
def test_genetic_descends(submission, rng):
    goal = rng.normal(size=5)
    goal *= 2 / np.linalg.norm(goal)
    loss = counted(lambda x: float(np.sum((x - goal) ** 2)), budget=1000)
    answer = submission.genetic(
        loss,
        lambda: rng.standard_normal(5),
        lambda x: x + rng.normal(0, 0.2, 5),
        lambda a, b: (a + b) / 2,
        20,
        30,
        fresh(rng),
    )
    assert_equal(loss.count, 20 + 30 * 19, what="evaluations with the usual elite of 1")
    best, value, history = triple(answer, "genetic")
    best = assert_array(best, shape=(5,), kind="float", what="best")
    assert_close(value, float(np.sum((best - goal) ** 2)), what="loss")
    curve = assert_array(np.asarray(history, dtype=float), shape=(31,), what="history")
    assert np.all(np.diff(curve) <= 0), "the best loss has risen"
    assert curve[-1] < max(0.7 * curve[0], 0.3), "the loss has hardly fallen"


# -- what is done with the arguments ---------------------------------------------------------------------

DEPTH = {"depth": ("integer", 0, 5)}
REFUSED = {
    "rand_real": (("m", lambda f, g: (f, 0, g)),),
    "mutate_real": (
        ("eps", lambda f, g: (f, np.zeros(2), -1.0, g)),
        ("share", lambda f, g: (f, np.zeros(2), 1.0, g, 1.5)),
        ("share", lambda f, g: (f, np.zeros(2), 1.0, g, -0.5)),
    ),
    "cross_real": (("x2", lambda f, g: (f, np.zeros(2), np.zeros(3))),),
    "rand_mixed": (
        ("depth", lambda f, g: (f, {"depth": ("category", [])}, g)),
        ("depth", lambda f, g: (f, {"depth": ("real", 1.0, 0.0)}, g)),
        ("depth", lambda f, g: (f, {"depth": ("integer", 1, 0)}, g)),
        ("depth", lambda f, g: (f, {"depth": ("normal", 0.0, 1.0)}, g)),
    ),
    "mutate_mixed": (
        ("depth", lambda f, g: (f, {"depth": 9}, DEPTH, g)),
        ("depth", lambda f, g: (f, {"depth": "z"}, {"depth": ("category", ["a", "b"])}, g)),
        ("shift", lambda f, g: (f, {"depth": 1}, DEPTH, g, 0.1, 0)),
        ("eps", lambda f, g: (f, {"depth": 1}, DEPTH, g, -1.0)),
    ),
    "cross_mixed": (
        ("depth", lambda f, g: (f, {"depth": 1}, {}, DEPTH, g)),
        ("depth", lambda f, g: (f, {"depth": 6}, {"depth": 1}, DEPTH, g)),
    ),
    "to_onehot": (("category", lambda f, g: (f, "z", ["a", "b"])),),
    "from_onehot": (
        ("x", lambda f, g: (f, np.zeros(3), ["a", "b"])),
        ("x", lambda f, g: (f, np.zeros((2, 1)), ["a", "b"])),
        ("x", lambda f, g: (f, np.array([1.0, np.nan]), ["a", "b"])),
    ),
    "setting_from_vector": (
        ("x", lambda f, g: (f, np.zeros(3), DEPTH)),
        ("x", lambda f, g: (f, np.zeros(2), {"kind": ("category", ["a", "b", "c"])})),
        ("x", lambda f, g: (f, np.array([np.nan]), DEPTH)),
        ("depth", lambda f, g: (f, np.zeros(0), {"depth": ("category", [])})),
        ("depth", lambda f, g: (f, np.zeros(1), {"depth": ("integer", 1, 0)})),
        ("depth", lambda f, g: (f, np.zeros(1), {"depth": ("normal", 0.0, 1.0)})),
    ),
    "hill_climbing": (("budget", lambda f, g: (f, lambda x: 0.0, 0, lambda x: x, 0)),),
    "acceptance": (("t", lambda f, g: (f, 1.0, -1.0)),),
    "simulated_annealing": (("temperatures", lambda f, g: (f, lambda x: 0.0, 0, lambda x: x, [1.0, -1.0], g)),),
    "genetic": tuple(
        (name, lambda f, g, numbers=numbers: (f, *OPERATORS, *numbers[:2], g, numbers[2]))
        for name, numbers in (
            ("size", (1, 3, 1)),
            ("generations", (5, -1, 1)),
            ("elite", (5, 3, 5)),
            ("elite", (5, 3, 0)),
        )
    ),
}
OPERATORS = (lambda x: 0.0, lambda: 0, lambda x: x, lambda a, b: a)


def case(name, en, ru):
    return pytest.param(name, id=name, marks=title(en=f"{en}: {name}", ru=f"{ru}: {name}"))


@points("1/4")
@pytest.mark.parametrize("name", [case(name, "Bad arguments", "Неверные аргументы") for name in REFUSED])
@hint(
    en="ValueError with the name of the argument, or of the parameter.",
    ru="ValueError с именем аргумента или параметра.",
)
def test_errors(submission, rng, name):
    for argument, call in REFUSED[name]:
        assert_refused(argument, *call(getattr(submission, name), fresh(rng)))


def arguments_of(name, rng):
    first = {"kind": "a", "only": "x", "k": -3, "rate": 0.5}
    second = {"kind": "c", "only": "x", "k": 4, "rate": 2.5}
    x, y = rng.normal(size=(2, 6))
    return {
        "mutate_real": lambda: (x, 0.5, fresh(rng)),
        "cross_real": lambda: (x, y),
        "mutate_mixed": lambda: (first, SPACE, fresh(rng)),
        "cross_mixed": lambda: (first, second, SPACE, fresh(rng)),
        "setting_from_vector": lambda: (4 * rng.normal(size=6), SPACE),
        "simulated_annealing": lambda: (lambda z: 0.0, 0, lambda z: z, [1.0, 3.0, 2.0], fresh(rng)),
    }[name]()


@points("1/8")
@pytest.mark.parametrize(
    "name",
    [
        case(name, "The arguments stay as they were", "Аргументы не меняются")
        for name in (
            "mutate_real",
            "cross_real",
            "mutate_mixed",
            "cross_mixed",
            "setting_from_vector",
            "simulated_annealing",
        )
    ],
)
@hint(
    en="x += noise, setting[name] = value and temperatures.pop() write into what you were given: make a new one.",
    ru="x += noise, setting[name] = value и temperatures.pop() меняют то, что вам дали: создавайте новый объект.",
)
def test_unchanged(submission, rng, name):
    for _ in range(20):  # of a setting each time another parameter is drawn
        call_unchanged(getattr(submission, name), *arguments_of(name, rng))
