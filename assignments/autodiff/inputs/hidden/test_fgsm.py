"""The hidden suite of gradients on the input: adversarial examples."""

import torch
from torch import nn

from grader.testing import assert_array, assert_close, assert_equal, hint, points, title
from grader.testing.inputs import randn
from reference.autodiff.inputs.adversarial import fgsm

from .shared import DOUBLE, left_as_it_was, twins

CLASSIFIER = (("Linear", 4, 8), ("Tanh",), ("Linear", 8, 3))
PICTURES = (("Conv2d", 1, 3, 3), ("Tanh",), ("Flatten",), ("Linear", 12, 2))
LINEAR = (("Linear", 4, 3),)


def classes(torch_rng, count, of=3):
    return torch.randint(of, (count,), generator=torch_rng)


def near(found, expected, what="x'"):
    assert_close(found, expected, rtol=1e-12, atol=1e-14, what=what)


@title(en="A step by the sign of the gradient", ru="Шаг по знаку градиента")
@hint(
    en="The gradient of the loss by x, not by the parameters; its sign times eps is added.",
    ru="Нужен градиент потерь по x, а не по параметрам; прибавляется его знак, умноженный на eps.",
)
def test_fgsm(submission, probe, torch_rng):
    for eps in (0.03, 1.5):
        inside, here = twins(probe, CLASSIFIER, torch_rng)
        x, y = randn(torch_rng, 7, 4), classes(torch_rng, 7)
        found = submission.fgsm(inside, probe.nn.CrossEntropyLoss(), x, y, eps)
        near(found, fgsm(here, nn.CrossEntropyLoss(), x, y, eps))
        inside, here = twins(probe, PICTURES, torch_rng)
        x, y = randn(torch_rng, 3, 1, 4, 4), randn(torch_rng, 3, 2)
        found = submission.fgsm(inside, probe.nn.MSELoss(), x, y, eps)
        near(found, fgsm(here, nn.MSELoss(), x, y, eps))
    single = submission.fgsm(inside.float(), probe.nn.MSELoss(), x.float(), y.float(), 0.1)
    assert_array(single, shape=(3, 1, 4, 4), kind="float", what="x' in single precision")
    assert_equal(str(single.dtype), "torch.float32", what="type of numbers for x in single precision")


@title(en="One object", ru="Один объект")
@hint(
    en="squeeze() loses the axis of objects when there is one.", ru="squeeze() теряет ось объектов, когда объект один."
)
def test_fgsm_of_one(submission, probe, torch_rng):
    inside, here = twins(probe, CLASSIFIER, torch_rng)
    x, y = randn(torch_rng, 1, 4), classes(torch_rng, 1)
    found = submission.fgsm(inside, probe.nn.CrossEntropyLoss(), x, y, 0.2)
    near(found, fgsm(here, nn.CrossEntropyLoss(), x, y, 0.2))
    inside, here = twins(probe, PICTURES, torch_rng)
    x, y = randn(torch_rng, 1, 1, 4, 4), randn(torch_rng, 1, 2)
    found = submission.fgsm(inside, probe.nn.MSELoss(), x, y, 1)
    near(found, fgsm(here, nn.MSELoss(), x, y, 1))


@title(en="How far the step goes, and what it is good for", ru="Длина шага и его смысл")
@hint(
    en="No entry moves by more than eps. A loss that is convex in x cannot fall: check the sign.",
    ru="Ни один элемент не сдвигается больше чем на eps. Выпуклые по x потери не могут уменьшиться: проверьте знак.",
)
def test_loss_does_not_fall(submission, probe, torch_rng):
    inside, here = twins(probe, LINEAR, torch_rng)
    x, y = randn(torch_rng, 6, 4), classes(torch_rng, 6)
    each = nn.CrossEntropyLoss(reduction="none")
    for eps in (0.01, 0.5, 20.0):
        found = submission.fgsm(inside, probe.nn.CrossEntropyLoss(), x, y, eps)
        moved = float((assert_array(found, shape=(6, 4), kind="float", what="x'") - x).abs().max())
        assert moved <= eps * (1 + 1e-9), f"an entry has moved by {moved:.3g}, more than eps = {eps}"
        lost = float((each(here(x), y) - each(here(found), y)).max())
        assert lost < 1e-12, f"the loss of an object has fallen by {lost:.3g}"


@points(2)
@title(en="The walls of the box", ru="Границы допустимых значений")
@hint(
    en="Cut off at the end. A wall at 0 is a wall too, and there may be one without the other.",
    ru="Обрезайте в конце. Граница 0 — тоже граница, и одна может быть без другой.",
)
def test_box(submission, probe, torch_rng):
    inside, here = twins(probe, CLASSIFIER, torch_rng)
    x, y = torch.rand((8, 4), generator=torch_rng, dtype=DOUBLE), classes(torch_rng, 8)
    loss = probe.nn.CrossEntropyLoss()
    for walls in ({"low": 0.0, "high": 1.0}, {"low": 0.0}, {"high": 1.0}, {"low": -0.1, "high": 1}):
        near(submission.fgsm(inside, loss, x, y, 0.4, **walls), fgsm(here, nn.CrossEntropyLoss(), x, y, 0.4, **walls))
    level = torch.full_like(x, 0.5)
    near(submission.fgsm(inside, loss, level, y, 0.4, low=0.5, high=0.5), level, "x' in a box of one point")


@title(en="Towards an answer that is wanted", ru="К желаемому ответу")
@hint(
    en="With targeted=True the loss for y shall fall: the same step, the other way, and cut off as well.",
    ru="При targeted=True потери для y должны уменьшиться: тот же шаг в обратную сторону, и так же с обрезкой.",
)
def test_targeted(submission, probe, torch_rng):
    inside, here = twins(probe, CLASSIFIER, torch_rng)
    x, y = randn(torch_rng, 8, 4).clamp(-2, 2), classes(torch_rng, 8)
    loss = probe.nn.CrossEntropyLoss()
    for walls in ({}, {"low": -2.0, "high": 2.0}):
        expected = fgsm(here, nn.CrossEntropyLoss(), x, y, 0.3, targeted=True, **walls)
        near(submission.fgsm(inside, loss, x, y, 0.3, targeted=True, **walls), expected)


@title(en="Entries that do not matter, and no step at all", ru="Элементы, от которых ничего не зависит, и нулевой шаг")
@hint(en="sign(0) is 0; eps may be 0.", ru="sign(0) равен 0; eps может быть равно 0.")
def test_zero(submission, probe, torch_rng):
    weight = randn(torch_rng, 3, 4)
    weight[:, 2] = 0.0
    inside, here = twins(probe, LINEAR, torch_rng, **{"0.weight": weight})
    x, y = randn(torch_rng, 5, 4), classes(torch_rng, 5)
    found = submission.fgsm(inside, probe.nn.CrossEntropyLoss(), x, y, 0.7)
    near(found, fgsm(here, nn.CrossEntropyLoss(), x, y, 0.7))
    assert_equal(found[:, 2], x[:, 2], what="entries that the loss does not depend on")
    assert_equal(submission.fgsm(inside, probe.nn.CrossEntropyLoss(), x, y, 0.0), x, what="x' for eps = 0")


@points("1/6")
@title(en="The attacked network is left as it was", ru="Атакуемая сеть остаётся такой же, как была")
@hint(
    en="backward() leaves gradients in all parameters; torch.autograd.grad by x leaves none.",
    ru="backward() оставляет градиенты во всех параметрах; torch.autograd.grad по x — нет.",
)
def test_fgsm_leaves(submission, probe, torch_rng):
    inside, here = twins(probe, CLASSIFIER, torch_rng)
    x, y = randn(torch_rng, 5, 4), classes(torch_rng, 5)
    for targeted in (False, True):
        submission.fgsm(inside, probe.nn.CrossEntropyLoss(), x, y, 0.1, low=-9.0, high=9.0, targeted=targeted)
        left_as_it_was(probe, inside, here)
