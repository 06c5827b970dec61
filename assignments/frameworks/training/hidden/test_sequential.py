"""The hidden suite of the network for images."""

import torch

from grader.testing import assert_array, assert_close, assert_law, hint, points, set_state, state, title
from grader.testing.inputs import randn
from reference.frameworks.training.image_net import image_net

from .shared import check_state, values_like


def shapes(classes):
    return {
        "0.weight": (16, 3, 3, 3),
        "0.bias": (16,),
        "3.weight": (32, 16, 3, 3),
        "3.bias": (32,),
        "7.weight": (classes, 2048),
        "7.bias": (classes,),
    }


def same_outputs(submission, classes, n, torch_rng):
    expected = image_net(classes).double()
    values = values_like(expected, torch_rng, 0.2)
    model = submission.image_net(classes).double()
    set_state(model, values)
    X = randn(torch_rng, n, 3, 32, 32)
    assert_close(model(X), expected(X).detach(), rtol=1e-7, atol=1e-9, what="outputs")


@points("1/2")
@title(en="image_net: parameters", ru="image_net: параметры")
@hint(
    en="Eight layers in one nn.Sequential, numbered from 0; each pooling halves the side of the image: 32, 16, 8.",
    ru="Восемь слоёв в одном nn.Sequential с номерами от 0; каждый пулинг вдвое уменьшает сторону картинки: 32, 16, 8.",
)
def test_image_net_parameters(submission):
    check_state(state(submission.image_net()), shapes(10))
    check_state(state(submission.image_net(7)), shapes(7))


@title(en="image_net: outputs", ru="image_net: выходы")
@hint(
    en="With padding=1 a kernel of 3 keeps the size. The outputs are logits: nothing follows the linear layer.",
    ru="Ядро 3 с padding=1 сохраняет размер. Выходы — логиты: после линейного слоя ничего нет.",
)
def test_image_net_outputs(submission, torch_rng):
    same_outputs(submission, 10, 3, torch_rng)
    same_outputs(submission, 4, 2, torch_rng)


@points("1/4")
@title(en="image_net: first values", ru="image_net: начальные значения")
@hint(
    en="Leave the parameters as PyTorch makes them: random, and others in the next network.",
    ru="Оставьте параметры такими, какими их создаёт PyTorch: случайными, в каждой новой сети другими.",
)
def test_image_net_first_values(submission):
    """PyTorch draws the weights uniformly, between plus and minus the root of 1 / (inputs of a unit)."""
    one, other = state(submission.image_net()), state(submission.image_net())
    for name in ("0.weight", "3.weight", "7.weight"):
        weight = assert_array(one.get(name), shape=shapes(10)[name], what=name)
        units = weight.flatten() * weight[0].numel() ** 0.5
        assert_law((units + 1) / 2, what=f"{name} is not as PyTorch makes it")
        assert not torch.equal(weight, other.get(name)), f"{name} is the same in the next network"


@points("1/4")
@title(en="image_net: one image, one class", ru="image_net: одна картинка, один класс")
@hint(
    en="Flatten keeps the axis of objects, also where there is one object.",
    ru="Flatten сохраняет ось объектов, даже если объект один.",
)
def test_image_net_of_one(submission, torch_rng):
    same_outputs(submission, 10, 1, torch_rng)
    same_outputs(submission, 1, 2, torch_rng)
