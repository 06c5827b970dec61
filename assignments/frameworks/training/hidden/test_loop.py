"""The hidden suite of the training loop."""

from itertools import chain

import torch
from sklearn.datasets import load_digits
from torch import nn

from grader.testing import assert_array, assert_close, assert_count, assert_equal, hint, points, state, title
from grader.testing.inputs import randn
from reference.frameworks.training.loop import evaluate, fit

from .shared import a_generator, check_long_order, classes, network, network_values, own_draws, seed_of

EPOCHS = 200
MANY = 24_000


class Notes:
    """What a watched network tells: the places of the objects it sees, in which mode, with gradients or without."""

    def __init__(self, count):
        self.count, self.passes = count, []

    def __call__(self, x, training, recorded):
        rows = isinstance(x, torch.Tensor) and x.dim() == 2 and x.is_floating_point()
        assert rows, "the network was not given rows of X"
        ids = [round(value) for value in x[:, 0].tolist()]
        assert set(ids) <= set(range(self.count)), "the network was given other objects than those of X and X_val"
        self.passes.append((ids, training is True, recorded is True))

    def of_training(self, n):
        """The objects of each pass in training mode, but for those of the last places alone, which are of X_val."""
        return [ids for ids, training, _ in self.passes if training and min(ids, default=n) < n]


def with_places(torch_rng, n, m=4):
    """Random objects (n, m) whose first feature is their place."""
    X = randn(torch_rng, n, m)
    X[:, 0] = torch.arange(n)
    return X


def linear_values(torch_rng, inputs=4, outputs=3):
    return 0.3 * randn(torch_rng, outputs, inputs), randn(torch_rng, outputs)


def linear(weight, bias):
    layer = nn.Linear(*reversed(weight.shape)).to(weight.dtype)
    layer.load_state_dict({"weight": weight, "bias": bias})
    return layer


# -- evaluate --------------------------------------------------------------------------------------------


@title(en="evaluate: loss and accuracy", ru="evaluate: потери и доля верных ответов")
@hint(
    en="Means over objects: a short last batch weighs less than a full one. Both are plain floats.",
    ru="Средние по объектам: короткий последний пакет весит меньше полного. Оба числа — обычные float.",
)
def test_evaluate(submission, probe, torch_rng):
    values = linear_values(torch_rng)
    model, expected = probe.linear(*values), linear(*values)
    for n, sizes in ((11, (1, 4, 5, 11, 100)), (1, (3,))):
        X, y = 3 * randn(torch_rng, n, 4), classes(torch_rng, n)
        for batch in sizes:
            wanted = evaluate(expected, X, y)
            assert_close(
                submission.evaluate(model, X, y, batch), wanted, rtol=1e-7, what=f"(loss, accuracy), batch={batch}"
            )
    X, y = randn(torch_rng, 300, 4), classes(torch_rng, 300)
    assert_close(submission.evaluate(model, X, y), evaluate(expected, X, y), rtol=1e-7, what="(loss, accuracy)")


@title(en="evaluate: evaluation mode", ru="evaluate: режим eval")
@hint(
    en="In evaluation mode dropout lets all through and batch normalisation takes the statistics it has collected.",
    ru="В режиме eval dropout ничего не зануляет, а пакетная нормализация берёт накопленные статистики.",
)
def test_evaluate_mode(submission, probe, torch_rng):
    values = network_values(torch_rng)
    X, y = randn(torch_rng, 20, 4), classes(torch_rng, 20)
    wanted = evaluate(network(values), X, y)
    for training in (True, False):
        model = probe.network(values, 0.5, training)
        found = submission.evaluate(model, X, y, 8)
        assert type(found) is tuple, "evaluate returns a pair"
        assert_close(found[:1], wanted[:1], rtol=1e-7, what="(loss,)")


def goes_on_as(model, expected, values, torch_rng):
    """The model has the state that it had, and makes of new objects what the expected one makes of them."""
    assert_equal(state(model), values, what="parameters and statistics after evaluate")
    X = randn(torch_rng, 9, 4)
    assert_close(model(X), expected(X).detach(), rtol=1e-7, atol=1e-9, what="what the model gives after evaluate")


@points("1/2")
@title(en="evaluate: the model as it was", ru="evaluate: модель остаётся какой была")
@hint(
    en="The mode from before comes back, training or evaluation, and the statistics do not move.",
    ru="Возвращается тот режим, что был, train или eval; статистики не сдвигаются.",
)
def test_evaluate_restores(submission, probe, torch_rng):
    values = network_values(torch_rng)
    for training in (True, False):
        model = probe.network(values, 0.0, training)
        submission.evaluate(model, randn(torch_rng, 6, 4), classes(torch_rng, 6))
        goes_on_as(model, network(values).train(training), values, torch_rng)


@points("1/2")
@title(en="evaluate: a part with a mode of its own", ru="evaluate: часть модели со своим режимом")
@hint(
    en="model.train() puts every part into training mode, also one that was frozen in evaluation mode: note the mode "
    "of each of model.modules().",
    ru="model.train() переводит в режим обучения все части, в том числе замороженные в режиме eval: запомните режим "
    "каждого модуля из model.modules().",
)
def test_evaluate_restores_parts(submission, probe, torch_rng):
    values = network_values(torch_rng)
    for frozen in (True, False):
        model, expected = probe.network(values, frozen=frozen), network(values)
        submission.evaluate(probe.wrapped(model), randn(torch_rng, 6, 4), classes(torch_rng, 6))
        expected[1].train(not frozen)
        goes_on_as(model, expected, values, torch_rng)


@points("1/2")
@title(en="evaluate: in batches, without gradients", ru="evaluate: пакетами и без градиентов")
@hint(
    en="At most `batch` objects go through the model at once, each of them once, under torch.no_grad().",
    ru="Через модель проходит не больше `batch` объектов сразу, каждый один раз, внутри torch.no_grad().",
)
def test_evaluate_in_batches(submission, probe, torch_rng):
    notes = Notes(11)
    model = probe.watched(probe.linear(*linear_values(torch_rng)), notes, True)
    submission.evaluate(model, with_places(torch_rng, 11), classes(torch_rng, 11), 4)
    assert_equal(sorted(chain.from_iterable(ids for ids, _, _ in notes.passes)), list(range(11)), what="objects seen")
    assert max(len(ids) for ids, _, _ in notes.passes) <= 4, "more than `batch` objects went through the model at once"
    assert not any(recorded for _, _, recorded in notes.passes), "gradients are recorded during evaluation"


# -- fit -------------------------------------------------------------------------------------------------


def a_problem(torch_rng, n=12, n_val=7):
    """Objects to train on and to look at, by the names of the arguments of fit."""
    X, X_val = randn(torch_rng, n, 4), randn(torch_rng, n_val, 4)
    return {"X": X, "y": classes(torch_rng, n), "X_val": X_val, "y_val": classes(torch_rng, n_val)}


def same_run(submission, model, expected, given, torch_rng, *, lists):
    """These lists of the history of a training without chance, and the model after it."""
    found = submission.fit(model, rng=a_generator(torch_rng), **given)
    wanted = fit(expected, rng=a_generator(torch_rng), **given)
    assert type(found) is dict, "the history is not a dict"
    assert_equal(sorted(found), sorted(wanted), what="names of the history's lists")
    for name in lists:
        assert_close(found[name], wanted[name], rtol=1e-5, atol=1e-7, what=name)
    assert_close(state(model), expected.state_dict(), rtol=1e-4, atol=1e-5, what="the model after training")


@title(en="fit: full batches, step by step", ru="fit: полные пакеты, шаг за шагом")
@hint(
    en="Each step: zero_grad, forward, cross-entropy, backward, step of Adam. Validation comes after the steps of the "
    "epoch and makes no step of its own.",
    ru="Каждый шаг: zero_grad, выход модели, кросс-энтропия, backward, шаг Adam. Проверка — после шагов эпохи, сама "
    "она шагов не делает.",
)
def test_fit_full_batches(submission, probe, torch_rng):
    for batch, rate, epochs in ((12, 0.03, 5), (100, 0.2, 3), (12, 0.05, 1)):
        values = linear_values(torch_rng)
        given = {**a_problem(torch_rng), "epochs": epochs, "batch": batch, "rate": rate}
        lists = ("train_loss", "val_loss", "val_accuracy")
        same_run(submission, probe.linear(*values), linear(*values), given, torch_rng, lists=lists)


@title(en="fit: training mode and evaluation mode in turn", ru="fit: режимы обучения и eval по очереди")
@hint(
    en="Each epoch trains in training mode, the second one too, whatever mode the model came in; validation is in "
    "evaluation mode and moves no statistics.",
    ru="Каждая эпоха, и вторая тоже, идёт в режиме обучения, в каком бы режиме ни пришла модель; проверка — в режиме "
    "eval, статистики она не сдвигает.",
)
def test_fit_modes(submission, probe, torch_rng):
    """The steps are so small that only the statistics move."""
    for training in (True, False):
        values = network_values(torch_rng)
        given = {**a_problem(torch_rng), "epochs": 4, "batch": 12, "rate": 1e-13}
        model = probe.network(values, 0.0, training)
        same_run(submission, model, network(values), given, torch_rng, lists=("val_loss",))


@points("1/2")
@title(en="fit: gradients from before", ru="fit: градиенты от прежнего")
@hint(
    en="backward adds to the gradients that are there: zero_grad stands before it, in the first step too.",
    ru="backward прибавляет к уже имеющимся градиентам: zero_grad стоит перед ним, и на первом шаге тоже.",
)
def test_fit_gradients_from_before(submission, probe, torch_rng):
    values = linear_values(torch_rng)
    given = {**a_problem(torch_rng), "epochs": 2, "batch": 12, "rate": 0.05}
    model = probe.with_gradients(probe.linear(*values), 50.0)
    same_run(submission, model, linear(*values), given, torch_rng, lists=("train_loss",))


def watched_run(submission, probe, torch_rng, n, batch, epochs, rate=1e-3):
    """What a network sees during fit, the network, and the same network as it was with what fit was given.

    The objects of X have the first places, those of X_val the next.
    """
    X, X_val = with_places(torch_rng, n), with_places(torch_rng, 3)
    X_val[:, 0] += n
    notes, values = Notes(n + 3), linear_values(torch_rng)
    model = probe.linear(*values)
    given = {"X": X, "y": classes(torch_rng, n), "X_val": X_val, "y_val": classes(torch_rng, 3)}
    of_loop = {"epochs": epochs, "batch": batch, "rate": rate, "rng": a_generator(torch_rng)}
    submission.fit(probe.watched(model, notes, True), **of_loop, **given)
    return notes.of_training(n), model, linear(*values), given


@title(en="fit: several batches, step by step", ru="fit: несколько пакетов, шаг за шагом")
@hint(
    en="Each batch has its own gradient and its own step: zero_grad for each batch, one optimizer for all epochs.",
    ru="У каждого пакета свой градиент и свой шаг: zero_grad на каждый пакет, один оптимизатор на все эпохи.",
)
def test_fit_several_batches(submission, probe, torch_rng):
    """The suite makes the steps once more, with the batches that the network has seen."""
    for n, batch in ((12, 4), (7, 3)):
        batches, model, expected, given = watched_run(submission, probe, torch_rng, n, batch, 3, 0.05)
        assert len(batches) == 3 * -(-n // batch), f"{len(batches)} batches in 3 epochs of {n} objects by {batch}"
        assert set(chain.from_iterable(batches)) <= set(range(n)), "objects of X_val were trained on"
        optimizer = torch.optim.Adam(expected.parameters(), lr=0.05)
        for ids in batches:
            optimizer.zero_grad()
            nn.functional.cross_entropy(expected(given["X"][ids]), given["y"][ids]).backward()
            optimizer.step()
        assert_close(state(model), expected.state_dict(), rtol=1e-4, atol=1e-5, what="the model after training")


@title(en="fit: the batches of an epoch", ru="fit: пакеты эпохи")
@hint(
    en="Each epoch goes through each object once, `batch` at a time; the last batch is short, and kept. X_val is not "
    "trained on.",
    ru="Каждая эпоха проходит каждый объект один раз, по `batch`; последний пакет короткий, его не выбрасывают. На "
    "X_val не учатся.",
)
def test_fit_batches(submission, probe, torch_rng):
    for n, batch in ((11, 4), (6, 3), (5, 1)):
        passes, *_ = watched_run(submission, probe, torch_rng, n, batch, 3)
        lengths = [batch] * (n // batch) + [n % batch] * (n % batch > 0)
        assert_equal([len(ids) for ids in passes], lengths * 3, what="lengths of the batches of 3 epochs")
        for epoch in range(3):
            ids = chain.from_iterable(passes[epoch * len(lengths) : (epoch + 1) * len(lengths)])
            assert_equal(sorted(ids), list(range(n)), what=f"objects of epoch {epoch}")


@title(en="fit: a new order in each epoch", ru="fit: новый порядок в каждой эпохе")
@hint(
    en="torch.randperm(n, generator=rng) once an epoch, inside the loop. Exchanges of each object with any "
    "other do not "
    "make all orders equally likely.",
    ru="torch.randperm(n, generator=rng) вызывается в каждой эпохе, внутри цикла. Если менять каждый объект местами с "
    "любым другим, порядки не равновероятны.",
)
def test_fit_shuffles(submission, probe, torch_rng):
    batches, *_ = watched_run(submission, probe, torch_rng, 3, 2, EPOCHS)
    ids = list(chain.from_iterable(batches))
    assert len(ids) == 3 * EPOCHS, f"{len(ids)} objects were trained on in {EPOCHS} epochs of 3"
    rows = torch.tensor(ids).reshape(EPOCHS, 3)
    for place in range(3):
        for number in range(3):
            hits = int((rows[:, place] == number).sum())
            assert_count(hits, EPOCHS, 1 / 3, f"epochs in which object {number} comes as number {place}")
    alike = int((rows[1:] == rows[:-1]).all(dim=1).sum())
    assert_count(alike, EPOCHS - 1, 1 / 6, "epochs in the same order as the one before")
    batches, *_ = watched_run(submission, probe, torch_rng, MANY, MANY, 1)
    check_long_order(list(chain.from_iterable(batches)))


@title(en="fit: the training loss is a mean over objects", ru="fit: потери обучения — среднее по объектам")
@hint(
    en="A short last batch weighs less than a full one: multiply its mean by its length, and divide by n at the end.",
    ru="Короткий последний пакет весит меньше полного: умножьте его среднее на длину, а в конце разделите на n.",
)
def test_fit_training_loss(submission, probe, torch_rng):
    """The steps are so small that the model stays as it is: then the order of the objects does not matter."""
    for n, batch in ((7, 3), (9, 8)):
        values = linear_values(torch_rng)
        given = {**a_problem(torch_rng, n), "epochs": 2, "batch": batch, "rate": 1e-13}
        found = submission.fit(probe.linear(*values), rng=a_generator(torch_rng), **given)
        wanted = fit(linear(*values), rng=a_generator(torch_rng), **given)
        assert type(found) is dict, "the history is not a dict"
        assert_close(found.get("train_loss"), wanted["train_loss"], rtol=1e-7, what="train_loss")


@points("1/2")
@title(en="fit: the generator", ru="fit: генератор случайных чисел")
@hint(
    en="The order comes from rng, and from nothing else: PyTorch's own generator stays as it was.",
    ru="Порядок берётся из rng и больше ниоткуда: собственный генератор PyTorch не трогают.",
)
def test_fit_generator(submission, probe, torch_rng):
    values, seed, own = linear_values(torch_rng), seed_of(torch_rng), seed_of(torch_rng)
    given = {**a_problem(torch_rng), "epochs": 3, "batch": 2, "rate": 0.1}

    def history(seed, own):
        found, drawn = probe.fitted(submission.fit, probe.linear(*values), seed, own, **given)
        assert type(found) is dict, "no history came back"
        return found.get("train_loss"), drawn

    one, drawn = history(seed, own)
    assert_equal(drawn, own_draws(own), what="numbers of PyTorch's own generator afterwards")
    assert_close(history(seed, own + 1)[0], one, rtol=1e-7, what="train_loss from the same generator again")
    assert history(seed + 1, own)[0] != one, "the order does not depend on the generator"


def classifier():
    return nn.Sequential(nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 10))


@points("3/2")
@title(en="fit: handwritten digits", ru="fit: рукописные цифры")
@hint(
    en="After 15 epochs the network tells more than 9 of 10 digits that it has not seen. See whether the losses fall "
    "from epoch to epoch.",
    ru="После 15 эпох сеть узнаёт больше 9 из 10 цифр, которых не видела. Посмотрите, убывают ли потери от эпохи к "
    "эпохе.",
)
def test_fit_digits(submission, probe, torch_rng):
    """The network is trained inside; what it has learned is measured here, on digits that the sandbox never saw."""
    pixels, labels = load_digits(return_X_y=True)
    order = torch.randperm(len(labels), generator=torch_rng)
    X, y = torch.tensor(pixels / 16, dtype=torch.float32)[order], torch.tensor(labels, dtype=torch.int64)[order]
    expected = classifier()
    model = probe.classifier({name: value.clone() for name, value in expected.state_dict().items()})
    given = {"X": X[:800], "y": y[:800], "X_val": X[800:900], "y_val": y[800:900]}
    submission.fit(model, epochs=15, batch=32, rate=0.01, rng=a_generator(torch_rng), **given)
    learned = state(model)
    assert_equal(sorted(learned), sorted(expected.state_dict()), what="names in the state")
    for name, value in expected.state_dict().items():
        assert_array(learned[name], shape=tuple(value.shape), what=name)
    expected.load_state_dict(learned)
    _, accuracy = evaluate(expected, X[900:], y[900:])
    assert accuracy > LEAST, f"after training {accuracy:.1%} of new digits are told, more than {LEAST:.0%} expected"


LEAST = 0.92
