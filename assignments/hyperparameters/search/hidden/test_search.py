"""The hidden suite of hyperparameter search."""

import math

import numpy as np
import pytest

from grader.testing import (
    assert_close,
    assert_count,
    assert_equal,
    assert_law,
    assert_refused,
    counted,
    hint,
    points,
    take,
    title,
)
from grader.testing.inputs import fresh
from reference.hyperparameters.search.grid import discretise, grid
from reference.hyperparameters.search.tree_space import count_tree, enumerate_tree, flatten


def a_tree(rng):
    """A tree with branches in branches; numbers of values differ from submission to submission."""
    return {
        "scale": [True, False],
        "model": {
            "knn": {"k": list(range(1, 2 + int(rng.integers(1, 4)))), "weights": ["uniform", "distance"]},
            "svm": {"C": [0.1, 1.0, 10.0], "kernel": {"rbf": {"gamma": [0.5, 1.0]}, "linear": {}}},
            "mean": {},
        },
        "seed": list(range(int(rng.integers(2, 4)))),
    }


def search(submission, space, budget, rng, loss=lambda setting: 0.0):
    """The settings that were evaluated, in their order, and the answer."""
    objective = counted(loss, budget=budget)
    answer = submission.random_search(objective, space, budget, rng)
    assert isinstance(answer, tuple), "random_search must return (best, loss, history)"
    assert len(answer) == 3, "random_search must return (best, loss, history)"
    return [args[0] for args in objective.calls], answer


def drawn(submission, distribution, rng):
    """1000 values of parameters with this distribution; a row of 40 for each evaluation."""
    names = [f"p{i}" for i in range(40)]
    settings, _ = search(submission, dict.fromkeys(names, distribution), 25, rng)
    assert_equal(len(settings), 25, what="number of evaluations")
    for setting in settings:
        assert isinstance(setting, dict), "the objective must be given a dict"
        assert_equal(sorted(setting), sorted(names), what="names of a setting")
    return [[setting[name] for name in names] for setting in settings]


def share(values, holds):
    return sum(bool(holds(value)) for value in values) / len(values)


@points(2)
@title(en="Ranges with equal steps and with equal factors", ru="Отрезки с равным шагом и с равным отношением")
@hint(en="Both ends are there; count numbers, not count steps.", ru="Оба конца входят; count чисел, а не count шагов.")
def test_discretise(submission, rng):
    low = float(rng.uniform(0.1, 1))
    for count in (2, 5, 8):
        for log in (False, True):
            found = submission.discretise(low, 40.0, count, log)
            assert_close(found, discretise(low, 40.0, count, log), rtol=1e-9, what="values")
    assert_close(submission.discretise(low, 40.0, 4), discretise(low, 40.0, 4), rtol=1e-9, what="values without log")
    assert_close(submission.discretise(-3, 3, 7), [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0], atol=1e-12, what="values")
    assert_close(submission.discretise(1, 100, 3, True), [1.0, 10.0, 100.0], rtol=1e-9, what="values between integers")


@points(2)
@title(en="All settings in their order", ru="Все настройки по порядку")
@hint(
    en="The last parameter varies fastest; names keep their order.",
    ru="Последний параметр меняется быстрее всех; порядок имён сохраняется.",
)
def test_grid(submission, probe, rng):
    space = {"c": ["x", "y", "z"], "a": [int(v) for v in rng.integers(100, size=2)], "b": [None, 1.5]}
    found = probe.listed(submission.grid(space), 20)
    assert isinstance(found, list), "grid must return an iterator of settings"
    assert_equal(found, list(grid(space)), what="settings")
    assert_equal([list(setting) for setting in found[:1]], [["c", "a", "b"]], what="order of names")
    assert_equal(take(submission.grid({}), 3), [{}], what="settings of the empty space")


@points(2)
@title(en="The grid is made one setting at a time", ru="Сетка создаётся по одной настройке")
@hint(
    en="10^24 settings do not fit into memory: yield them.",
    ru="10^24 настроек не поместятся в память: используйте yield.",
)
def test_grid_is_lazy(submission):
    huge = {f"p{n}": list(range(100)) for n in range(12)}
    settings = take(submission.grid(huge), 3)
    assert_equal([setting["p11"] for setting in settings], [0, 1, 2], what="the last parameter")


@points(2)
@title(
    en="Exactly the budget, the first of equal losses, the whole history",
    ru="Ровно бюджет, первые из равных, вся история",
)
@hint(en="Neither one call more nor one less; < instead of <=.", ru="Ни одним вызовом больше или меньше; < вместо <=.")
def test_budget_and_best(submission, rng):
    losses = [0.5, -1.0, 2.0, -1.0, 0.0]
    told = iter(losses)
    settings, (best, loss, history) = search(
        submission, {"x": ("uniform", 0.0, 1.0)}, 5, rng, lambda setting: next(told)
    )
    assert_equal(len(settings), 5, what="number of evaluations")
    assert_close(loss, -1.0, what="loss")
    assert_equal(best, settings[1], what="best")
    assert_equal(history, list(zip(settings, losses, strict=True)), what="history")
    settings, answer = search(submission, {"x": ("uniform", 0.0, 1.0)}, 1, rng, lambda setting: 3.0)
    assert_equal(answer, (settings[0], 3.0, [(settings[0], 3.0)]), what="the answer for a budget of 1")
    settings, (best, loss, _) = search(submission, {"x": ("uniform", 0.0, 1.0)}, 3, rng, lambda setting: math.inf)
    assert_equal((best, loss), (settings[0], math.inf), what="best and its loss where all losses are infinite")


@points(2)
@title(en="Uniform and log-uniform draws", ru="Равномерные и логарифмически равномерные значения")
@hint(
    en="In a log-uniform draw as many values lie between 0.001 and 0.01 as between 1 and 10.",
    ru="При логарифмическом выборе между 0,001 и 0,01 столько же значений, сколько между 1 и 10.",
)
def test_continuous(submission, rng):
    for distribution in (("uniform", -1.0, 3.0), ("log-uniform", 1e-3, 10.0)):
        rows, (_, low, high) = drawn(submission, distribution, rng), distribution
        for value in (value for row in rows for value in row):
            assert isinstance(value, float), "values must be float"
            assert low <= value <= high, "a value outside of its range"
        values = np.array(rows)
        if distribution[0] == "log-uniform":
            values, low, high = np.log(values), math.log(low), math.log(high)
        places = (values - low) / (high - low)
        assert_law(places.ravel(), what=f"values of {distribution} are not distributed so")
        assert len(np.unique(places)) > 950, "values repeat"
        for shift in (1, 3):
            product = np.mean((places[:, shift:] - 0.5) * (places[:, :-shift] - 0.5)) * 12
            assert abs(product) < 7 / math.sqrt(places[:, shift:].size), "the parameters are not independent"


@points(2)
@title(en="Integers and categories", ru="Целые числа и категории")
@hint(
    en="All values are equally likely, both ends of an integer range among them.",
    ru="Все значения равновероятны, в том числе оба конца целочисленного отрезка.",
)
def test_discrete(submission, rng):
    for distribution, options in (
        (("integer", -3, 0), [-3, -2, -1, 0]),
        (("integer", 3, 5), [3, 4, 5]),
        (("category", ["a", "b", "c"]), ["a", "b", "c"]),
    ):
        values = [value for row in drawn(submission, distribution, rng) for value in row]
        for value in values:
            if distribution[0] == "integer":
                assert type(value) is int or isinstance(value, np.integer), "integers must be int"
            assert value in options, "a value outside of its range"
        for option in options:
            assert_count(
                sum(v == option for v in values), 1000, 1 / len(options), f"{distribution}: not equally likely"
            )


@title(en="Ranges of one value", ru="Отрезки из одного значения")
@hint(en="low may be equal to high.", ru="low может быть равно high.")
def test_narrow(submission, rng):
    for narrow in (("uniform", 2.5, 2.5), ("log-uniform", 0.5, 0.5), ("integer", 4, 4), ("category", ["only"])):
        settings, _ = search(submission, {"p": narrow}, 2, rng)
        value = np.ravel(narrow[1])[0].item()
        assert_close(settings, [{"p": value}] * 2, rtol=1e-9, what=f"settings of {narrow}")


@points(2)
@title(en="Randomness comes from rng, anew for each parameter", ru="Случайность — из rng, своя для каждого параметра")
@hint(en="numpy.random.seed and the module random are not rng.", ru="numpy.random.seed и модуль random — это не rng.")
def test_rng(submission, rng):
    space = {"x": ("uniform", 0.0, 1.0), "y": ("uniform", 0.0, 1.0)}
    seed = int(rng.integers(1 << 30))
    first, again = (search(submission, space, 5, np.random.default_rng(seed))[0] for _ in range(2))
    other = search(submission, space, 5, np.random.default_rng(seed + 1))[0]
    assert_equal(again, first, what="settings from an equal rng")
    assert share(list(zip(first, other, strict=True)), lambda pair: pair[0]["x"] != pair[1]["x"]) == 1, (
        "rng is not used"
    )
    assert share(first, lambda setting: setting["x"] != setting["y"]) == 1, "x and y are the same"


@points(2)
@title(en="All settings of a tree", ru="Все настройки дерева")
@hint(
    en="A branch's parameters exist only where it was chosen.", ru="Параметры ветви есть только там, где она выбрана."
)
def test_enumerate(submission, probe, rng):
    tree = a_tree(rng)
    found = probe.listed(submission.enumerate_tree(tree), 500)
    assert isinstance(found, list), "enumerate_tree must return an iterator of settings"
    assert_equal(found, list(enumerate_tree(tree)), what="settings")
    assert_equal([list(s) for s in found], [list(s) for s in enumerate_tree(tree)], what="order of names")


@title(en="A tree is walked one setting at a time", ru="Дерево обходится по одной настройке")
@hint(en="Trees can be as large as grids.", ru="Деревья бывают не меньше сеток.")
def test_enumerate_is_lazy(submission):
    huge = {f"p{n}": {"on": {f"q{n}": list(range(50))}, "off": {}} for n in range(12)}
    first = take(submission.enumerate_tree(huge), 1)
    assert_equal(len(first), 1, what="number of settings")
    assert_equal(len(first[0]), 24, what="parameters of the first setting")


@points(2)
@title(en="Counting without enumerating", ru="Подсчёт без перечисления")
@hint(
    en="Branches add up, parameters multiply; an empty branch counts 1.",
    ru="Ветви складываются, параметры умножаются; пустая ветвь даёт 1.",
)
def test_count(submission, rng):
    tree = a_tree(rng)
    assert_equal(submission.count_tree(tree), count_tree(tree), what="count")
    huge = {f"p{n}": {"on": {f"q{n}": list(range(50))}, "off": {}} for n in range(12)}
    assert_equal(submission.count_tree(huge), 51**12, what="count of a huge tree")


@title(en="Random settings of a tree", ru="Случайные настройки дерева")
@hint(
    en="Every choice is uniform among its options, however large its branches are.",
    ru="Каждый выбор равновероятен, каковы бы ни были ветви.",
)
def test_sample(submission, probe, rng):
    tree = a_tree(rng)
    known = list(enumerate_tree(tree))
    found = probe.samples(submission.sample_tree, tree, fresh(rng), 1200)
    assert isinstance(found, list), "sample_tree must return settings"
    assert_equal(len(found), 1200, what="number of samples")
    for setting in found:
        assert isinstance(setting, dict), "a setting must be a dict"
        assert setting in known, "not a setting of the tree"
    for model in tree["model"]:
        assert_count(sum(s["model"] == model for s in found), 1200, 1 / 3, "a branch is chosen too often or too rarely")
    machines = [s for s in found if s["model"] == "svm"]
    for kernel in ("rbf", "linear"):
        assert_count(
            sum(s["kernel"] == kernel for s in machines), len(machines), 1 / 2, "an inner branch is chosen too often"
        )
    for seed in tree["seed"]:
        assert_count(
            sum(s["seed"] == seed for s in found), 1200, 1 / len(tree["seed"]), "values are not equally likely"
        )
    assert_count(sum(s["scale"] == (s["seed"] == 0) for s in found), 1200, 1 / 2, "the choices are not independent")
    one, same, other = (probe.samples(submission.sample_tree, tree, np.random.default_rng(s), 9) for s in (5, 5, 6))
    assert_equal(same, one, what="settings from an equal rng")
    assert repr(one) != repr(other), "rng is not used"


@points(2)
@title(en="The linear space over the same parameters", ru="Линейное пространство над теми же параметрами")
@hint(
    en="Names in the order in which they are met; values without repetition.",
    ru="Имена в порядке появления; значения без повторов.",
)
def test_flatten(submission, rng):
    tree = a_tree(rng) | {"last": {"a": {"shared": [1, 2]}, "b": {"shared": [2, 3]}}}
    flat = submission.flatten(tree)
    assert_equal(flat, flatten(tree), what="linear space")
    assert_equal(list(flat), list(flatten(tree)), what="order of names")
    assert math.prod(len(values) for values in flat.values()) > count_tree(tree)


def nothing(setting):
    raise AssertionError("the objective was called")


SPEEDS = (("uniform", 1.0, 0.0), ("integer", 2, 1), ("log-uniform", 0.0, 1.0), ("category", []), ("normal", 0.0, 1.0))
DEEP = {"m": {"x": {"depth": []}}}
# a name for the case: the function, and for each bad call the name that the error must tell and the arguments
REFUSED = {
    "discretise": (("count", 0.0, 1.0, 1), ("high", 1.0, 1.0, 3), ("low", 0.0, 1.0, 3, True)),
    "random_search: budget": (("budget", {"x": ("uniform", 0.0, 1.0)}, 0),),
    "random_search: space": tuple(("speed", {"k": ("integer", 1, 2), "speed": bad}, 3) for bad in SPEEDS),
    "grid": (("depth", {"a": [1], "depth": []}),),
    "enumerate_tree": (("depth", DEEP), ("depth", {"depth": {}})),
    "count_tree": (("depth", {"depth": {}}), ("depth", DEEP)),
    "sample_tree": (("depth", DEEP), ("depth", {"depth": []})),
    "flatten": (("depth", DEEP), ("depth", {"depth": []})),
}


@points("1/4")
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, id=name, marks=title(en=f"Bad arguments: {name}", ru=f"Неверные аргументы: {name}"))
        for name in REFUSED
    ],
)
@hint(
    en="ValueError with the name of the argument or of the parameter, in a branch too, before anything is evaluated.",
    ru="ValueError с именем аргумента или параметра, в том числе внутри ветви, до первого вычисления.",
)
def test_errors(submission, rng, name):
    function = getattr(submission, name.partition(":")[0])
    for argument, *values in REFUSED[name]:
        if name.startswith("random_search"):
            assert_refused(argument, function, counted(nothing, budget=0), *values, rng)
        elif name in ("grid", "enumerate_tree"):
            assert_refused(argument, lambda *given: take(function(*given), 1), *values)
        else:
            assert_refused(argument, function, *values, *([rng] if name == "sample_tree" else []))
