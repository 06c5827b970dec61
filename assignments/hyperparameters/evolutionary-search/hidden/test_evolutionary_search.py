"""The hidden suite of evolutionary search."""

from collections import Counter
from itertools import count

import numpy as np
import pytest

from grader.testing import assert_array, assert_close, assert_equal, call_unchanged, counted, hint, points, title
from reference.hyperparameters.annealing import acceptance

SPACE = {
    "kind": ("category", ["a", "b", "c"]),
    "only": ("category", ["x"]),
    "k": ("integer", -3, 4),
    "rate": ("real", 0.5, 2.5),
}


def fresh(rng):
    """A generator of its own: arguments are copied on their way in, so one generator would repeat itself."""
    return np.random.default_rng(int(rng.integers(1 << 60)))


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
    assert abs(x.mean()) < 0.05, "the mean is not 0"
    assert abs(x.var() - 1) < 0.08, "the variance is not 1"
    assert abs(np.mean(np.abs(x) < 1) - 0.6827) < 0.025, "the distribution is not normal"
    again = fresh(np.random.default_rng(5)), fresh(np.random.default_rng(5)), fresh(np.random.default_rng(6))
    one, same, other = (assert_array(submission.rand_real(3, g), shape=(3,), what="vector") for g in again)
    assert_equal(same, one, what="vector from an equal rng")
    assert np.all(one != other), "rng is not used"
    assert_array(submission.rand_real(1, fresh(rng)), shape=(1,), kind="float", what="vector of one coordinate")


@points(2)
@title(en="Noise on every coordinate", ru="Шум на каждой координате")
@hint(
    en="eps is the standard deviation, not the variance; the argument stays as it was.",
    ru="eps — стандартное отклонение, а не дисперсия; аргумент не меняется.",
)
def test_mutate_real(submission, rng):
    x = rng.uniform(-9, 9, 8000)
    for eps in (0.3, 2.0):
        found = submission.mutate_real(x, eps, fresh(rng))
        noise = (assert_array(found, shape=x.shape, kind="float", what="mutant") - x) / eps
        assert abs(noise.mean()) < 0.08, "the mean of the noise is not 0"
        assert abs(noise.std() - 1) < 0.06, "the standard deviation of the noise is not eps"
        assert len(np.unique(noise)) > 7000, "the noise is the same for several coordinates"
        assert np.mean(np.abs(noise) < 2) > 0.93, "the noise is not normal"
        assert np.max(np.abs(noise)) > 2.5, "the noise is not normal"


@points(2)
@title(en="Noise on a subset of the coordinates", ru="Шум на части координат")
@hint(
    en="A coin for each coordinate; the others stay to the bit.",
    ru="Своя монета для каждой координаты; остальные не меняются ни на бит.",
)
def test_mutate_share(submission, rng):
    x = rng.normal(size=8000)
    found = submission.mutate_real(x, 0.5, fresh(rng), 0.3)
    changed = assert_array(found, shape=x.shape, kind="float", what="mutant") != x
    for half in (changed[:4000], changed[4000:]):
        assert abs(half.mean() - 0.3) < 0.05, "the share of the coordinates that change is not share"
    counts = []
    for _ in range(40):
        counts.append(int(np.sum(np.asarray(submission.mutate_real(x[:50], 1.0, fresh(rng), 0.5)) != x[:50])))
    assert len(set(counts)) > 3, "each coordinate must have a coin of its own"
    noise = (found - x)[changed]
    assert abs(noise.std() - 0.5) < 0.08, "the standard deviation of the noise is not eps"
    assert_equal(submission.mutate_real(x[:9], 0.5, fresh(rng), 0.0), x[:9], what="mutant of no coordinate")
    assert_equal(submission.mutate_real(x[:9], 0.0, fresh(rng)), x[:9], what="mutant for eps = 0")


@title(en="A child of two vectors", ru="Потомок двух векторов")
@hint(en="Their mean, whether they hold ints or floats.", ru="Их среднее, будь в них целые или вещественные.")
def test_cross_real(submission, rng):
    first, second = rng.normal(size=7), rng.normal(size=7)
    found = submission.cross_real(first, second)
    assert_close(found, (first + second) / 2, rtol=1e-12, what="child")
    assert_close(submission.cross_real(np.array([1, 2]), np.array([2, 4])), np.array([1.5, 3.0]), what="child")


@title(en="Errors of the operators on vectors", ru="Ошибки операторов на векторах")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_errors_of_vectors(submission, rng):
    for call, arguments, name in (
        (submission.rand_real, (0, fresh(rng)), "m"),
        (submission.mutate_real, (np.zeros(2), -1.0, fresh(rng)), "eps"),
        (submission.mutate_real, (np.zeros(2), 1.0, fresh(rng), 1.5), "share"),
        (submission.mutate_real, (np.zeros(2), 1.0, fresh(rng), -0.5), "share"),
        (submission.cross_real, (np.zeros(2), np.zeros(3)), "x2"),
    ):
        with pytest.raises(ValueError, match=name):
            call(*arguments)


# -- L01.operators_mixed ---------------------------------------------------------------------------------


@points(2)
@title(en="Random settings", ru="Случайные настройки")
@hint(
    en="Every value equally likely, both ends of an integer range among them.",
    ru="Все значения равновероятны, оба конца целого отрезка тоже.",
)
def test_rand_mixed(submission, rng):
    found = [inside(submission.rand_mixed(SPACE, fresh(rng))) for _ in range(400)]
    kinds = Counter(setting["kind"] for setting in found)
    assert all(80 < kinds[kind] < 190 for kind in "abc"), "categories are not equally likely"
    numbers = Counter(int(setting["k"]) for setting in found)
    assert all(15 < numbers[k] < 100 for k in range(-3, 5)), "integers are not equally likely"
    rates = np.array([setting["rate"] for setting in found])
    assert abs(np.mean(rates < 1.5) - 0.5) < 0.15, "real numbers are not uniform"
    assert abs(np.mean(rates < 1.0) - 0.25) < 0.14, "real numbers are not uniform"
    assert len(set(rates.tolist())) > 380, "real numbers repeat"
    point = {"k": ("integer", 3, 3), "rate": ("real", 0.5, 0.5)}
    assert_equal(
        submission.rand_mixed(point, fresh(rng)), {"k": 3, "rate": 0.5}, what="setting of ranges of one number"
    )


def mutants_of(submission, name, start, rng, **numbers):
    """45 mutants of a setting that has this parameter only."""
    space, setting = {name: SPACE[name]}, {name: start[name]}
    return [inside(submission.mutate_mixed(setting, space, fresh(rng), **numbers), space)[name] for _ in range(45)]


@points(3)
@title(en="One parameter mutates", ru="Мутирует один параметр")
@hint(
    en="Each parameter equally likely; a category becomes another one; an integer moves by at least 1; the deviation "
    "of a real number is a share of its range.",
    ru="Параметры равновероятны; категория становится другой; целое сдвигается хотя бы на 1; отклонение вещественного "
    "— доля его отрезка.",
)
def test_mutate_mixed(submission, rng):
    start = {"kind": "b", "only": "x", "k": 0, "rate": 1.5}
    mutants = [inside(submission.mutate_mixed(start, SPACE, fresh(rng), 0.1, 2)) for _ in range(800)]
    changed = [[name for name in SPACE if mutant[name] != start[name]] for mutant in mutants]
    assert max(map(len, changed)) == 1, "exactly one parameter must change"
    shares = Counter(names[0] if names else "only" for names in changed)
    assert all(110 < shares[name] < 300 for name in SPACE), "the parameters do not change equally often"
    kinds = Counter(m["kind"] for m in mutants if m["kind"] != "b")
    assert all(kinds[kind] > 40 for kind in "ac"), "a category must become each of the others"
    steps = Counter(int(m["k"]) for m in mutants if m["k"] != 0)
    assert_equal(sorted(steps), [-2, -1, 1, 2], what="shifts of an integer")
    assert min(steps.values()) > 12, "the shifts are not equally likely"
    moves = np.array([m["rate"] - 1.5 for m in mutants if m["rate"] != 1.5])
    assert 0.13 < moves.std() < 0.28, "the deviation is not eps * (high - low)"
    assert abs(moves.mean()) < 0.1, "real numbers move to one side"
    for name in ("kind", "k"):
        alone = mutants_of(submission, name, start, rng)
        assert all(value != start[name] for value in alone), "a mutant is equal to the setting"
    assert_equal(sorted({int(k) for k in alone}), [-2, -1, 1, 2], what="shifts of an integer by the usual shift")
    by_usual_eps = np.array(mutants_of(submission, "rate", start, rng))
    assert 0.08 < by_usual_eps.std() < 0.36, "the usual eps is not 0.1"
    by_one = mutants_of(submission, "k", start, rng, shift=1)
    assert_equal(sorted({int(k) for k in by_one}), [-1, 1], what="shifts of an integer for shift = 1")
    assert_equal(set(mutants_of(submission, "rate", start, rng, eps=0.0)), {1.5}, what="real numbers for eps = 0")


@title(en="Nothing leaves the space", ru="Ничто не покидает пространство")
@hint(
    en="What would leave a range stops at its end; a category with one value stays.",
    ru="Что вышло бы за отрезок, останавливается на его конце; категория из одного значения остаётся.",
)
def test_space_is_not_left(submission, rng):
    corner = {"kind": "c", "only": "x", "k": 4, "rate": 2.5}
    mutants = [inside(submission.mutate_mixed(corner, SPACE, fresh(rng), 2.0, 50)) for _ in range(200)]
    assert any(m["k"] == -3 for m in mutants), "a shift beyond the range must stop at its end"
    assert any(m["rate"] == 0.5 for m in mutants), "a move beyond the range must stop at its end"
    single = {"only": ("category", ["x"])}
    assert_equal(submission.mutate_mixed({"only": "x"}, single, fresh(rng)), {"only": "x"}, what="setting")


@points(2)
@title(en="A child of two settings", ru="Потомок двух настроек")
@hint(
    en="Each category by a coin of its own; the rounded mean of integers, halves upwards.",
    ru="Для каждой категории своя монета; у целых — округлённое среднее, половины вверх.",
)
def test_cross_mixed(submission, rng):
    space = SPACE | {"other": ("category", ["p", "q"]), "n": ("integer", -9, 9), "m": ("integer", -9, 9)}
    first = {"kind": "a", "only": "x", "k": -3, "rate": 0.5, "other": "p", "n": 2, "m": 1}
    second = {"kind": "c", "only": "x", "k": 2, "rate": 2.5, "other": "q", "n": 5, "m": 5}
    children = [inside(submission.cross_mixed(first, second, space, fresh(rng)), space, "child") for _ in range(120)]
    for child in children:
        assert_equal([int(child[name]) for name in "knm"], [0, 4, 3], what="integers of the child")
        assert_close(float(child["rate"]), 1.5, what="real number of the child")
    pairs = Counter((child["kind"], child["other"]) for child in children)
    assert_equal(sorted(pairs), [("a", "p"), ("a", "q"), ("c", "p"), ("c", "q")], what="categories of children")
    assert min(pairs.values()) >= 4, "the parents are not equally likely"


@title(en="The arguments of the operators stay as they were", ru="Аргументы операторов не меняются")
@hint(
    en="x += noise and setting[name] = value write into what you were given: make a new one.",
    ru="x += noise и setting[name] = value пишут в то, что вам дали: создавайте новый объект.",
)
def test_unchanged(submission, rng):
    x, y = rng.normal(size=6), rng.normal(size=6)
    found = call_unchanged(submission.mutate_real, x, 0.5, fresh(rng))
    assert_array(found, shape=(6,), kind="float", what="mutant")
    assert_close(call_unchanged(submission.cross_real, x, y), (x + y) / 2, rtol=1e-12, what="child")
    first = {"kind": "a", "only": "x", "k": -3, "rate": 0.5}
    second = {"kind": "c", "only": "x", "k": 4, "rate": 2.5}
    for _ in range(20):  # each time another parameter is drawn
        inside(call_unchanged(submission.mutate_mixed, first, SPACE, fresh(rng)))
    inside(call_unchanged(submission.cross_mixed, first, second, SPACE, fresh(rng)), SPACE, "child")


@title(en="Errors of the operators on settings", ru="Ошибки операторов на настройках")
@hint(
    en="ValueError with the name of the parameter, or of the argument.",
    ru="ValueError с именем параметра или аргумента.",
)
def test_errors_of_settings(submission, rng):
    depth = {"depth": ("integer", 0, 5)}
    for call, arguments, named, name in (
        (submission.rand_mixed, ({"depth": ("category", [])}, fresh(rng)), {}, "depth"),
        (submission.rand_mixed, ({"depth": ("real", 1.0, 0.0)}, fresh(rng)), {}, "depth"),
        (submission.rand_mixed, ({"depth": ("normal", 0.0, 1.0)}, fresh(rng)), {}, "depth"),
        (submission.mutate_mixed, ({"depth": 9}, depth, fresh(rng)), {}, "depth"),
        (submission.mutate_mixed, ({"depth": 1}, depth, fresh(rng)), {"shift": 0}, "shift"),
        (submission.mutate_mixed, ({"depth": 1}, depth, fresh(rng)), {"eps": -1.0}, "eps"),
        (submission.cross_mixed, ({"depth": 1}, {}, depth, fresh(rng)), {}, "depth"),
    ):
        with pytest.raises(ValueError, match=name):
            call(*arguments, **named)


# -- L01.onehot ------------------------------------------------------------------------------------------


@points(2)
@title(en="Categories as vectors and back", ru="Категории в виде векторов и обратно")
@hint(
    en="The largest entry, wherever it lies and whatever its sign; the first of equal ones.",
    ru="Наибольшая компонента любого знака; из равных — первая.",
)
def test_onehot(submission, rng):
    categories = ["red", None, 3, "blue", 2.5]
    for place, category in enumerate(categories):
        vector = submission.to_onehot(category, categories)
        assert_close(vector, np.eye(5)[place], what="vector")
        x = -rng.uniform(1, 2, 5)
        x[place] = -0.5
        assert_equal(submission.from_onehot(x, categories), category, what="category")
    assert_equal(submission.from_onehot(np.array([-3.0, -1.0, -2.0, -1.0, -1.0]), categories), None, what="category")


@title(en="Errors of one-hot", ru="Ошибки one-hot")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_errors_of_onehot(submission):
    with pytest.raises(ValueError, match="category"):
        submission.to_onehot("z", ["a", "b"])
    for x in (np.zeros(3), np.zeros((2, 1)), np.array([1.0, np.nan])):
        with pytest.raises(ValueError, match="x"):
            submission.from_onehot(x, ["a", "b"])


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


@title(en="A budget of one, and of none", ru="Бюджет из одного вычисления и пустой")
@hint(en="ValueError that names budget.", ru="ValueError с именем budget.")
def test_hill_budget(submission):
    answer = submission.hill_climbing(lambda x: 2.0, "start", lambda x: "mutant", 1)
    assert_equal(answer, ("start", 2.0, [2.0]), what="the answer")
    with pytest.raises(ValueError, match="budget"):
        submission.hill_climbing(lambda x: 0.0, 0, lambda x: x, 0)


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
    answer = submission.simulated_annealing(float, 0, lambda x: x + 1, temperatures, fresh(rng))
    _, _, history = triple(answer, "simulated_annealing")
    steps = np.diff(assert_array(np.asarray(history, dtype=float), shape=(1001,), what="history"))
    for part, probability in ((steps[:500], np.exp(-2.0)), (steps[500:], np.exp(-0.5))):
        deviation = np.sqrt(probability * (1 - probability) / 500)
        assert abs(part.mean() - probability) < 6 * deviation, "worse steps are taken too often or too rarely"


@title(en="Negative temperatures", ru="Отрицательные температуры")
@hint(en="ValueError that names t, or temperatures.", ru="ValueError с именем t или temperatures.")
def test_errors_of_annealing(submission, rng):
    with pytest.raises(ValueError, match="t"):
        submission.acceptance(1.0, -1.0)
    with pytest.raises(ValueError, match="temperatures"):
        submission.simulated_annealing(lambda x: 0.0, 0, lambda x: x, [1.0, -1.0], fresh(rng))


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
        self.losses[x] = float(self.rng.random()) + (5.0 if child and self.mutants_lose else 0.0)
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
    en="Two objects are drawn uniformly, the better one is the parent; anew for each parent.",
    ru="Выбираются два случайных объекта, лучший — родитель; для каждого родителя заново.",
)
def test_genetic_selection(submission, rng):
    size, generations = 10, 50
    world, population, _, _ = evolve(submission, rng, size, generations, 1)
    assert_equal(len(world.crossed), generations * (size - 1), what="number of crosses")
    ranks, same = [], 0
    for g in range(generations):
        part = slice(g * (size - 1), (g + 1) * (size - 1))
        population = sorted(population, key=world.losses.__getitem__)
        for a, b, _ in world.crossed[part]:
            assert {a, b} <= set(population), "a parent does not belong to the current generation"
            ranks += [population.index(a), population.index(b)]
            same += a == b
        population = [population[0], *(x for _, x in world.mutants[part])]
    assert 2.15 < np.mean(ranks) < 3.55, "parents are chosen too well, or not well enough"
    assert max(ranks) >= 7, "the worse ones never get a chance"
    assert same < len(world.crossed) / 2, "both parents come from one tournament"


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


@title(en="Errors of the genetic algorithm", ru="Ошибки генетического алгоритма")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_errors_of_genetic(submission, rng):
    for size, generations, elite, name in (
        (1, 3, 1, "size"),
        (5, -1, 1, "generations"),
        (5, 3, 5, "elite"),
        (5, 3, 0, "elite"),
    ):
        with pytest.raises(ValueError, match=name):
            submission.genetic(
                lambda x: 0.0, lambda: 0, lambda x: x, lambda a, b: a, size, generations, fresh(rng), elite
            )
