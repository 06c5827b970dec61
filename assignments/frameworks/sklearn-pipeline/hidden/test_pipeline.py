"""The hidden suite of the network in a pipeline."""

import warnings

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    assert_refused,
    call_unchanged,
    each,
    hint,
    points,
    title,
)
from grader.testing.inputs import blobs
from reference.frameworks.pipeline.perceptron import accuracy, pipeline, summarise, tuned

NEAR = 0.02  # probabilities of two networks that were trained in the same way
LEAST = 0.88
ALPHAS = "net__alpha"
HIDDEN = "net__hidden_layer_sizes"


@pytest.fixture(autouse=True)
def no_warnings():
    """Two hundred iterations may not be enough for lbfgs to be content."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def classes_of(rng, n=60, k=3):
    """Objects of k classes that overlap a little; the features are in different units."""
    X, y = blobs(rng, n, 3, k, apart=2.0, spread=0.8)
    return X * np.array([1000.0, 1.0, 0.01]) + np.array([5000.0, 0.0, -3.0]), y


def rings(rng, n):
    """Two rings of objects: a network with one hidden unit cannot tell them."""
    y = rng.permutation(np.arange(n) % 2)
    angle, radius = rng.uniform(0, 2 * np.pi, size=n), 1 + 1.5 * y + 0.15 * rng.normal(size=n)
    return np.stack([50 * radius * np.cos(angle), 0.2 * radius * np.sin(angle)], axis=1), y


def same_probabilities(model, expected, X, y, new, what="probabilities of new objects"):
    """Both models are fitted to the same objects."""
    model.fit(X, y)
    found = assert_array(model.predict_proba(new), shape=(len(new), len(set(y.tolist()))), what=what)
    assert_close(found, expected.fit(X, y).predict_proba(new), atol=NEAR, what=what)


# -- the pipeline ----------------------------------------------------------------------------------------


@points("3/2")
@title(en="pipeline: what it learns", ru="pipeline: чему он учится")
@hint(
    en="StandardScaler, then MLPClassifier with solver lbfgs; hidden, alpha and seed go to hidden_layer_sizes, alpha "
    "and random_state. Each call makes new objects.",
    ru="StandardScaler, затем MLPClassifier с solver lbfgs; hidden, alpha и seed — это hidden_layer_sizes, alpha и "
    "random_state. Каждый вызов создаёт новые объекты.",
)
def test_pipeline(submission, rng):
    settings = (((5,), 1.0, 3), ((4, 3), 0.5, 0), ((8,), 20.0, 11))
    models = [submission.pipeline(*setting) for setting in settings]  # none of them may change another
    for model, setting in zip(models, settings, strict=True):
        (X, y), (new, _) = classes_of(rng), classes_of(rng)
        same_probabilities(model, pipeline(*setting), X, y, new)


@points("1/2")
@title(en="pipeline: the defaults", ru="pipeline: значения по умолчанию")
@hint(
    en="One hidden layer of 16 units, alpha 0.0001, seed 0. An alpha of 0 is allowed.",
    ru="Один скрытый слой из 16 нейронов, alpha 0.0001, seed 0. Нулевой alpha допустим.",
)
def test_pipeline_defaults(submission, rng):
    found = submission.pipeline().get_params()
    assert type(found) is dict, "get_params gave no dict"
    wanted = {HIDDEN: (16,), ALPHAS: 1e-4, "net__random_state": 0, "net__solver": "lbfgs", "net__max_iter": 200}
    got = {name: found.get(name) for name in wanted}
    got[HIDDEN] = tuple(got[HIDDEN]) if type(got[HIDDEN]) is list else got[HIDDEN]
    assert_equal(got, wanted, what="settings")
    assert_equal(submission.pipeline((1,), 0.0).get_params().get(ALPHAS), 0.0, what="alpha, where 0 is given")


@points("1/2")
@title(en="pipeline: names of the steps", ru="pipeline: имена шагов")
@hint(
    en='The steps are called "scale" and "net": the names of the settings, such as net__alpha, come from them.',
    ru="Шаги называются scale и net: из них складываются имена параметров, например net__alpha.",
)
def test_pipeline_names(submission, rng):
    (X, y), (new, _) = classes_of(rng), classes_of(rng)
    changed = {ALPHAS: 2.0, HIDDEN: (3,), "net__random_state": 5, "scale__with_mean": True}
    model = submission.pipeline((7,), 1e-3, 1)
    model.set_params(**changed)
    same_probabilities(model, pipeline((7,), 1e-3, 1).set_params(**changed), X, y, new)


# -- the search ------------------------------------------------------------------------------------------


@title(en="tuned: the best setting", ru="tuned: лучшая настройка")
@hint(
    en="Of all combinations of the grid the one with the highest mean accuracy over the folds is best_params_.",
    ru="Из всех сочетаний сетки best_params_ — то, у которого наибольшая средняя по блокам доля верных ответов.",
)
def test_tuned_best(submission, rng):
    X, y = rings(rng, 90)
    found = submission.tuned(X, y, {ALPHAS: [1e4, 0.1], HIDDEN: [(8,), (1,)]}).best_params_
    assert type(found) is dict, "best_params_ is not a dict"
    assert_equal(found, {ALPHAS: 0.1, HIDDEN: (8,)}, what="best_params_")


@title(en="tuned: the folds", ru="tuned: разбиение на блоки")
@hint(
    en="StratifiedKFold with shuffle=True and random_state=seed, as many folds as were asked for (3 and seed 0 "
    "by default).",
    ru="StratifiedKFold с shuffle=True и random_state=seed, блоков столько, сколько задано (по умолчанию 3, seed 0).",
)
def test_tuned_folds(submission, probe, rng):
    X, y = classes_of(rng, 48)
    y = np.sort(y)
    for folds, seed in ((3, 0), (4, 7)):
        given = () if (folds, seed) == (3, 0) else (folds, seed)  # the first are the defaults
        search = submission.tuned(X, y, {ALPHAS: [1e4]}, *given)
        expected = np.empty(len(y), dtype=int)
        for number, (_, held_out) in enumerate(StratifiedKFold(folds, shuffle=True, random_state=seed).split(X, y)):
            expected[held_out] = number
        assert_equal(
            probe.fold_numbers(search, X, y), expected, what=f"fold of each object, {folds} folds, seed {seed}"
        )


@title(en="tuned: the scores of the folds", ru="tuned: оценки на блоках")
@hint(
    en="The network of each fold is that of pipeline with this setting and with seed, fitted to the other folds; the "
    "score is the accuracy.",
    ru="Сеть на каждом шаге — та же, что в pipeline с этой настройкой и с seed, обученная на остальных блоках; оценка "
    "— доля верных ответов.",
)
def test_tuned_scores(submission, probe, rng):
    """A network that is trained on the same objects from the same weights tells nearly the same classes."""
    X, y = classes_of(rng, 90)
    grid = {ALPHAS: [0.5, 50.0], HIDDEN: [(2,), (5,)]}
    found = probe.fold_scores(submission.tuned(X, y, grid, 3, 9))
    rows = summarise(tuned(X, y, grid, 3, 9))["table"]
    expected = np.array([row["folds"] for row in rows])
    assert_array(found, shape=expected.shape, kind="float", what="scores of settings and folds")
    assert_close(found, expected, rtol=0, atol=2.5 / 30, what="scores of settings and folds")
    assert_close(found.mean(), expected.mean(), rtol=0, atol=1 / 90, what="mean of all scores")


@title(en="tuned: each fold has its own scaler", ru="tuned: у каждого блока своё масштабирование")
@hint(
    en="Search over the whole pipeline: the scaler must not see the objects that are held out. Here one of them is "
    "far away from all others.",
    ru="Поиск идёт по всему конвейеру: масштабирование не должно видеть отложенные объекты. Здесь один из них лежит "
    "далеко от остальных.",
)
def test_tuned_outlier(submission, probe, rng):
    """The far object flattens its feature where it is trained on; where it is held out the others are told."""
    y = rng.permutation(np.arange(60) % 2)
    X = np.stack([2.0 * y - 1 + 0.1 * rng.normal(size=60), 0.1 * rng.normal(size=60)], axis=1)
    X[int(rng.integers(60)), 0] = 1e12
    found = probe.fold_scores(submission.tuned(X, y, {ALPHAS: [1.0]}, 3, 0))
    assert_array(found, shape=(1, 3), kind="float", what="scores of settings and folds")
    assert found.max() > 0.9, "no fold does well, though one has held out the object that is far away"


@title(en="tuned: the best is fitted to all objects", ru="tuned: лучший обучен на всех объектах")
@hint(
    en="With refit, which is the default, the search is itself a classifier: the best pipeline, fitted to X and y, "
    "without scaling beforehand.",
    ru="С refit (это значение по умолчанию) поиск сам служит классификатором: лучший конвейер обучен на X и y, без "
    "масштабирования заранее.",
)
def test_tuned_refits(submission, rng):
    for seed in (0, 6):
        (X, y), (new, _) = classes_of(rng), classes_of(rng)
        found = submission.tuned(X, y, {ALPHAS: [2.0], HIDDEN: [(4,)]}, 2, seed).predict_proba(new)
        expected = pipeline((4,), 2.0, seed).fit(X, y).predict_proba(new)
        assert_array(found, shape=expected.shape, what="probabilities of new objects")
        assert_close(found, expected, atol=NEAR, what="probabilities of new objects")


@title(en="tuned: handwritten digits", ru="tuned: рукописные цифры")
@hint(
    en="More than 88% of digits that the search has not seen are told; see which setting of the table wins.",
    ru="Угадывается больше 88 % цифр, которых поиск не видел; посмотрите, какая настройка выигрывает.",
)
def test_tuned_digits(submission, rng):
    X, y = load_digits(return_X_y=True)
    order = rng.permutation(len(y))
    X, y = X[order], y[order]
    search = submission.tuned(X[:300], y[:300], {ALPHAS: [1.0], HIDDEN: [(2,), (16,)]}, 3, 0)
    found = assert_array(search.predict(X[300:]), shape=(len(y) - 300,), kind="int", what="classes of new digits")
    share = float(np.mean(found == y[300:]))
    assert share > LEAST, f"{share:.1%} of new digits are told, more than {LEAST:.0%} expected"


# -- what was found --------------------------------------------------------------------------------------


def new_objects(rng, n, apart):
    """Objects of the classes 3, 5 and 7."""
    X, y = blobs(rng, n, 2, 3, apart=apart, spread=0.9)
    return X, 2 * y + 3


def searches(probe, rng):
    """Searches among neighbours, made inside and here."""
    for n, numbers, folds in ((40, [15, 3, 1, 25], 3), (24, [1], 4), (66, [2, 5], 11)):
        X, y = new_objects(rng, n, 3.0)
        yield (
            probe.neighbours(X, y, numbers, folds),
            GridSearchCV(KNeighborsClassifier(), {"n_neighbors": numbers}, cv=folds).fit(X, y),
        )


@points("3/2")
@title(en="summarise", ru="summarise")
@hint(
    en="cv_results_ has the settings in params and the scores in split0_test_score and so on; rows stand in the order "
    "of the search, not of the ranks.",
    ru="В cv_results_ настройки лежат в params, оценки — в split0_test_score и далее; строки идут в порядке поиска, а "
    "не по местам.",
)
def test_summarise(submission, probe, rng):
    for search, expected in searches(probe, rng):
        assert_close(submission.summarise(search), summarise(expected), rtol=1e-9, what="summary")


@title(en="accuracy", ru="accuracy")
@hint(
    en="The share of new objects whose class the best classifier of the search tells. Classes may be other "
    "numbers than "
    "0, 1, 2.",
    ru="Доля новых объектов, класс которых угадывает лучший классификатор поиска. Классами могут быть и не "
    "числа 0, 1, 2.",
)
def test_accuracy(submission, probe, rng):
    for search, expected in searches(probe, rng):
        X, y = new_objects(rng, 37, 1.5)
        assert_close(submission.accuracy(search, X, y), accuracy(expected, X, y), rtol=1e-9, what="accuracy")
        assert_close(submission.accuracy(search, X[:1], y[:1]), accuracy(expected, X[:1], y[:1]), what="accuracy")


# -- arguments -------------------------------------------------------------------------------------------


def refusals(name, probe):
    """Pairs of the name of a wrong argument and the arguments."""
    X, y = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0], [3.0, 1.0]]), np.array([0, 1, 0, 1])
    match name:
        case "pipeline":
            yield from (("hidden", ((), 1.0)), ("hidden", ((3, 0), 1.0)), ("alpha", ((3,), -1.0)))
        case "tuned":
            yield from (("X", (X[:0], y[:0], {ALPHAS: [1.0]}, 2)), ("y", (X, y[:3], {ALPHAS: [1.0]}, 2)))
            yield "folds", (X, y, {ALPHAS: [1.0]}, 1)
        case "accuracy":
            search = probe.neighbours(X, y, [1], 2)
            yield from (("X", (search, X[:0], y[:0])), ("y", (search, X, y[:1])))


@each(
    ("pipeline", "tuned", "accuracy"),
    worth="1/4",
    en="Wrong arguments are refused: {name}",
    ru="Неверные аргументы отвергаются: {name}",
)
@hint(en="ValueError whose text has the argument's name.", ru="ValueError, в тексте которого есть имя аргумента.")
def test_errors(submission, probe, name):
    for wrong, arguments in refusals(name, probe):
        assert_refused(wrong, getattr(submission, name), *arguments)


@each(("tuned", "accuracy"), worth="1/8", en="Objects stay as they were: {name}", ru="Объекты не меняются: {name}")
@hint(en="-= and /= write into X.", ru="-= и /= пишут прямо в X.")
def test_unchanged(submission, probe, rng, name):
    X, y = blobs(rng, 20, 2, 2)
    function = getattr(submission, name)
    if name == "tuned":
        call_unchanged(function, X, y, {ALPHAS: [1.0]}, 2)
    else:
        call_unchanged(function, probe.neighbours(X, y, [1], 2), X, y)
