"""The hidden suite of the objective and of both players' losses."""

import torch

from grader.testing import assert_close, each, hint, points, title, vjp
from grader.testing.inputs import randn
from reference.generative.adversarial import losses

from .shared import DOUBLE

FAR = torch.tensor([[-1000.0, -60.0], [60.0, 1000.0], [-3.0, 40.0]], dtype=DOUBLE)


def logits(torch_rng):
    """Pairs (real, fake), of several shapes."""
    for real, fake in (((6,), (6,)), ((5, 1), (8, 1)), ((2, 1, 3, 3), (4,)), ((1,), (1, 1))):
        yield 3 * randn(torch_rng, *real), 3 * randn(torch_rng, *fake)


@points("1/2")
@title(en="The objective", ru="Целевая функция")
@hint(
    en="Two means, each over its own logits: log D for real objects, log(1 - D) for fakes.",
    ru="Два средних, каждое по своим логитам: log D для настоящих объектов, log(1 − D) для поддельных.",
)
def test_objective(submission, torch_rng):
    for real, fake in logits(torch_rng):
        assert_close(submission.objective(real, fake), losses.objective(real, fake), rtol=1e-7, what="objective")


@points("1/2")
@title(en="The discriminator's loss", ru="Функция потерь дискриминатора")
@hint(
    en="The discriminator makes the objective large, but an optimiser makes a loss small.",
    ru="Дискриминатор целевую функцию увеличивает, а оптимизатор функцию потерь уменьшает.",
)
def test_discriminator_loss(submission, torch_rng):
    for real, fake in logits(torch_rng):
        expected = losses.discriminator_loss(real, fake)
        assert_close(submission.discriminator_loss(real, fake), expected, rtol=1e-7, what="loss")


@points("1/2")
@title(en="The generator's loss", ru="Функция потерь генератора")
@hint(
    en="Without saturating it is the form of the lecture's note, with the sign of a loss: it falls when D(G(z)) grows.",
    ru="Без saturating — форма из примечания лекции со знаком функции потерь: чем больше D(G(z)), тем она меньше.",
)
def test_generator_loss(submission, torch_rng):
    for _, fake in logits(torch_rng):
        for found in (submission.generator_loss(fake), submission.generator_loss(fake, saturating=False)):
            assert_close(found, losses.generator_loss(fake), rtol=1e-7, what="loss")


@points("1/2")
@title(en="The generator's loss, saturating", ru="Насыщающаяся функция потерь генератора")
@hint(
    en="The part of the objective in which the generator stands, as it is: the generator's descent makes it small.",
    ru="Та часть целевой функции, в которую входит генератор, без изменений: генератор её уменьшает.",
)
def test_saturating_loss(submission, torch_rng):
    for _, fake in logits(torch_rng):
        expected = losses.generator_loss(fake, saturating=True)
        for found in (submission.generator_loss(fake, saturating=True), submission.generator_loss(fake, True)):
            assert_close(found, expected, rtol=1e-7, what="loss")


NAMES = ("objective", "discriminator_loss", "generator_loss")


def cases(name):
    """Arguments of one of the losses, with logits far from 0."""
    if name == "generator_loss":
        return ((FAR, False), (FAR, True), (-FAR[1], False), (FAR[1], True))
    return ((FAR, FAR), (FAR[0], FAR[1]), (FAR[1], FAR[0]))


@each(NAMES, worth="1/2", en="Logits far from 0: {name}", ru="Логиты, далёкие от нуля: {name}")
@hint(
    en="At a logit of 40 sigmoid is 1 in the computer, and the logarithm of 1 - D is lost. PyTorch can take the "
    "logarithm of sigmoid in one step.",
    ru="При логите 40 сигмоида в памяти компьютера равна 1, и логарифм от 1 − D теряется. PyTorch умеет брать логарифм "
    "сигмоиды за один шаг.",
)
def test_far(submission, name):
    for arguments in cases(name):
        expected = getattr(losses, name)(*arguments)
        assert_close(getattr(submission, name)(*arguments), expected, rtol=1e-7, atol=1e-12, what="value")


@each(NAMES, worth="1/2", en="Gradients by the logits: {name}", ru="Градиенты по логитам: {name}")
@hint(
    en="Near D = 0 the slope of the generator's loss by a logit is about -1/n in one form and nearly none in the other."
    " A bound such as clamp cuts the gradient off.",
    ru="Около D = 0 производная потерь генератора по логиту — примерно −1/n в одной форме и почти ноль в другой. "
    "Ограничение вроде clamp обрывает градиент.",
)
def test_gradients_of_losses(submission, torch_rng, name):
    near = [3 * randn(torch_rng, 4, 1)] * (1 if name == "generator_loss" else 2)
    for arguments in (*cases(name), near):
        leaves = [x.clone().requires_grad_() if isinstance(x, torch.Tensor) else x for x in arguments]
        getattr(losses, name)(*leaves).backward()
        expected = tuple(leaf.grad if isinstance(leaf, torch.Tensor) else None for leaf in leaves)
        found = vjp(getattr(submission, name), tuple(arguments), torch.tensor(1.0, dtype=DOUBLE)).gradients
        assert_close(found, expected, rtol=1e-6, atol=1e-10, what="gradients by the arguments")
