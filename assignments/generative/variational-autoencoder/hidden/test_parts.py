"""The hidden suite of the parts: the network, a draw, the divergence, the bound, new images."""

import torch

from grader.testing import (
    assert_close,
    assert_equal,
    assert_refused,
    call_unchanged,
    each,
    hint,
    points,
    title,
    vjp,
)
from grader.testing.inputs import randn
from grader.testing.twins import assert_first_values, assert_parameters, seed_of, twins
from reference.generative.variational_autoencoder import VAE, elbo, generate, kl, reparameterise

from .shared import DOUBLE, Coder, Notes, coder_values, images

N, HIDDEN, LATENT = 6, 5, 2
SHAPES = {
    "encoder.weight": (HIDDEN, N),
    "encoder.bias": (HIDDEN,),
    "mean.weight": (LATENT, HIDDEN),
    "mean.bias": (LATENT,),
    "log_variance.weight": (LATENT, HIDDEN),
    "log_variance.bias": (LATENT,),
    "decoder.weight": (HIDDEN, LATENT),
    "decoder.bias": (HIDDEN,),
    "logits.weight": (N, HIDDEN),
    "logits.bias": (N,),
}


@points("1/2")
@title(en="VAE: parameters", ru="VAE: параметры")
@hint(
    en="Five linear layers by the names of the statement and nothing else; latent is an attribute.",
    ru="Пять линейных слоёв с именами из условия и больше ничего; latent — атрибут.",
)
def test_parameters(submission):
    model = submission.VAE(N, HIDDEN, LATENT)
    assert_parameters(model, SHAPES)
    assert_equal(model.latent, LATENT, what="latent")


@points("1/2")
@title(en="VAE: first values", ru="VAE: начальные значения")
@hint(
    en="PyTorch's layers draw from its own generator: draw all parameters anew, with the bound of each layer's inputs.",
    ru="Слои PyTorch берут числа из его собственного генератора: задайте все параметры заново, в границах по числу "
    "входов слоя.",
)
def test_first_values(submission, torch_rng):
    inputs = {"encoder": 70, "mean": 64, "log_variance": 64, "decoder": 60, "logits": 64}
    bounds = {f"{name}.{kind}": size**-0.5 for name, size in inputs.items() for kind in ("weight", "bias")}
    assert_first_values(lambda rng: submission.VAE(70, 64, 60, rng=rng), torch_rng, bounds)


@title(en="VAE: encode", ru="VAE: encode")
@hint(
    en="One layer of tanh; the mean comes first, then the logarithm of the variance, both linear in that layer.",
    ru="Один слой с tanh; сначала среднее, затем логарифм дисперсии, оба линейны по этому слою.",
)
def test_encode(submission, torch_rng):
    pair = twins(submission.VAE(N, HIDDEN, LATENT), VAE(N, HIDDEN, LATENT), torch_rng)
    for count in (4, 1):
        x = images(torch_rng, count)
        expected = tuple(value.detach() for value in pair.expected.encode(x))
        assert_close(pair.made.encode(x), expected, rtol=1e-8, atol=1e-10, what="(mean, log_variance)")


@points("1/2")
@title(en="VAE: decode", ru="VAE: decode")
@hint(
    en="One layer of tanh, then a linear one: logits, not probabilities.",
    ru="Один слой с tanh, затем линейный: логиты, а не вероятности.",
)
def test_decode(submission, torch_rng):
    pair = twins(submission.VAE(N, HIDDEN, LATENT), VAE(N, HIDDEN, LATENT), torch_rng)
    for count in (4, 1):
        z = randn(torch_rng, count, LATENT)
        assert_close(pair.made.decode(z), pair.expected.decode(z).detach(), rtol=1e-8, atol=1e-10, what="logits")


# -- reparameterise, kl ----------------------------------------------------------------------------------


def hidden_vectors(torch_rng, count=4, latent=3):
    """Means, logarithms of variances, noise."""
    return tuple(randn(torch_rng, count, latent) for _ in range(3))


@title(en="reparameterise: the values", ru="reparameterise: значения")
@hint(
    en="The noise is multiplied by the standard deviation, the root of the variance; what is given is its logarithm.",
    ru="Шум умножается на стандартное отклонение, то есть на корень из дисперсии; дан же её логарифм.",
)
def test_reparameterise(submission, torch_rng):
    for count, latent in ((4, 3), (1, 1), (3, 3)):
        given = hidden_vectors(torch_rng, count, latent)
        given[1][0, 0] = 50 * (-1) ** count
        assert_close(submission.reparameterise(*given), reparameterise(*given), rtol=1e-9, what="z")


@points("1/2")
@title(en="reparameterise: gradients", ru="reparameterise: градиенты")
@hint(
    en="z depends on the mean and on the variance; both need the gradient. No detach(), no .data, no item().",
    ru="z зависит и от среднего, и от дисперсии; градиент нужен обоим. Без detach(), .data и item().",
)
def test_reparameterise_gradients(submission, torch_rng):
    given, weights = hidden_vectors(torch_rng), randn(torch_rng, 4, 3)
    leaves = [value.clone().requires_grad_() for value in given]
    wanted = torch.autograd.grad(reparameterise(*leaves), leaves, weights)
    found = vjp(submission.reparameterise, given, weights).gradients
    for name, own, expected in zip(("mean", "log_variance", "noise"), found, wanted, strict=True):
        assert own is not None, f"no gradient reaches {name}"
        assert_close(own, expected, rtol=1e-7, atol=1e-10, what=f"the gradient by {name}")


@points("5/4")
@title(en="kl: the values", ru="kl: значения")
@hint(
    en="Half a sum over the hidden vector, one number for each object; it is 0 for the standard normal distribution "
    "and never below.",
    ru="Половина суммы по скрытому вектору, по числу на объект; для стандартного нормального распределения это 0, а "
    "меньше не бывает.",
)
def test_kl(submission, torch_rng):
    for count, latent in ((4, 3), (1, 1), (3, 3)):
        mean, log_variance, _ = hidden_vectors(torch_rng, count, latent)
        mean[0], log_variance[0] = 0, 0
        found = submission.kl(mean, log_variance)
        assert_close(found, kl(mean, log_variance), rtol=1e-8, atol=1e-10, what="the divergence")


@points("1/2")
@title(en="kl: very small and very large variances", ru="kl: очень малые и очень большие дисперсии")
@hint(
    en="The logarithm is given: do not compute it again from the variance, least of all with a small number added.",
    ru="Логарифм уже дан: не вычисляйте его заново из дисперсии, тем более с маленькой добавкой.",
)
def test_kl_of_extremes(submission, torch_rng):
    log_variance = torch.tensor([[50.0, 0.0], [-50.0, 0.0], [-300.0, -50.0]], dtype=DOUBLE)
    mean = randn(torch_rng, 3, 2)
    assert_close(submission.kl(mean, log_variance), kl(mean, log_variance), rtol=1e-8, what="the divergence")


# -- elbo ------------------------------------------------------------------------------------------------


@points("7/4")
@title(en="elbo: the values", ru="elbo: значения")
@hint(
    en="For each object the sum over pixels of log p, minus the divergence; z is made of the noise given. decode gives "
    "logits: the sigmoid is applied once.",
    ru="Для каждого объекта сумма log p по пикселям минус дивергенция; z строится из переданного шума. decode "
    "возвращает логиты: сигмоида применяется один раз.",
)
def test_elbo(submission, probe, torch_rng):
    for count, n, latent in ((5, 6, 2), (1, 3, 1), (4, 4, 4)):
        values = coder_values(torch_rng, n, 5, latent)
        x, noise = images(torch_rng, count, n), randn(torch_rng, count, latent)
        expected = elbo(Coder(values), x, noise).detach()
        assert_close(submission.elbo(probe.Coder(values), x, noise), expected, rtol=1e-8, atol=1e-9, what="the bound")


@points("1/2")
@title(en="elbo: a decoder that is very sure", ru="elbo: очень уверенный декодировщик")
@hint(
    en="The probability of a logit of -900 is rounded to 0, and its logarithm is infinite: work with the logits.",
    ru="Вероятность при логите -900 округляется до 0, и её логарифм бесконечен: считайте через логиты.",
)
def test_elbo_of_sure_decoders(submission, probe, torch_rng):
    values = coder_values(torch_rng)
    values["back.2.bias"] = torch.tensor([900.0, -900.0, 900.0, -900.0, 40.0, -40.0], dtype=DOUBLE)
    x, noise = images(torch_rng, 3), randn(torch_rng, 3, 2)
    expected = elbo(Coder(values), x, noise).detach()
    assert_close(submission.elbo(probe.Coder(values), x, noise), expected, rtol=1e-8, what="the bound")


@points("3/4")
@title(en="elbo: gradients", ru="elbo: градиенты")
@hint(
    en="Both terms have gradients: the first reaches the encoder through z, the second directly.",
    ru="Градиент есть у обоих слагаемых: от первого он приходит в кодировщик через z, от второго — прямо.",
)
def test_elbo_gradients(submission, probe, torch_rng):
    values, weights = coder_values(torch_rng), randn(torch_rng, 4)
    model, expected = probe.Coder(values), Coder(values)
    x, noise = images(torch_rng, 4), randn(torch_rng, 4, 2)
    found = vjp(submission.elbo, (model, x, noise), weights, parameters=model, by=(2,)).parameters
    named = dict(expected.named_parameters())
    wanted = torch.autograd.grad(elbo(expected, x, noise), list(named.values()), weights)
    for name, gradient in zip(named, wanted, strict=True):
        assert found.get(name) is not None, f"no gradient reaches {name}"
        assert_close(found[name], gradient, rtol=1e-6, atol=1e-8, what=f"the gradient by {name}")


# -- generate --------------------------------------------------------------------------------------------


@points("3/4")
@title(en="generate: probabilities of the pixels", ru="generate: вероятности пикселей")
@hint(
    en="The decoder alone is asked: its logits go through the sigmoid, and nothing is rounded.",
    ru="Нужен один декодировщик: его логиты проходят через сигмоиду, округлять ничего не надо.",
)
def test_generate(submission, probe, torch_rng):
    values = coder_values(torch_rng)
    for count in (5, 1):
        z = randn(torch_rng, count, 2)
        found = submission.generate(probe.Coder(values), z)
        assert_close(found, generate(Coder(values), z), rtol=1e-8, what="probabilities")


@points("1/4")
@title(en="generate: without gradients", ru="generate: без градиентов")
@hint(en="Nothing is trained here: torch.no_grad().", ru="Здесь ничего не обучается: torch.no_grad().")
def test_generate_without_gradients(submission, probe, torch_rng):
    notes = Notes()
    submission.generate(probe.Coder(coder_values(torch_rng), notes), randn(torch_rng, 2, 2))
    assert notes.recorded, "decode was not called"
    assert not any(notes.recorded), "gradients are recorded while images are made"


# -- arguments -------------------------------------------------------------------------------------------


def bad_vae(kind, model, torch_rng):
    for place, name in enumerate(("n", "hidden", "latent")):
        assert_refused(name, kind, *(0 if place == other else 3 for other in range(3)))
    made = kind(N, HIDDEN, LATENT)
    assert_refused("x", made.encode, torch.zeros(3, N + 1))
    assert_refused("z", made.decode, torch.zeros(3, LATENT + 1))


def bad_reparameterise(function, model, torch_rng):
    mean, log_variance, noise = hidden_vectors(torch_rng)
    assert_refused("log_variance", function, mean, log_variance[:1], noise)
    assert_refused("noise", function, mean, log_variance, noise[:, :1])


def bad_kl(function, model, torch_rng):
    mean, log_variance, _ = hidden_vectors(torch_rng)
    assert_refused("log_variance", function, mean, log_variance[:1])
    assert_refused("mean", function, mean[0], log_variance[0])


def bad_elbo(function, model, torch_rng):
    x, noise = images(torch_rng, 3), randn(torch_rng, 3, 2)
    for wrong in (x + 1, x - 0.5):
        assert_refused("x", function, model, wrong, noise)
    assert_refused("noise", function, model, x, noise[:1])


def bad_train(function, model, torch_rng):
    good = {"steps": 1, "batch": 2, "rate": 0.1}
    X, rng = images(torch_rng, 4), torch.Generator().manual_seed(seed_of(torch_rng))
    assert_refused("X", function, model, 3 * X - 1, **good, rng=rng)
    for name in good:
        assert_refused(name, function, model, X, **{**good, name: 0}, rng=rng)


BAD = {"VAE": bad_vae, "reparameterise": bad_reparameterise, "kl": bad_kl, "elbo": bad_elbo, "train": bad_train}


@each(tuple(BAD), worth="3/20", en="Wrong arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name; the list stands in the statement. Shapes that fit by broadcasting are "
    "wrong.",
    ru="ValueError с именем аргумента; список есть в условии. Формы, которые подходят лишь при растяжении, неверны.",
)
def test_refuses(submission, probe, torch_rng, name):
    BAD[name](getattr(submission, name), probe.Coder(coder_values(torch_rng)), torch_rng)


@each(
    ("reparameterise", "kl", "elbo", "generate"),
    worth="1/8",
    en="Arguments unchanged: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(
    en="Methods that end in an underscore, such as exp_() and mul_(), write into the caller's tensor.",
    ru="Методы с подчёркиванием на конце, например exp_() и mul_(), пишут в тензор вызывающего.",
)
def test_unchanged(submission, probe, torch_rng, name):
    vectors, model = hidden_vectors(torch_rng), probe.Coder(coder_values(torch_rng))
    arguments = {
        "reparameterise": vectors,
        "kl": vectors[:2],
        "elbo": (model, images(torch_rng, 3), randn(torch_rng, 3, 2)),
        "generate": (model, randn(torch_rng, 3, 2)),
    }
    call_unchanged(getattr(submission, name), *arguments[name])
