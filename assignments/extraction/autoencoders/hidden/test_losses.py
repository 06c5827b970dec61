"""The hidden suite of the four losses, on models of the suite's own."""

import torch

from grader.testing import assert_equal, each, hint, points, set_state, title
from grader.testing.inputs import randn
from reference.extraction.autoencoders import losses

from .shared import DOUBLE, coders, same_gradients, same_loss, scaled, some_objects


@points("3/2")
@title(en="restoration", ru="restoration: потери восстановления")
@hint(
    en="A Euclidean norm for each object, not its square, and then the mean over objects; gradients go through it.",
    ru="Для каждого объекта — евклидова норма, а не её квадрат, затем среднее по объектам; через всё идёт градиент.",
)
def test_restoration(submission, probe, torch_rng):
    pair = coders(probe, torch_rng)
    for count in (1, 7):
        x = some_objects(torch_rng, count)
        same_loss(submission.restoration, losses.restoration, pair, x)
    same_gradients(submission.restoration, losses.restoration, pair, x)


@points(2)
@title(en="sparse_loss", ru="sparse_loss: потери разреженного автокодировщика")
@hint(
    en="The penalty is on codes, not on weights: absolute values are added along a code, then the mean over objects.",
    ru="Штраф — на коды, а не на веса: модули складываются вдоль кода, затем среднее по объектам.",
)
def test_sparse(submission, probe, torch_rng):
    pair = coders(probe, torch_rng)
    for count, tau in ((1, 2.0), (7, 0.3), (4, 0)):
        same_loss(submission.sparse_loss, losses.sparse_loss, pair, some_objects(torch_rng, count), tau)
    same_gradients(submission.sparse_loss, losses.sparse_loss, pair, some_objects(torch_rng), 0.7)


@points(2)
@title(en="denoising_loss", ru="denoising_loss: потери шумоподавляющего автокодировщика")
@hint(
    en="The network sees x + noise, the result is compared with x; the noise is the given one, added once, "
    "in both modes of the model.",
    ru="Сеть видит x + noise, а результат сравнивается с x; шум — ровно переданный и прибавлен один раз, "
    "в любом режиме модели.",
)
def test_denoising(submission, probe, torch_rng):
    pair = coders(probe, torch_rng)
    for count, deviation in ((1, 1.0), (7, 0.4), (5, 0.0)):
        x, noise = some_objects(torch_rng, count), deviation * randn(torch_rng, count, 5)
        same_loss(submission.denoising_loss, losses.denoising_loss, pair, x, noise)
    pair.made.eval()
    x, noise = some_objects(torch_rng), randn(torch_rng, 7, 5)
    same_loss(submission.denoising_loss, losses.denoising_loss, pair, x, noise)
    same_gradients(submission.denoising_loss, losses.denoising_loss, pair, x, noise)


def encoders(probe, torch_rng):
    """Encoders of several kinds and depths; a code may be longer than an object."""
    for encoder, decoder in (
        ((("Linear", 5, 2),), (("Linear", 2, 5),)),
        ((("Linear", 5, 6), ("Sigmoid",), ("Linear", 6, 4), ("Softplus",), ("Linear", 4, 3)), (("Linear", 3, 5),)),
        ((("Linear", 3, 8), ("ReLU",), ("Linear", 8, 6), ("Tanh",)), (("Linear", 6, 3),)),
    ):
        yield scaled(coders(probe, torch_rng, encoder, decoder), 1.5), encoder[0][1]


@points(2)
@title(en="contractive_loss: values", ru="contractive_loss: значения")
@hint(
    en="All squares of all derivatives of an object's code by that object are added; the mean is over objects alone. "
    "The encoder may be of any depth.",
    ru="Складываются квадраты всех производных кода объекта по самому объекту; среднее — только по объектам. "
    "Кодировщик бывает любой глубины.",
)
def test_contractive(submission, probe, torch_rng):
    for (pair, features), count, lam in zip(encoders(probe, torch_rng), (6, 4, 1), (0.4, 2.0, 1), strict=True):
        same_loss(
            submission.contractive_loss, losses.contractive_loss, pair, some_objects(torch_rng, count, features), lam
        )


@points("3/2")
@title(en="contractive_loss: gradients", ru="contractive_loss: градиенты")
@hint(
    en="The norm of the Jacobian depends on the parameters too: its graph has to be kept (create_graph).",
    ru="Норма якобиана тоже зависит от параметров: его граф вычислений надо сохранить (create_graph).",
)
def test_contractive_gradients(submission, probe, torch_rng):
    same_gradients(
        submission.contractive_loss, losses.contractive_loss, coders(probe, torch_rng), some_objects(torch_rng), 0.8
    )


@points("1/2")
@title(en="contractive_loss leaves nothing behind", ru="contractive_loss ничего не оставляет после себя")
@hint(
    en="backward() adds to the gradients of all parameters, torch.autograd.grad does not; x.requires_grad_() changes "
    "the caller's tensor.",
    ru="backward() прибавляет к градиентам всех параметров, torch.autograd.grad — нет; x.requires_grad_() меняет "
    "чужой тензор.",
)
def test_traces(submission, probe, torch_rng):
    found = probe.traces(submission.contractive_loss, coders(probe, torch_rng).made, some_objects(torch_rng), 0.5)
    assert_equal(found, (False, []), what="(x wants gradients, parameters with gradients)")


FURTHER = {"restoration": (), "sparse_loss": (0.5,), "denoising_loss": (torch.zeros(4, 3, dtype=DOUBLE),)}
FURTHER["contractive_loss"] = (0.5,)


@each(
    tuple(FURTHER),
    worth="1/4",
    en="{name}: an object that is restored exactly",
    ru="{name}: объект, восстановленный точно",
)
@hint(
    en="The derivative of a square root at 0 is infinite, and infinity times 0 is NaN; the gradient of this distance "
    "is 0 by the statement, and so is the distance itself.",
    ru="Производная корня в нуле бесконечна, а бесконечность на ноль — это NaN; по условию градиент такого расстояния "
    "равен 0, как и само расстояние.",
)
def test_restored_exactly(submission, probe, torch_rng, name):
    """The third feature is lost, and the two others are restored as they were."""
    pair = coders(probe, torch_rng, (("Linear", 3, 2),), (("Linear", 2, 3),))
    eye = torch.eye(3, dtype=DOUBLE)
    values = {"encoder.0.weight": eye[:2], "encoder.0.bias": 0 * eye[0, :2]}
    values |= {"decoder.0.weight": eye[:, :2], "decoder.0.bias": 0 * eye[0]}
    pair.expected.load_state_dict(values)
    set_state(pair.made, values)
    x = some_objects(torch_rng, 4, 3)
    x[:2, 2] = 0.0
    same_loss(getattr(submission, name), getattr(losses, name), pair, x, *FURTHER[name])
    same_gradients(getattr(submission, name), getattr(losses, name), pair, x, *FURTHER[name])
