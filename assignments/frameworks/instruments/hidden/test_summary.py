"""The hidden suite of the table of layers. Models are built inside; the rows that are expected are worked out here."""

import contextlib

import torch

from grader.testing import assert_close, assert_equal, hint, points, set_state, state, title
from grader.testing.inputs import randn


def sizes(rng, count):
    """Different sizes from 2 to 9."""
    return [int(size) for size in rng.permutation(range(2, 10))[:count]]


def rows_of_layers(submission, model, example):
    """The rows but for that of the model itself, which has others in it: that mistake costs points in test_nested."""
    rows = submission.summary(model, example)
    if not isinstance(rows, list):
        return rows
    return [row for row in rows if not (isinstance(row, tuple) and row[:1] == ("",))]


def perceptron(nn, a, b, c):
    return {"enter": nn.Linear(a, b), "bend": nn.ReLU(), "leave": nn.Linear(b, c)}


@points(2)
@title(en="The table of a convolutional network", ru="Таблица свёрточной сети")
@hint(
    en="A row is (name as in named_modules, whole output shape with the batch as a tuple of ints, number of scalars).",
    ru="Строка — это (имя, как в named_modules; полная форма выхода, с осью объектов, кортеж целых; число параметров).",
)
def test_convolutions(submission, probe, rng):
    batch, c, d, classes = sizes(rng, 4)
    nn = probe.nn
    model = nn.Sequential(
        nn.Conv2d(3, c, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(c, d, 3, bias=False),
        nn.BatchNorm2d(d),
        nn.Flatten(),
        nn.Linear(d * 36, classes),
    )
    expected = [
        ("0", (batch, c, 16, 16), 27 * c + c),
        ("1", (batch, c, 16, 16), 0),
        ("2", (batch, c, 8, 8), 0),
        ("3", (batch, d, 6, 6), 9 * c * d),
        ("4", (batch, d, 6, 6), 2 * d),
        ("5", (batch, 36 * d), 0),
        ("6", (batch, classes), 36 * d * classes + classes),
    ]
    assert_equal(submission.summary(model, torch.ones(batch, 3, 16, 16)), expected, what="rows")


@points(1)
@title(en="The order of the runs", ru="Порядок запусков")
@hint(
    en="Rows stand in the order in which modules run, and a module that does not run has none.",
    ru="Строки идут в том порядке, в каком модули запускаются; у модуля, который не запускался, строки нет.",
)
def test_order(submission, probe, rng):
    a, b, c, unused = sizes(rng, 4)
    model = probe.Steps(
        {"leave": probe.nn.Linear(b, c), "unused": probe.nn.Linear(unused, a), "enter": probe.nn.Linear(a, b)},
        ["enter", "leave"],
    )
    expected = [("enter", (4, b), a * b + b), ("leave", (4, c), b * c + c)]
    assert_equal(rows_of_layers(submission, model, torch.ones(4, a)), expected, what="rows")


@points("3/4")
@title(en="Modules within modules", ru="Модули внутри модулей")
@hint(
    en="Only modules without children have rows; their names are whole, with the names of all around them.",
    ru="Строки есть только у модулей без вложенных; имя полное, с именами всех, в которые модуль вложен.",
)
def test_nested(submission, probe, rng):
    a, b, c, d = sizes(rng, 4)
    nn = probe.nn
    deep = probe.Steps({"bend": nn.Tanh(), "leave": nn.Linear(c, d)}, ["bend", "leave"])
    inner = nn.Sequential(nn.Linear(b, c), deep)
    model = probe.Steps({"body": inner, "head": nn.Linear(a, b)}, ["head", "body"])
    expected = [
        ("head", (3, b), a * b + b),
        ("body.0", (3, c), b * c + c),
        ("body.1.bend", (3, c), 0),
        ("body.1.leave", (3, d), c * d + d),
    ]
    assert_equal(submission.summary(model, torch.ones(3, a)), expected, what="rows")


@points("1/4")
@title(en="Parameters beside a module", ru="Параметры рядом с вложенным модулем")
@hint(
    en="A module with others in it has no row, even when it has parameters of its own.",
    ru="У модуля с вложенными модулями нет строки, даже если у него есть собственные параметры.",
)
def test_shifted(submission, probe, rng):
    a, b = sizes(rng, 2)
    model = probe.nn.Sequential(probe.Shifted(probe.nn.Linear(a, b), b))
    assert_equal(submission.summary(model, torch.ones(2, a)), [("0.inner", (2, b), a * b + b)], what="rows")


@points(1)
@title(en="A module that runs again", ru="Модуль запускается повторно")
@hint(
    en="Each run has a row; parameters count in the first one, the others have 0.",
    ru="Строка есть у каждого запуска; параметры считаются в первой, в остальных — 0.",
)
def test_again(submission, probe, rng):
    a, b = sizes(rng, 2)
    modules = {"there": probe.nn.Linear(a, b), "back": probe.nn.Linear(b, a)}
    model = probe.Steps(modules, ["there", "back", "there", "back"])
    there, back = ("there", (2, b)), ("back", (2, a))
    expected = [(*there, a * b + b), (*back, a * b + a), (*there, 0), (*back, 0)]
    assert_equal(rows_of_layers(submission, model, torch.ones(2, a)), expected, what="rows")


@points("1/2")
@title(en="Parameters that two modules share", ru="Общие параметры двух модулей")
@hint(
    en="One Parameter may belong to two modules; it counts in the first row that has it, by the order of the runs.",
    ru="Один и тот же Parameter может принадлежать двум модулям; он считается в первой по порядку запусков строке.",
)
def test_tied(submission, probe, rng):
    (a,) = sizes(rng, 1)
    for first, second in (("one", "two"), ("two", "one")):
        model = probe.Steps({"one": probe.nn.Linear(a, a), "two": probe.nn.Linear(a, a)}, [first, second])
        probe.tie(model, "one", "two")
        expected = [(first, (2, a), a * a + a), (second, (2, a), a)]
        assert_equal(rows_of_layers(submission, model, torch.ones(2, a)), expected, what="rows")


@points("1/4")
@title(en="One module under two names", ru="Один модуль под двумя именами")
@hint(
    en="Of two names of a module named_modules() gives the first; each run has one row all the same.",
    ru="Из двух имён одного модуля named_modules() даёт первое; у каждого запуска всё равно одна строка.",
)
def test_two_names(submission, probe, rng):
    (a,) = sizes(rng, 1)
    layer = probe.nn.Linear(a, a)
    model = probe.nn.Sequential(layer, probe.nn.ReLU(), layer)
    expected = [("0", (2, a), a * a + a), ("1", (2, a), 0), ("0", (2, a), 0)]
    assert_equal(submission.summary(model, torch.ones(2, a)), expected, what="rows")


@points("1/2")
@title(en="Frozen parameters", ru="Замороженные параметры")
@hint(en="Frozen parameters count too.", ru="Замороженные параметры тоже считаются.")
def test_frozen(submission, probe, rng):
    a, b = sizes(rng, 2)
    model = probe.nn.Sequential(probe.nn.Linear(a, b))
    model.requires_grad_(False)
    assert_equal(submission.summary(model, torch.ones(2, a)), [("0", (2, b), a * b + b)], what="rows")


@points("1/2")
@title(en="A model of one module, whole numbers as its input", ru="Модель из одного модуля, целые числа на входе")
@hint(
    en="The model itself may be a module without children; its name is empty. An example may hold numbers of words.",
    ru="Сама модель может быть модулем без вложенных; её имя пустое. Пример может состоять из номеров слов.",
)
def test_root(submission, probe, rng):
    words, size = sizes(rng, 2)
    model = probe.nn.Embedding(words, size)
    expected = [("", (2, 3, size), words * size)]
    assert_equal(submission.summary(model, torch.zeros(2, 3, dtype=torch.int64)), expected, what="rows")


@points("1/2")
@title(en="A module that returns a tuple", ru="Модуль, который возвращает кортеж")
@hint(
    en="A recurrent layer returns its outputs and its state: the shape is that of the first.",
    ru="Рекуррентный слой возвращает выходы и состояние: нужна форма первого тензора.",
)
def test_tuple(submission, probe, rng):
    batch, a, h = sizes(rng, 3)
    model = probe.Steps({"walk": probe.nn.GRU(a, h)}, ["walk"])
    expected = [("walk", (5, batch, h), 3 * h * (a + h) + 6 * h)]
    assert_equal(rows_of_layers(submission, model, torch.ones(5, batch, a)), expected, what="rows")


@points("1/2")
@title(en="Evaluation mode", ru="Режим применения")
@hint(
    en="In training mode batch normalisation cannot take a single object: call eval() before the run.",
    ru="В режиме обучения пакетная нормализация не принимает единственный объект: вызовите eval() до запуска.",
)
def test_evaluation(submission, probe, rng):
    a, b = sizes(rng, 2)
    model = probe.nn.Sequential(probe.nn.Linear(a, b), probe.nn.BatchNorm1d(b))
    expected = [("0", (1, b), a * b + b), ("1", (1, b), 2 * b)]
    assert_equal(submission.summary(model, torch.ones(1, a)), expected, what="rows")


@points("1/4")
@title(en="No graph is built", ru="Граф не строится")
@hint(
    en="Run the model under torch.no_grad(): a graph keeps the outputs of all layers in memory.",
    ru="Запускайте модель под torch.no_grad(): граф хранит в памяти выходы всех слоёв.",
)
def test_no_graph(submission, probe, rng):
    """The last module cuts off a column where a graph would be built."""
    a, b = sizes(rng, 2)
    model = probe.nn.Sequential(probe.nn.Linear(a, b), probe.Graphless())
    expected = [("0", (2, b), a * b + b), ("1", (2, b), 0)]
    assert_equal(submission.summary(model, torch.ones(2, a)), expected, what="rows")


@points(1)
@title(en="Statistics and parameters stay", ru="Статистики и параметры не меняются")
@hint(
    en="In training mode batch normalisation moves its running mean and variance: call eval() before the run.",
    ru="В режиме обучения пакетная нормализация сдвигает накопленные среднее и дисперсию: вызовите eval() до запуска.",
)
def test_statistics(submission, probe, torch_rng):
    model = probe.nn.Sequential(probe.nn.Linear(3, 4), probe.nn.BatchNorm1d(4), probe.nn.Linear(4, 2)).double()
    values = {name: randn(torch_rng, *value.shape).abs() for name, value in state(model).items() if value.dim()}
    values["1.num_batches_tracked"] = torch.tensor(7)
    set_state(model, values)
    submission.summary(model, randn(torch_rng, 5, 3))
    assert_equal(state(model), values, what="parameters and buffers after the call")


@points("1/4")
@title(en="Parameters can still be trained", ru="Параметры по-прежнему обучаются")
@hint(
    en="Run the model within `with torch.no_grad():`: requires_grad stays, and afterwards graphs are built again.",
    ru="Запускайте модель внутри `with torch.no_grad():`: requires_grad не меняется, и потом граф снова строится.",
)
def test_trainable(submission, probe, torch_rng):
    model = probe.nn.Sequential(probe.nn.Linear(3, 2)).double()
    x, cotangent = randn(torch_rng, 5, 3), randn(torch_rng, 5, 2)
    submission.summary(model, x)
    found = probe.trained(model, x, cotangent)
    expected = {"0.weight": cotangent.T @ x, "0.bias": cotangent.sum(dim=0)}
    assert_close(found, expected, rtol=1e-9, atol=1e-11, what="gradients of the parameters after the call")


@points("1/2")
@title(en="Each module keeps its mode", ru="У каждого модуля остаётся его режим")
@hint(
    en="Part of a model may be in evaluation mode already, such as a frozen base: note the mode of each module.",
    ru="Часть модели может уже быть в режиме применения, например замороженная основа: запомните режим каждого модуля.",
)
def test_modes(submission, probe, torch_rng):
    model = probe.Steps({name: probe.nn.BatchNorm1d(3) for name in ("base", "head")}, ["base", "head"]).double()
    base, head = normalised(torch_rng), normalised(torch_rng)
    set_state(model, {f"{name}.{key}": value for name, own in (("base", base), ("head", head)) for key, value in own})
    model.get_submodule("base").eval()
    submission.summary(model, torch.ones(2, 3, dtype=torch.float64))
    x = randn(torch_rng, 5, 3)
    expected = by_batch(by_statistics(x, dict(base)), dict(head))
    assert_close(model(x), expected, rtol=1e-9, atol=1e-11, what="what the model makes of a batch after the call")


@points("1/2")
@title(en="A model that cannot be run", ru="Модель, которую нельзя запустить")
@hint(
    en="The model's own error goes on to the caller, but each module gets its mode back before: try ... finally.",
    ru="Ошибка модели должна дойти до вызывающего, но сначала каждому модулю возвращается его режим: try ... finally.",
)
def test_broken(submission, probe, torch_rng):
    modules = {"enter": probe.nn.BatchNorm1d(3), "break": probe.Broken()}
    model = probe.Steps(modules, ["enter", "break"]).double()
    values = normalised(torch_rng)
    set_state(model, {f"enter.{key}": value for key, value in values})
    try:
        submission.summary(model, torch.ones(2, 3, dtype=torch.float64))
    except ZeroDivisionError:
        x = randn(torch_rng, 5, 3)
        found, expected = model.get_submodule("enter")(x), by_batch(x, dict(values))
        assert_close(found, expected, rtol=1e-9, atol=1e-11, what="what the first module makes of a batch after")
    else:
        raise AssertionError("the model's ZeroDivisionError did not reach the caller")


@points("1/4")
@title(en="Hooks are taken off", ru="Хуки сняты")
@hint(
    en="Take off the hooks that you have put on, by their handles, after an error too; those of others stay.",
    ru="Снимите свои хуки — через handle, который вернула регистрация, и после ошибки тоже; чужие должны остаться.",
)
def test_hooks(submission, probe):
    for order in (["whole"], ["whole", "broken"]):
        model = probe.Steps({"whole": probe.nn.Linear(3, 3), "broken": probe.Broken()}, order)
        probe.hooked(model, "whole")
        before = probe.left(model)
        with contextlib.suppress(ZeroDivisionError):
            submission.summary(model, torch.ones(2, 3))
        assert_equal(probe.left(model), before, what="hooks of each module, and of all modules, after the call")


@points("1/2")
@title(en="The total", ru="Всего параметров")
@hint(en="The sum of the third entries of the rows; 0 for no rows.", ru="Сумма третьих элементов строк; без строк — 0.")
def test_total(submission, rng):
    counts = [int(count) for count in rng.integers(0, 10**6, size=6)]
    rows = [(f"layer.{i}", (2, 3), count) for i, count in enumerate(counts)]
    again = [(name, shape, 0) for name, shape, _ in rows[:3]]
    assert_equal(submission.total(rows + again), sum(counts), what="total")
    assert_equal(submission.total([]), 0, what="total of no rows")


def normalised(torch_rng):
    """The state of a batch normalisation of three columns: scales, shifts, running means and variances."""
    names = ("weight", "bias", "running_mean", "running_var")
    return [(name, 0.5 + randn(torch_rng, 3).abs()) for name in names]


def by_batch(x, values):
    """Batch normalisation in training mode."""
    centred = x - x.mean(dim=0)
    return values["weight"] * centred / (centred.square().mean(dim=0) + 1e-5).sqrt() + values["bias"]


def by_statistics(x, values):
    """Batch normalisation in evaluation mode."""
    centred = x - values["running_mean"]
    return values["weight"] * centred / (values["running_var"] + 1e-5).sqrt() + values["bias"]
