"""The hidden suite of the network and of training."""

from itertools import pairwise

import torch

from grader.testing import (
    assert_array,
    assert_close,
    depends,
    each,
    hint,
    parameters,
    points,
    set_parameters,
    state,
    title,
    together,
)
from grader.testing.inputs import randn
from grader.testing.twins import (
    assert_first_values,
    assert_parameters,
    assert_same_gradients,
    assert_same_output,
    seed_of,
    twins,
)
from reference.extraction.autoencoders.network import Autoencoder, train

from .shared import DOUBLE, coders, some_objects, squares


def maps(*sizes):
    """The shapes of the parameters of linear maps, by their names in one sequence: 0, 2, 4, ..."""
    shapes = {}
    for number, (inputs, outputs) in enumerate(pairwise(sizes)):
        shapes |= {f"{2 * number}.weight": (outputs, inputs), f"{2 * number}.bias": (outputs,)}
    return shapes


def named(encoder, decoder):
    return {
        f"{part}.{name}": shape
        for part, own in (("encoder", encoder), ("decoder", decoder))
        for name, shape in own.items()
    }


@points("3/4")
@title(en="Parameters and their shapes", ru="Параметры и их формы")
@hint(
    en="n, hidden, m in the encoder, m, hidden, n in the decoder; with hidden = 0 one linear map each.",
    ru="В кодировщике размеры n, hidden, m, в декодировщике — m, hidden, n; при hidden = 0 — по одному слою.",
)
def test_parameters(submission):
    assert_parameters(submission.Autoencoder(5, 4, 2), named(maps(5, 4, 2), maps(2, 4, 5)))
    assert_parameters(submission.Autoencoder(4, 0, 3), named(maps(4, 3), maps(3, 4)))


@points("5/4")
@title(en="Codes and restored objects", ru="Коды и восстановленные объекты")
@hint(
    en="The code comes first; after the last linear map of a part there is no activation.",
    ru="Сначала код; после последнего линейного слоя каждой части активации нет.",
)
def test_output(submission, torch_rng):
    for sizes, count in (((5, 4, 2), 6), ((3, 7, 8), 1)):
        pair = twins(submission.Autoencoder(*sizes), Autoencoder(*sizes), torch_rng, scale=2.0)
        assert_same_output(pair, some_objects(torch_rng, count, sizes[0]), what="(code, restored)")


@points("1/2")
@title(en="A linear autoencoder", ru="Линейный автокодировщик")
@hint(
    en="With hidden = 0 there is no activation anywhere, whatever its name.",
    ru="При hidden = 0 активации нет нигде, какое бы имя ни передали.",
)
def test_linear(submission, torch_rng):
    for activation in ("tanh", "relu"):
        pair = twins(submission.Autoencoder(4, 0, 3, activation), Autoencoder(4, 0, 3), torch_rng, scale=2.0)
        assert_same_output(pair, some_objects(torch_rng, 5, 4), what="(code, restored)")


@each(("sigmoid", "relu"), worth="1/4", en="The activation {name}", ru="Активация {name}")
@hint(en="The same activation in both parts.", ru="Активация одна и та же в обеих частях.")
def test_activations(submission, torch_rng, name):
    pair = twins(submission.Autoencoder(4, 6, 2, name), Autoencoder(4, 6, 2, name), torch_rng, scale=2.0)
    assert_same_output(pair, some_objects(torch_rng, 5, 4), what="(code, restored)")


@points("1/2")
@title(en="Gradients of the network", ru="Градиенты сети")
@hint(
    en="Gradients go from the code and from what is restored to all parameters and to the objects; detach nothing.",
    ru="Градиенты идут от кода и от восстановленного ко всем параметрам и к объектам: граф нигде не обрывается.",
)
def test_gradients(submission, torch_rng):
    pair = twins(submission.Autoencoder(4, 5, 2), Autoencoder(4, 5, 2), torch_rng)
    assert_same_gradients(pair, some_objects(torch_rng, 5, 4), torch_rng=torch_rng)


@points("3/4")
@title(en="First values", ru="Начальные значения")
@hint(
    en="Uniform within one over the root of the inputs of each map, weights and biases alike, drawn from rng.",
    ru="Равномерно, граница — единица на корень из числа входов слоя, для весов и сдвигов; берутся из rng.",
)
def test_first_values(submission, torch_rng):
    inputs = {"encoder.0": 30, "encoder.2": 25, "decoder.0": 36, "decoder.2": 25}
    bounds = {f"{name}.{kind}": count**-0.5 for name, count in inputs.items() for kind in ("weight", "bias")}
    assert_first_values(lambda rng: submission.Autoencoder(30, 25, 36, rng=rng), torch_rng, bounds)


def compare_training(submission, pair, torch_rng, losses, *, history, values, steps=5):
    """The history, or the parameters after it, are the reference's. ``losses`` are the one inside and here."""
    X, (inside, here) = some_objects(torch_rng, 9), losses
    found = submission.train(pair.made, X, inside, steps, 0.03)
    expected = train(pair.expected, X, here, steps, 0.03)
    if history:
        assert_close(found, expected, rtol=1e-6, atol=1e-8, what="losses")
    if values:
        after = {name: value.detach().clone() for name, value in pair.expected.named_parameters()}
        assert_close(parameters(pair.made), after, rtol=1e-6, atol=1e-7, what="parameters")


@points(1)
@title(en="train: losses", ru="train: потери")
@hint(
    en="The loss before each step, over all objects; one Adam for the whole training, with the rate given.",
    ru="Потери перед каждым шагом, по всем объектам; один Adam на всё обучение, с переданным rate.",
)
def test_history(submission, probe, torch_rng):
    pair = coders(probe, torch_rng)
    compare_training(submission, pair, torch_rng, (probe.squares, squares), history=True, values=False)


@points(1)
@title(en="train: the model that was given learns", ru="train: обучается переданная модель")
@hint(
    en="In place, encoder and decoder, and after the last step as well.",
    ru="На месте, и кодировщик, и декодировщик, с учётом последнего шага.",
)
def test_trained(submission, probe, torch_rng):
    pair = coders(probe, torch_rng)
    compare_training(submission, pair, torch_rng, (probe.squares, squares), history=False, values=True)


@points("1/2")
@title(en="train: one loss a step, and all the steps", ru="train: потери раз за шаг, и все шаги до конца")
@hint(
    en="A loss may draw new noise each time it is called: the value noted and the gradient come from the same "
    "call. That a loss rises is no reason to stop.",
    ru="При каждом вызове loss может брать новый шум: записанное значение и градиент — из одного и того же "
    "вызова. Рост потерь — не повод остановиться.",
)
def test_once_a_step(submission, probe, torch_rng):
    asked = 0

    def changing(model, x):
        nonlocal asked
        asked += 1
        return squares(model, x + 0.3 * asked) * asked

    pair = coders(probe, torch_rng)
    losses = probe.Changing(), changing
    compare_training(submission, pair, torch_rng, losses, history=True, values=True, steps=30)


@points("1/2")
@title(en="train: old gradients, frozen parameters", ru="train: старые градиенты, замороженные параметры")
@hint(
    en="Gradients that lie in the parameters must not enter the first step, and what is frozen does not move by them.",
    ru="Лежащие в параметрах градиенты не должны попасть в первый шаг, а замороженное не должно от них сдвинуться.",
)
def test_nothing_of_before(submission, probe, torch_rng):
    pair = coders(probe, torch_rng)
    frozen = ["encoder.0.weight", "decoder.2.bias"]
    probe.given_gradients(pair.made, frozen)
    for name in frozen:
        pair.expected.get_parameter(name).requires_grad_(False)
    compare_training(submission, pair, torch_rng, (probe.squares, squares), history=True, values=True)


def read_back(made, expected):
    """The parameters of a trained model of the student in the reference's."""
    found = state(made)
    for name, value in expected.state_dict().items():
        assert_array(found.get(name), shape=tuple(value.shape), kind="float", what=name)
    expected.load_state_dict({name: found[name] for name in expected.state_dict()})


def start(submission, torch_rng, *sizes):
    """A new network of the student with first values of the reference, and the reference's."""
    expected = Autoencoder(*sizes, rng=torch.Generator().manual_seed(seed_of(torch_rng))).double()
    made = submission.Autoencoder(*sizes).double()
    set_parameters(made, {name: value.detach().clone() for name, value in expected.named_parameters()})
    return made, expected


@points("5/4")
@depends("test_linear", "test_trained")
@together("Autoencoder", "train", because="train works on the network that stands")
@title(en="A linear autoencoder finds the principal plane", ru="Линейный автокодировщик находит главную плоскость")
@hint(
    en="What is restored lies in a plane, and the best one is that of the two principal components.",
    ru="Восстановленное лежит в плоскости, и лучшая из них — плоскость двух главных компонент.",
)
def test_plane(submission, probe, torch_rng):
    turn = torch.linalg.qr(randn(torch_rng, 6, 6))[0]
    spread = torch.tensor([2.0, 1.5, 0.3, 0.3, 0.2, 0.2], dtype=DOUBLE)
    X = randn(torch_rng, 100, 6) * spread @ turn + randn(torch_rng, 6)
    made, expected = start(submission, torch_rng, 6, 0, 2)
    losses = submission.train(made, X, probe.squares, 200, 0.15)
    assert_array(losses, shape=(200,), kind="float", what="losses")
    read_back(made, expected)
    principal = torch.linalg.svd(X - X.mean(dim=0)).Vh[:2]
    plane = torch.linalg.qr(expected.decoder[0].weight.detach()).Q
    cosine = float(torch.linalg.svdvals(principal @ plane).min())
    assert cosine > 0.9988, (
        f"the plane is turned by {torch.tensor(cosine).arccos():.3f} radians, less than 0.05 expected"
    )


def curve(torch_rng, count):
    """Objects on a curve in eight dimensions."""
    places = 3 * torch.rand(count, 1, generator=torch_rng, dtype=DOUBLE)
    return torch.sin(places + torch.arange(8) * torch.pi / 4)


@points("5/4")
@depends("test_output", "test_trained", "test_denoising")
@together("Autoencoder", "denoising_loss", "train", because="all three make an autoencoder that takes noise away")
@title(en="Noise is taken away from new objects", ru="Шум уходит и с новых объектов")
@hint(
    en="What is restored from a noisy object has to lie nearer to the clean one than the noisy object does.",
    ru="Восстановленное по зашумлённому объекту должно лежать ближе к чистому, чем сам зашумлённый.",
)
def test_denoised(submission, probe, torch_rng):
    """What was learned is measured here, on other objects with other noise, with the parameters read back."""
    made, expected = start(submission, torch_rng, 8, 12, 2)
    loss = probe.noisy(submission.denoising_loss, 0.4, seed_of(torch_rng))
    submission.train(made, curve(torch_rng, 40), loss, 150, 0.04)
    read_back(made, expected)
    x = curve(torch_rng, 400)
    noise = 0.4 * randn(torch_rng, 400, 8)
    with torch.no_grad():
        after = (expected(x + noise)[1] - x).norm(dim=1).mean()
    share = float(after / noise.norm(dim=1).mean())
    assert share < 0.45, f"{share:.0%} of the noise is left, less than 45% expected"
