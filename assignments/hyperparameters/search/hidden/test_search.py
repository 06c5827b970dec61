"""The hidden suite of hyperparameter search."""

import math

import numpy as np
import pytest

from grader.testing import assert_close, assert_equal, counted, depends, hint, points, take, title
from reference.hyperparameters.grid import discretise, grid
from reference.hyperparameters.tree_space import count_tree, enumerate_tree, flatten


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


def drawn(submission, distribution, count, rng):
    settings, _ = search(submission, {"p": distribution}, count, rng)
    assert_equal(len(settings), count, what="number of evaluations")
    for setting in settings:
        assert isinstance(setting, dict), "the objective must be given a dict"
        assert_equal(sorted(setting), ["p"], what="names of a setting")
    return [setting["p"] for setting in settings]


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


@points(2)
@title(en="All settings in their order", ru="Все настройки по порядку")
@hint(
    en="The last parameter varies fastest; names keep their order.",
    ru="Последний параметр меняется быстрее всех; порядок имён сохраняется.",
)
def test_grid(submission, rng):
    space = {"c": ["x", "y", "z"], "a": [int(v) for v in rng.integers(100, size=2)], "b": [None, 1.5]}
    found = take(submission.grid(space), 20)
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


@points(2)
@title(en="Uniform and log-uniform draws", ru="Равномерные и логарифмически равномерные значения")
@hint(
    en="In a log-uniform draw as many values lie between 0.001 and 0.01 as between 1 and 10.",
    ru="При логарифмическом выборе между 0,001 и 0,01 столько же значений, сколько между 1 и 10.",
)
def test_continuous(submission, rng):
    uniform = drawn(submission, ("uniform", -1.0, 3.0), 300, rng)
    logarithmic = drawn(submission, ("log-uniform", 1e-3, 10.0), 300, rng)
    for values, low, high, middle in ((uniform, -1.0, 3.0, 1.0), (logarithmic, 1e-3, 10.0, 0.1)):
        for value in values:
            assert isinstance(value, float), "values must be float"
            assert low <= value <= high, "a value outside of its range"
        assert 0.35 < share(values, lambda v, m=middle: v < m) < 0.65, "the median is not where it should be"
        assert len(set(values)) > 290, "values repeat"


@points(2)
@title(en="Integers and categories", ru="Целые числа и категории")
@hint(
    en="Both ends of an integer range can be drawn, and a range may hold a single value.",
    ru="Оба конца целочисленного отрезка возможны, а сам отрезок может состоять из одного значения.",
)
def test_discrete(submission, rng):
    integers = drawn(submission, ("integer", 3, 6), 200, rng)
    for value in integers:
        assert type(value) is int or isinstance(value, np.integer), "integers must be int"
    assert_equal(sorted({int(v) for v in integers}), [3, 4, 5, 6], what="integers that were drawn")
    for value in (3, 6):
        assert 0.1 < share(integers, lambda v, w=value: v == w) < 0.4, "an end is drawn too rarely or too often"
    middle = share(drawn(submission, ("integer", 3, 5), 600, rng), lambda v: v == 4)
    assert middle < 0.42, "the ends are drawn less often than the middle"
    categories = drawn(submission, ("category", ["a", "b", "c"]), 200, rng)
    assert_equal(sorted(set(categories)), ["a", "b", "c"], what="categories that were drawn")
    for narrow in (("uniform", 2.5, 2.5), ("log-uniform", 0.5, 0.5), ("integer", 4, 4), ("category", ["only"])):
        value = np.ravel(narrow[1])[0].item()
        assert_close(drawn(submission, narrow, 2, rng), [value] * 2, rtol=1e-9, what=f"the only value of {narrow}")


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
def test_enumerate(submission, rng):
    tree = a_tree(rng)
    found = take(submission.enumerate_tree(tree), 500)
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
def test_sample(submission, rng):
    tree = a_tree(rng)
    known = list(enumerate_tree(tree))
    found = [submission.sample_tree(tree, np.random.default_rng(int(rng.integers(1 << 40)))) for _ in range(250)]
    for setting in found:
        assert isinstance(setting, dict), "a setting must be a dict"
        assert setting in known, "not a setting of the tree"
    for model in tree["model"]:
        assert 0.17 < share(found, lambda s, m=model: s["model"] == m) < 0.52, (
            "a branch is chosen too often or too rarely"
        )


@points(2)
@depends("test_enumerate")
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


@title(en="Errors of ranges and budgets", ru="Ошибки отрезков и бюджета")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_errors_of_numbers(submission, rng):
    for arguments, name in (((0.0, 1.0, 1), "count"), ((1.0, 1.0, 3), "high"), ((0.0, 1.0, 3, True), "low")):
        with pytest.raises(ValueError, match=name):
            submission.discretise(*arguments)
    with pytest.raises(ValueError, match="budget"):
        submission.random_search(lambda setting: 0.0, {"x": ("uniform", 0.0, 1.0)}, 0, rng)


@title(en="Errors of distributions", ru="Ошибки распределений")
@hint(
    en="ValueError with the parameter's name, before anything is evaluated.",
    ru="ValueError с именем параметра, до первого вычисления.",
)
def test_errors_of_distributions(submission, rng):
    for bad in (("uniform", 1.0, 0.0), ("log-uniform", 0.0, 1.0), ("category", []), ("normal", 0.0, 1.0)):
        with pytest.raises(ValueError, match="speed"):
            submission.random_search(lambda setting: 0.0, {"speed": bad}, 3, rng)


@title(en="Errors of spaces", ru="Ошибки пространств")
@hint(en="A parameter without values, in a branch too.", ru="Параметр без значений, в том числе внутри ветви.")
def test_errors_of_spaces(submission):
    with pytest.raises(ValueError, match="depth"):
        take(submission.grid({"a": [1], "depth": []}), 1)
    with pytest.raises(ValueError, match="depth"):
        take(submission.enumerate_tree({"m": {"x": {"depth": []}}}), 1)
    with pytest.raises(ValueError, match="depth"):
        submission.count_tree({"depth": {}})
