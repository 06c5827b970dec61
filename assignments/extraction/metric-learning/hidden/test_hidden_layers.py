"""The hidden suite of L11.transfer: outputs of layers, and what must not stay behind."""

from contextlib import suppress

from grader.testing import assert_close, assert_equal, hint, points, state, title
from grader.testing.inputs import randn
from grader.testing.twins import sequence_twins, twins
from reference.extraction.metric.transfer import features

from .shared import NOISY, SMOOTH, Branching

PICTURES = (("Conv2d", 2, 3, 2), ("Tanh",), ("Flatten",), ("Linear", 12, 4))


def same_features(submission, made, expected, X, layer):
    found = submission.features(made, X, layer)
    assert_close(found, features(expected, X, layer), rtol=1e-8, atol=1e-10, what=f"what comes out of {layer}")


@title(en="features: layers of a chain", ru="features: слои цепочки")
@hint(
    en="What comes out of the layer, not what goes in; all axes but the first become one.",
    ru="Нужен выход слоя, а не вход; все оси, кроме первой, становятся одной.",
)
def test_features(submission, probe, torch_rng):
    made, expected, _ = sequence_twins(probe.nn, PICTURES, torch_rng)
    for layer in ("0", "1", "3"):
        same_features(submission, made, expected, randn(torch_rng, 5, 2, 3, 3), layer)
    same_features(submission, made, expected, randn(torch_rng, 1, 2, 3, 3), "0")


@points("1/2")
@title(en="features: a network with two ways", ru="features: сеть с двумя путями")
@hint(
    en="Names have several parts, and the order of layers tells nothing: call the whole network, and listen to the "
    "layer.",
    ru="Имена бывают из нескольких частей, а порядок слоёв ни о чём не говорит: вызовите всю сеть и «слушайте» слой.",
)
def test_features_of_two_ways(submission, probe, torch_rng):
    made, expected, _ = twins(probe.Branching(3), Branching(3), torch_rng)
    for layer in ("ways.short", "ways.out.0", "ways.out", "out"):
        same_features(submission, made, expected, randn(torch_rng, 4, 3), layer)


@points("1/2")
@title(en="features: evaluation mode", ru="features: режим предсказания")
@hint(
    en="Evaluation mode during the call; afterwards each module has its own mode again, and buffers are as they were.",
    ru="Во время вызова — режим предсказания; потом у каждого модуля снова свой режим, а буферы не изменились.",
)
def test_features_modes(submission, probe, torch_rng):
    made, expected, _ = sequence_twins(probe.nn, NOISY, torch_rng)
    before, modes = state(made), probe.modes(probe.partly_frozen(made, 0, 1))
    for layer in ("1", "2"):
        same_features(submission, made, expected, randn(torch_rng, 6, 5), layer)
    assert_equal(probe.modes(made), modes, what="modes afterwards")
    probe.partly_frozen(made)
    same_features(submission, made, expected, randn(torch_rng, 6, 5), "1")
    assert_equal(state(made), before, what="parameters and buffers of the network")


@points("1/2")
@title(en="features: nothing stays behind", ru="features: в сети ничего не остаётся")
@hint(
    en="Remove the hook and give back the modes also where the network fails: try, finally.",
    ru="Снимать хук и возвращать режимы надо и тогда, когда сеть падает с ошибкой: try, finally.",
)
def test_nothing_stays(submission, probe, torch_rng):
    made = probe.partly_frozen(sequence_twins(probe.nn, SMOOTH, torch_rng).made)
    modes = probe.modes(made)
    submission.features(made, randn(torch_rng, 4, 5), "1")
    assert_equal(probe.hooks(made), 0, what="number of hooks afterwards")
    with suppress(Exception):  # the second layer does not fit behind the first
        submission.features(probe.nn.Sequential(made, probe.nn.Linear(7, 7)), randn(torch_rng, 4, 5), "0.1")
    assert_equal(probe.hooks(made), 0, what="number of hooks after a network that failed")
    assert_equal(probe.modes(made), modes, what="modes after a network that failed")


@points("1/2")
@title(en="features: a copy", ru="features: копия")
@hint(
    en="Layers such as ReLU(inplace=True) write over the output of the layer before.",
    ru="Слои вроде ReLU(inplace=True) пишут поверх выхода предыдущего слоя.",
)
def test_features_are_copies(submission, probe, torch_rng):
    layers = (("Linear", 5, 8), ("ReLU", True), ("Linear", 8, 2))
    made, expected, _ = sequence_twins(probe.nn, layers, torch_rng)
    same_features(submission, made, expected, randn(torch_rng, 6, 5), "0")


@points("1/2")
@title(en="features: no graph", ru="features: без графа")
@hint(
    en="Features are numbers for other methods: with a graph they keep the whole computation in memory.",
    ru="Признаки — это числа для других методов: с графом они держат в памяти всё вычисление.",
)
def test_features_without_graph(submission, probe, torch_rng):
    made = sequence_twins(probe.nn, SMOOTH, torch_rng).made
    for layer in ("0", "2"):
        wants = probe.wants_gradient(submission.features, made, randn(torch_rng, 3, 5), layer)
        assert_equal(wants, False, what="requires_grad of the features")
