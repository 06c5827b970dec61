"""The hidden suite of the Wasserstein critic."""

import torch

from grader.testing import assert_close, gradients, hint, points, title, vjp
from grader.testing.inputs import randn
from grader.testing.twins import sequence_twins
from reference.generative.adversarial.critic import critic_loss, critic_objective

from .shared import DOUBLE, a_network

ONE = torch.tensor(1.0, dtype=DOUBLE)


def a_batch(torch_rng, *shape):
    """Real and generated objects, and the places between them."""
    real, fake = randn(torch_rng, *shape), 1 + randn(torch_rng, *shape)
    return real, fake, torch.rand(shape[0], generator=torch_rng, dtype=DOUBLE)


def same_loss(submission, critic, *arguments):
    expected = critic_loss(critic.expected, *arguments).detach()
    assert_close(submission.critic_loss(critic.made, *arguments), expected, rtol=1e-7, atol=1e-9, what="loss")


def same_gradients(submission, critic, *arguments):
    """The gradients of the loss by the critic's parameters."""
    named = dict(critic.expected.named_parameters())
    loss = critic_loss(critic.expected, *arguments)
    wanted = torch.autograd.grad(loss, list(named.values()))
    found = vjp(submission.critic_loss, (critic.made, *arguments), ONE, parameters=critic.made).parameters
    for (name, value), expected in zip(named.items(), wanted, strict=True):
        gradient = found.get(name)
        if gradient is None:  # the last bias has no influence: no gradient is as good as zeros
            gradient = torch.zeros_like(value)
        assert_close(gradient, expected.detach(), rtol=1e-6, atol=1e-9, what=f"gradient by {name}")


@points("1/2")
@title(en="The critic's objective", ru="Целевая функция критика")
@hint(
    en="The critic's descent is to raise what it gives for real objects and to lower what it gives for fakes.",
    ru="При спуске критик должен поднимать свои значения на настоящих объектах и опускать на поддельных.",
)
def test_critic_objective(submission, torch_rng):
    for real, fake in (((5,), (5,)), ((4, 1), (7, 1)), ((1,), (3, 1))):
        values = randn(torch_rng, *real), 2 + randn(torch_rng, *fake)
        assert_close(submission.critic_objective(*values), critic_objective(*values), rtol=1e-7, what="objective")


@points("3/2")
@title(en="The critic's loss with the penalty", ru="Потери критика со штрафом")
@hint(
    en="One norm for each object, of the gradient at its own point between, with its own number of eps; then the mean "
    "of the squares of norm minus 1.",
    ru="Для каждого объекта — своя норма градиента в своей промежуточной точке, со своим числом из eps; затем среднее "
    "квадратов (норма − 1).",
)
def test_critic_loss(submission, probe, torch_rng):
    for n, m, lam in ((6, 3, 10.0), (4, 4, 2.5), (5, 2, 0.0)):
        critic = a_network(probe, torch_rng, m, 1, scale=2.0)
        same_loss(submission, critic, *a_batch(torch_rng, n, m), lam)


@points("1/2")
@title(en="The penalty at the ends; one object", ru="Штраф на концах отрезка; один объект")
@hint(
    en="eps = 1 is the real object itself and eps = 0 the fake.",
    ru="eps = 1 — сам настоящий объект, eps = 0 — поддельный.",
)
def test_penalty_at_the_ends(submission, probe, torch_rng):
    critic = a_network(probe, torch_rng, 3, 1, scale=2.0)
    real, fake, _ = a_batch(torch_rng, 4, 3)
    for eps in (torch.ones(4, dtype=DOUBLE), torch.zeros(4, dtype=DOUBLE)):
        same_loss(submission, critic, real, fake, eps, 5.0)
    same_loss(submission, critic, *a_batch(torch_rng, 1, 3), 5.0)


@points("1/2")
@title(en="Images", ru="Изображения")
@hint(
    en="The norm of an image's gradient is over all its axes together, and eps has one number for the whole image.",
    ru="Норма градиента изображения берётся сразу по всем его осям, а eps — одно число на всё изображение.",
)
def test_critic_of_images(submission, probe, torch_rng):
    layers = (("Conv2d", 2, 3, 2), ("Tanh",), ("Flatten",), ("Linear", 18, 1))
    critic = sequence_twins(probe.nn, layers, torch_rng, scale=2.0)
    same_loss(submission, critic, *a_batch(torch_rng, 4, 2, 3, 4), 3.0)


@title(en="Gradients by the critic's parameters", ru="Градиенты по параметрам критика")
@hint(
    en="The penalty depends on the parameters through the gradient: that gradient must be a part of the graph itself.",
    ru="Штраф зависит от параметров через градиент: этот градиент сам должен входить в граф вычислений.",
)
def test_critic_gradients(submission, probe, torch_rng):
    critic = a_network(probe, torch_rng, 3, 1, scale=2.0)
    same_gradients(submission, critic, *a_batch(torch_rng, 5, 3), 10.0)


@points("1/2")
@title(en="A gradient of 0", ru="Нулевой градиент")
@hint(
    en="Where the gradient is 0 its norm has no derivative, and the root of a sum of squares makes NaN of it; the norm "
    "of PyTorch does not.",
    ru="В нуле у нормы нет производной, и корень из суммы квадратов даёт там NaN, а норма из PyTorch — нет.",
)
def test_flat_critic(submission, probe, torch_rng):
    critic = sequence_twins(probe.nn, (("Linear", 3, 1),), torch_rng, values={"0.weight": torch.zeros(1, 3)})
    same_gradients(submission, critic, *a_batch(torch_rng, 5, 3), 10.0)


@points("1/2")
@title(en="Nothing is left in .grad", ru="В .grad ничего не остаётся")
@hint(
    en="backward() inside of the loss adds to the gradients of the parameters; torch.autograd.grad does not.",
    ru="backward() внутри функции потерь прибавляет к градиентам параметров, а torch.autograd.grad — нет.",
)
def test_nothing_is_left(submission, probe, torch_rng):
    critic = a_network(probe, torch_rng, 3, 1)
    submission.critic_loss(critic.made, *a_batch(torch_rng, 5, 3), 10.0)
    assert all(value is None for value in gradients(critic.made).values()), "the critic's parameters have gradients"
