"""The hidden suite of algorithm selection."""

import numpy as np

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    assert_refused,
    call_unchanged,
    counted,
    each,
    hint,
    points,
    title,
)
from reference.hyperparameters.evolutionary.pareto import constrained_minimum, pareto_front
from reference.hyperparameters.search.coupon import expected_draws
from reference.hyperparameters.selection.kernel_knn import kernel_knn
from reference.hyperparameters.selection.svm import linear_predict, linear_weights, svm_decision, svm_predict
from reference.hyperparameters.stopping import evaluations_to_reach

NAN, INFINITY = float("nan"), float("inf")


def linear(A, B):
    return A @ B.T


def gaussian(A, B):
    return np.exp(-0.5 * np.sum((A[:, None, :] - B[None, :, :]) ** 2, axis=2))


def quadratic(A, B):
    return (A @ B.T + 1.0) ** 2


def classes(found, count, what="classes"):
    return assert_array(found, shape=(count,), kind="int", what=what)


def a_machine(rng, n=25, d=3):
    X = rng.normal(size=(n, d))
    y = rng.choice([-1, 1], n)
    lambdas = rng.uniform(0.1, 1, n) * (rng.random(n) < 0.6)
    return X, y, lambdas, float(rng.normal())


# -- L01.tuning, L01.selection ---------------------------------------------------------------------------


@points(2)
@title(en="The smallest loss, the first of equal ones", ru="Наименьшие потери, первые из равных")
@hint(
    en="One evaluation a setting, in the order given; < instead of <=.",
    ru="Одно вычисление на настройку, в данном порядке; < вместо <=.",
)
def test_tune(submission, rng):
    settings = [{"k": int(k)} for k in rng.permutation(9)]
    losses = [4.0, -1.0, 2.0, -2.5, 0.0, -2.5, 1.0, -2.5, 9.0]
    told = iter(losses)
    loss = counted(lambda setting: next(told), budget=9)
    assert_equal(submission.tune(loss, settings), (settings[3], -2.5), what="the answer")
    assert_equal([args[0] for args in loss.calls], settings, what="the settings that were evaluated")


@title(en="A failed training never wins", ru="Неудавшееся обучение не побеждает")
@hint(
    en="Every comparison with NaN is false; infinity is a loss like others.",
    ru="Любое сравнение с NaN ложно; бесконечность — такие же потери, как другие.",
)
def test_tune_with_nan(submission):
    for losses, best in (
        ([NAN, 5.0, 3.0, NAN], 2),
        ([NAN, INFINITY, NAN], 1),
        ([1.0, NAN, 0.5], 2),
        ([NAN, 2.0, -INFINITY, -INFINITY], 2),
    ):
        answer = submission.tune(lambda i, known=losses: known[i], list(range(len(losses))))
        assert_equal(answer, (best, losses[best]), what="the answer")


@title(en="The best algorithm", ru="Лучший алгоритм")
@hint(en="An algorithm is tuned like a category.", ru="Алгоритм выбирается так же, как категория.")
def test_select(submission, rng):
    names = ["knn", "svm", "tree", "bayes"]
    losses = dict(zip(names, [3.0, 1.5, 1.5, 2.0], strict=True))
    loss = counted(lambda name: losses[name], budget=4)
    assert_equal(submission.select(loss, names), ("svm", 1.5), what="the answer")
    assert_equal([args[0] for args in loss.calls], names, what="the algorithms that were evaluated")
    assert_equal(submission.select(lambda name: losses[name], names[::-1]), ("tree", 1.5), what="the answer")
    failed = dict(zip(names, [NAN, INFINITY, NAN, INFINITY], strict=True))
    answer = submission.select(lambda name: failed[name], names)
    assert_equal(answer, ("svm", INFINITY), what="the answer where trainings have failed")


@points(2)
@title(en="Algorithm and setting together", ru="Алгоритм и настройка вместе")
@hint(
    en="The minimum over all pairs, not the best setting of the best algorithm by its first setting.",
    ru="Минимум по всем парам, а не лучшая настройка алгоритма, лучшего по своей первой настройке.",
)
def test_select_and_tune(submission, rng):
    spaces = {"knn": [1, 3, 5], "svm": [0.1, 10.0], "mean": [None]}
    for losses in (
        [4, 2, 3, 5, 2, 3],
        [1, 9, 9, 9, 0, 9],
        [2, 2, 2, 2, 2, 1],
        [int(v) for v in rng.permutation(6)],
        [NAN, 3, 3, NAN, 2, 2],
    ):
        pairs = [(name, setting) for name, settings in spaces.items() for setting in settings]
        known = {repr(pair): float(value) for pair, value in zip(pairs, losses, strict=True)}
        loss = counted(lambda name, setting, known=known: known[repr((name, setting))], budget=6)
        best = min(pairs, key=lambda pair: np.nan_to_num(known[repr(pair)], nan=INFINITY))
        assert_equal(submission.select_and_tune(loss, spaces), (*best, known[repr(best)]), what="the answer")
        assert_equal(list(loss.calls), pairs, what="the pairs that were evaluated")


@title(en="Evaluations up to a required loss", ru="Вычисления до требуемых потерь")
@hint(
    en="The first loss that is small enough decides, and its own evaluation counts.",
    ru="Решают первые достаточно малые потери; их собственное вычисление тоже считается.",
)
def test_evaluations_to_reach(submission, rng):
    losses = [float(value) for value in rng.integers(0, 20, 30) + rng.random(30)]
    for required in (25.0, *(float(value) for value in rng.uniform(min(losses), max(losses), 5)), -1.0):
        found = submission.evaluations_to_reach(losses, required)
        assert_equal(found, evaluations_to_reach(losses, required), what=f"evaluations to reach {required:.2f}")


@title(en="Losses that are required, failed and infinite", ru="Потери требуемые, неудавшиеся и бесконечные")
@hint(
    en="A loss equal to the required one reaches it, a hardly greater one does not. NaN is an evaluation, but no loss.",
    ru="Потери, равные требуемым, их достигают, чуть большие — нет. NaN — тоже вычисление, но не потери.",
)
def test_evaluations_at_the_edges(submission):
    for losses, required, number in (
        ([4.0, 2.0, 1.0], 2.0, 2),
        ([4.0, 2.0, 1.0], 4.0, 1),
        ([NAN, 3.0, NAN, 1.0, 1.0], 1.5, 4),
        ([INFINITY, NAN, 0.0], INFINITY, 1),
        ([0.0, -INFINITY], -INFINITY, 2),
        ([5, 0, 7], 0, 2),
        ([1.0 + 1e-9, 1.0], 1.0, 2),
        ([NAN, NAN], 1.0, None),
        ([], 1.0, None),
    ):
        found = submission.evaluations_to_reach(losses, required)
        assert_equal(found, number, what=f"evaluations of {losses} to reach {required}")


# -- L01.coupon, L01.pareto ------------------------------------------------------------------------------


@points(2)
@title(en="Draws until everything was seen", ru="Сколько раз выбирать, чтобы увидеть всё")
@hint(
    en="When i values were seen, a new one comes with probability (n - i) / n.",
    ru="Если видели i значений, новое выпадает с вероятностью (n - i) / n.",
)
def test_expected_draws(submission, rng):
    for n in (1, 2, int(rng.integers(5, 60)), 100_000):
        assert_close(submission.expected_draws(n), expected_draws(n), rtol=1e-9, what="number of draws")
        seen = int(rng.integers(0, n + 1))
        assert_close(submission.expected_draws(n, seen), expected_draws(n, seen), rtol=1e-9, what="number of draws")
    assert_close(submission.expected_draws(7, 7), 0.0, what="number of draws")


@points(2)
@title(en="The Pareto front", ru="Парето-фронт")
@hint(
    en="To dominate is to be nowhere greater and somewhere smaller.",
    ru="Доминировать — значит нигде не быть больше и где-то быть меньше.",
)
def test_pareto_front(submission, rng):
    for k in (1, 2, 3, 4):
        losses = rng.integers(0, 6, size=(40, k)).astype(float)
        expected = pareto_front(losses)
        front = assert_array(submission.pareto_front(losses), shape=expected.shape, kind="int", what="front")
        assert_equal(front.tolist(), expected.tolist(), what="front")


@title(en="A front of one row, and of rows that are all equal", ru="Фронт из одной строки и из одинаковых строк")
@hint(en="Duplicates stay; the order is that of the input.", ru="Повторы остаются; порядок — как на входе.")
def test_pareto_duplicates(submission):
    for losses, front in (([[2.0, 1.0]], [0]), ([[1.0, 1.0]] * 4, [0, 1, 2, 3]), ([[3.0], [1.0], [1.0]], [1, 2])):
        found = assert_array(submission.pareto_front(np.array(losses)), shape=(len(front),), kind="int", what="front")
        assert_equal(found.tolist(), front, what="front")


@title(en="A front with infinite losses and with small differences", ru="Фронт с бесконечностями и малыми разностями")
@hint(
    en="An infinite loss is compared like any other, and the smallest difference counts. Losses may be whole numbers.",
    ru="Бесконечная потеря сравнивается, как любая другая, и считается любая разность. Потери бывают целыми числами.",
)
def test_pareto_infinite(submission):
    for losses, front in (
        ([[1.0, INFINITY], [2.0, 0.0], [INFINITY, -1.0], [INFINITY, INFINITY]], [0, 1, 2]),
        ([[INFINITY, INFINITY], [INFINITY, INFINITY]], [0, 1]),
        ([[-INFINITY, 3.0], [0.0, 2.0], [0.0, 3.0]], [0, 1]),
        ([[1.0, 1.0], [1.0, 1.0 + 1e-12], [1.0 - 1e-12, 2.0]], [0, 2]),
        ([[3, 1], [1, 3], [2, 2], [3, 3]], [0, 1, 2]),
    ):
        found = assert_array(submission.pareto_front(np.array(losses)), shape=(len(front),), kind="int", what="front")
        assert_equal(found.tolist(), front, what=f"front of {losses}")


@points(2)
@title(en="One loss with bounds on others", ru="Одни потери при границах на остальные")
@hint(
    en="The answer is a row's index in the whole table, not among the admissible rows; of equal losses the first.",
    ru="Ответ — номер строки во всей таблице, а не среди допустимых строк; из равных — первая.",
)
def test_constrained_minimum(submission, rng):
    for j in (0, 1, 2, 3):
        losses = rng.integers(0, 6, size=(40, 4)).astype(float)
        others = [column for column in range(4) if column != j]
        for number in (1, 2, 3):
            bounds = {int(column): float(rng.uniform(1, 4)) for column in rng.permutation(others)[:number]}
            found = submission.constrained_minimum(losses, j, bounds)
            assert_equal(found, constrained_minimum(losses, j, bounds), what=f"row with bounds on {sorted(bounds)}")


@title(en="Bounds that nothing keeps, and infinite ones", ru="Границы, в которые ничто не укладывается, и бесконечные")
@hint(
    en="A loss equal to its bound is admissible. Where no row is admissible, the answer is None.",
    ru="Потери, равные границе, допустимы. Если допустимых строк нет, ответ — None.",
)
def test_bounds_at_the_edges(submission):
    losses = np.array([[3.0, 1.0, 5.0], [1.0, 2.0, 9.0], [2.0, 2.0, INFINITY], [2.0, 1.0, 5.0]])
    for table, j, bounds, row in (
        (losses, 0, {}, 1),
        (losses, 0, {1: 1.0}, 3),
        (losses, 0, {1: 1.0, 2: 5.0}, 3),
        (losses, 0, {1: 0.5}, None),
        (losses, 0, {1: -INFINITY, 2: 9.0}, None),
        (losses, 2, {0: 2.0, 1: INFINITY}, 3),
        (np.array([[0.0, INFINITY], [4.0, INFINITY], [9.0, 1.0]]), 1, {0: 5.0}, 0),
        (np.array([[9.0, 1.0], [4.0, INFINITY]]), 1, {0: 5.0}, 1),
        (np.array([[7, 2], [6, 3]]), 0, {1: 2}, 0),
        (np.array([[7.0, 1.0], [6.0, 1.0 + 1e-9]]), 0, {1: 1.0}, 0),
        (np.array([[2.0]]), 0, {}, 0),
    ):
        found = submission.constrained_minimum(table, j, bounds)
        assert_equal(found, row, what=f"row with the smallest loss {j} and the bounds {bounds}")


# -- L01.knn_kernel --------------------------------------------------------------------------------------


@points(3)
@title(en="The vote of neighbours under four kernels", ru="Голосование соседей с четырьмя ядрами")
@hint(
    en="The kernel is applied to the distance divided by h, and multiplied by the object's weight and class.",
    ru="Ядро берётся от расстояния, делённого на h, и умножается на вес объекта и его класс.",
)
def test_kernel_knn(submission, rng):
    X, queries = rng.normal(size=(30, 2)), rng.normal(size=(50, 2))
    y, w = rng.choice([-1, 1], 30), rng.uniform(0, 3, 30)
    for kernel in ("rectangular", "triangular", "epanechnikov", "gaussian"):
        for h in (0.3, 1.7):
            found = classes(submission.kernel_knn(X, y, w, queries, h, kernel), 50)
            assert_equal(found, kernel_knn(X, y, w, queries, h, kernel), what=f"classes ({kernel})")
    assert_equal(
        classes(submission.kernel_knn(X, y, w, queries, 0.4), 50), kernel_knn(X, y, w, queries, 0.4), what="classes"
    )


@title(en="A vote of one object, about one object, in one dimension", ru="Один объект, один запрос, одно измерение")
@hint(
    en="squeeze() and sums over the wrong axis lose an axis of length 1.",
    ru="squeeze() и суммы не по той оси теряют ось длины 1.",
)
def test_kernel_knn_of_one(submission, rng):
    for n, q, d in ((1, 9, 2), (9, 1, 2), (9, 9, 1), (1, 1, 1)):
        X, queries = rng.normal(size=(n, d)), rng.normal(size=(q, d))
        y, w = rng.choice([-1, 1], n), rng.uniform(1, 3, n)
        found = classes(submission.kernel_knn(X, y, w, queries, 2.5), q)
        assert_equal(found, kernel_knn(X, y, w, queries, 2.5), what=f"classes of {q} queries by {n} objects")


@points(2)
@title(en="Windows that are empty, and their edges", ru="Пустые окна и их края")
@hint(
    en="Nobody votes: class 0. At the distance h exactly the three finite kernels are 0.",
    ru="Никто не голосует — класс 0. На расстоянии ровно h три финитных ядра равны 0.",
)
def test_windows(submission):
    X, y, w = np.array([[0.0, 0.0], [4.0, 0.0]]), np.array([1, -1]), np.array([1.0, 1.0])
    queries = np.array([[0.0, 2.0], [1.0, 0.0], [0.0, 9.0], [4.0, 1.0]])
    for kernel in ("rectangular", "triangular", "epanechnikov"):
        found = classes(submission.kernel_knn(X, y, w, queries, 2.0, kernel), 4)
        assert_equal(found.tolist(), [0, 1, 0, -1], what=f"classes ({kernel})")
    found = classes(submission.kernel_knn(X, y, np.array([0.0, 1.0]), queries, 2.0, "rectangular"), 4)
    assert_equal(found.tolist(), [0, 0, 0, -1], what="classes with a weight of 0")


# -- L01.svm_predict -------------------------------------------------------------------------------------


@points(2)
@title(en="The sums of a support vector machine", ru="Суммы машины опорных векторов")
@hint(
    en="y * lambda * kernel(query, x), summed over the objects, plus the bias.",
    ru="y * lambda * kernel(запрос, x), сумма по объектам, плюс сдвиг.",
)
def test_svm_decision(submission, rng):
    for kernel in (linear, gaussian, quadratic):
        X, y, lambdas, bias = a_machine(rng)
        queries = rng.normal(size=(12, 3))
        found = submission.svm_decision(X, y, lambdas, bias, kernel, queries)
        assert_close(found, svm_decision(X, y, lambdas, bias, kernel, queries), rtol=1e-7, what="sums")


@title(en="The classes of a support vector machine", ru="Классы машины опорных векторов")
@hint(
    en="The sign as an integer: -1, 0 or 1, and 0 where the sum is 0.",
    ru="Знак как целое число: -1, 0 или 1; 0 при нуле.",
)
def test_svm_predict(submission, rng):
    X, y, lambdas, bias = a_machine(rng)
    queries = rng.normal(size=(40, 3))
    found = classes(submission.svm_predict(X, y, lambdas, bias, gaussian, queries), 40)
    assert_equal(found, svm_predict(X, y, lambdas, bias, gaussian, queries), what="classes")
    nothing = classes(submission.svm_predict(X, y, np.zeros(25), 0.0, linear, queries), 40)
    assert_equal(nothing.tolist(), [0] * 40, what="classes without support")


@title(en="The coefficients of the linear machine", ru="Коэффициенты линейной машины")
@hint(en="The sum of y * lambda * x over the objects.", ru="Сумма y * lambda * x по объектам.")
def test_linear_weights(submission, rng):
    X, y, lambdas, _ = a_machine(rng)
    a = submission.linear_weights(X, y, lambdas)
    assert_close(a, linear_weights(X, y, lambdas), rtol=1e-9, atol=1e-12, what="coefficients")
    a = submission.linear_weights(X[:1, :1], y[:1], lambdas[:1] + 1)
    assert_close(a, linear_weights(X[:1, :1], y[:1], lambdas[:1] + 1), rtol=1e-9, what="the only coefficient")


@title(en="The classes of the linear machine", ru="Классы линейной машины")
@hint(
    en="The classes are those of the linear kernel; 0 where the sum is 0.",
    ru="Классы те же, что с линейным ядром; 0 при нуле.",
)
def test_linear_predict(submission, rng):
    a, bias, queries = rng.normal(size=3), float(rng.normal()), rng.normal(size=(40, 3))
    found = classes(submission.linear_predict(a, bias, queries), 40)
    assert_equal(found, linear_predict(a, bias, queries), what="classes")
    assert_equal(classes(submission.linear_predict(np.zeros(3), 0.0, queries), 40).tolist(), [0] * 40, what="classes")
    whole = classes(submission.linear_predict(np.array([1, -2]), 1, np.array([[1, 1], [3, 1], [0, 1]])), 3)
    assert_equal(whole.tolist(), [0, 1, -1], what="classes for whole numbers")


# -- L01.trial -------------------------------------------------------------------------------------------

ASKED = {
    "classifier": ("categorical", "classifier", ["knn", "svm"], False),
    "k": ("int", "k", [1.0, 50.0], True),
    "weights": ("categorical", "weights", ["uniform", "distance"], False),
    "p": ("float", "p", [1.0, 3.0], False),
    "C": ("float", "C", [1e-3, 1e3], True),
    "kernel": ("categorical", "kernel", ["linear", "rbf", "poly"], False),
    "gamma": ("float", "gamma", [1e-4, 10.0], True),
    "degree": ("int", "degree", [2.0, 5.0], False),
}


def ask(probe, submission, answers):
    """What the objective asks when the trial answers so, the settings it evaluates, and what it returns."""
    loss = counted(lambda setting: 0.375, budget=1)
    everything = {"k": 1, "weights": "uniform", "p": 1.0, "C": 1.0, "kernel": "linear", "gamma": 1.0, "degree": 2}
    answer = probe.ask(submission.objective, everything | answers, loss)
    assert isinstance(answer, tuple), "the objective did not return a number"
    asked, found = answer
    assert_close(found, 0.375, what="what the objective returns")
    assert_equal(len(loss.calls), 1, what="number of evaluations")
    return asked, loss.calls[0][0]


@points(2)
@title(en="The trial is asked for the neighbours' parameters", ru="У trial спрашивают параметры соседей")
@hint(
    en="Names, ranges and scales stand in the statement; what belongs to the machine is not asked for.",
    ru="Имена, отрезки и шкалы — в условии; то, что относится к машине, не спрашивают.",
)
def test_trial_of_neighbours(submission, probe, rng):
    answers = {"classifier": "knn", "k": int(rng.integers(1, 51)), "weights": "distance", "p": float(rng.uniform(1, 3))}
    asked, setting = ask(probe, submission, answers)
    assert_equal(asked, [ASKED[name] for name in answers], what="what was asked")
    assert_equal(setting, answers, what="setting")


@points(2)
@title(en="The trial is asked for the machine's parameters", ru="У trial спрашивают параметры машины")
@hint(
    en="gamma only with a kernel that has one, degree only with polynomials.",
    ru="gamma — только для ядер, у которых она есть, degree — только для многочленов.",
)
def test_trial_of_machines(submission, probe, rng):
    C, gamma = (float(v) for v in rng.uniform(0.1, 1, 2))
    for more in (
        {"kernel": "linear"},
        {"kernel": "rbf", "gamma": gamma},
        {"kernel": "poly", "gamma": gamma, "degree": 4},
    ):
        answers = {"classifier": "svm", "C": C, **more}
        asked, setting = ask(probe, submission, answers)
        assert_equal(asked, [ASKED[name] for name in answers], what="what was asked")
        assert_equal(setting, answers, what="setting")


# -- what is done with the arguments ---------------------------------------------------------------------

KNN = {"X": np.zeros((2, 1)), "y": np.array([1, -1]), "w": np.ones(2), "queries": np.zeros((1, 1)), "h": 1.0}
MACHINE = {"X": np.eye(2), "y": np.array([1, -1]), "lambdas": np.ones(2)}
BAD_MACHINES = (
    ("y", {"y": np.array([1, 2])}),
    ("y", {"y": np.ones(3)}),
    ("lambdas", {"lambdas": np.array([1.0, -1.0])}),
    ("lambdas", {"lambdas": np.ones(3)}),
)
# the function: good arguments, and what is changed to bad ones, after the name that the error must tell
REFUSED = {
    "tune": (
        {"loss": lambda setting: 0.0, "settings": [1, 2]},
        ("settings", {"settings": []}),
        ("loss", {"loss": lambda setting: NAN}),
    ),
    "select": ({"loss": lambda name: 0.0, "algorithms": ["a"]}, ("algorithms", {"algorithms": []})),
    "select_and_tune": (
        {"loss": lambda name, setting: 0.0, "spaces": {"knn": [1]}},
        ("spaces", {"spaces": {}}),
        ("forest", {"spaces": {"knn": [1], "forest": []}}),
    ),
    "evaluations_to_reach": ({"losses": [1.0, 2.0], "required": 1.0}, ("required", {"required": NAN})),
    "expected_draws": (
        {"n": 3, "seen": 0},
        ("n", {"n": 0}),
        ("n", {"n": -2}),
        ("seen", {"seen": 4}),
        ("seen", {"seen": -1}),
    ),
    "pareto_front": (
        {"losses": np.ones((2, 2))},
        ("losses", {"losses": np.zeros((0, 2))}),
        ("losses", {"losses": np.zeros((2, 0))}),
        ("losses", {"losses": np.zeros(3)}),
        ("losses", {"losses": np.array([[1.0, NAN]])}),
    ),
    "constrained_minimum": (
        {"losses": np.ones((2, 3)), "j": 0, "bounds": {1: 1.0}},
        ("losses", {"losses": np.zeros(3)}),
        ("losses", {"losses": np.array([[1.0, NAN, 1.0]])}),
        ("j", {"j": 3}),
        ("bounds", {"bounds": {0: 1.0}}),
        ("bounds", {"bounds": {1: 1.0, 3: 1.0}}),
        ("bounds", {"bounds": {1: NAN}}),
    ),
    "kernel_knn": (
        KNN,
        ("y", {"y": np.array([0, 1])}),
        ("w", {"w": np.array([1.0, -1.0])}),
        ("w", {"w": np.ones(3)}),
        ("queries", {"queries": np.zeros((1, 2))}),
        ("h", {"h": 0.0}),
        ("kernel", {"kernel": "cubic"}),
    ),
    "svm_decision": (MACHINE | {"bias": 0.0, "kernel": linear, "queries": np.eye(2)}, *BAD_MACHINES),
    "linear_weights": (MACHINE, *BAD_MACHINES),
}


@each(REFUSED, worth="1/5", en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_errors(submission, name):
    good, *bad = REFUSED[name]
    for argument, changes in bad:
        assert_refused(argument, getattr(submission, name), **(good | changes))


@each(
    ("pareto_front", "constrained_minimum", "kernel_knn", "svm_decision", "linear_weights"),
    worth="1/5",
    en="The arguments stay as they were: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(en="w *= and X -= write into what you were given.", ru="w *= и X -= пишут в то, что вам дали.")
def test_unchanged(submission, rng, name):
    X, y, lambdas, bias = a_machine(rng)
    queries, w = rng.normal(size=(12, 3)), rng.uniform(0, 3, 25)
    arguments = {
        "pareto_front": (X,),
        "constrained_minimum": (X, 0, {2: 1.0, 1: 0.5}),
        "kernel_knn": (X, y, w, queries, 1.7, "gaussian"),
        "svm_decision": (X, y, lambdas, bias, linear, queries),
        "linear_weights": (X, y, lambdas),
    }
    call_unchanged(getattr(submission, name), *arguments[name])
