"""The hidden suite of the radial layer."""

import math

import torch

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    assert_law,
    hint,
    parameters,
    points,
    set_state,
    state,
    title,
    vjp,
)
from grader.testing.inputs import randn
from reference.frameworks.training.radial import Radial

from .shared import check_state, own_draws, seed_of, values_like


def twins(submission, n_in, n_out, torch_rng):
    """The student's layer and the reference's, in double precision, with the same random parameters."""
    expected = Radial(n_in, n_out).double()
    values = values_like(expected, torch_rng, 0.7)
    layer = submission.Radial(n_in, n_out).double()
    set_state(layer, values)
    return layer, expected


@points("1/2")
@title(en="Radial: parameters and buffer", ru="Radial: параметры и буфер")
@hint(
    en="nn.Parameter makes a parameter, register_buffer a buffer; a plain tensor is not kept in state_dict at all. "
    "seen is an int64 tensor without axes.",
    ru="Параметр создаёт nn.Parameter, буфер — register_buffer; обычный тензор в state_dict не попадает вовсе. seen — "
    "тензор int64 без осей.",
)
def test_radial_state(submission):
    layer = submission.Radial(5, 3)
    check_state(state(layer), {"centers": (3, 5), "log_gamma": (3,), "seen": ()})
    assert_equal(sorted(parameters(layer)), ["centers", "log_gamma"], what="names of the parameters")


@points("1/2")
@title(en="Radial: first values", ru="Radial: начальные значения")
@hint(
    en="Centres are normal with deviation 1, each from a draw of its own from rng (from PyTorch's own generator where "
    "rng is None); log_gamma is zero.",
    ru="Центры нормальны с отклонением 1, каждое число — новое случайное из rng (при rng=None — из собственного "
    "генератора PyTorch); log_gamma — нули.",
)
def test_radial_first_values(submission, probe, torch_rng):
    seed, own = seed_of(torch_rng), seed_of(torch_rng)

    def made(seed, own):
        one, second, drawn = probe.first_values(submission.Radial, (40, 30), seed, own)
        for found in (one, second):
            assert type(found) is dict, "the parameters must be named"
            check_state(found, {"centers": (30, 40), "log_gamma": (30,)})
            assert_equal(found["log_gamma"], torch.zeros(30), what="log_gamma")
        return one["centers"], second["centers"], assert_array(drawn, shape=(3,), what="PyTorch's own numbers")

    one, second, drawn = made(seed, own)
    assert_law(one.flatten(), lambda value: 0.5 * math.erfc(-value / math.sqrt(2)), what="centers are not normal")
    assert not torch.equal(one, second), "centers are the same in the next module"
    assert_equal(drawn, own_draws(own), what="numbers of PyTorch's own generator, where another one is given")
    assert_equal(made(seed, own + 1)[0], one, what="centers from the same generator again")
    assert not torch.equal(made(seed + 1, own)[0], one), "centers do not depend on the generator"
    one, second, _ = made(None, own)
    assert not torch.equal(one, second), "centers are the same in the next module without a generator"


@points("3/2")
@title(en="Radial: values", ru="Radial: значения")
@hint(
    en="The squared distance to centre j times e to the log_gamma of j, and exp of minus that.",
    ru="Квадрат расстояния до центра j умножается на e в степени log_gamma этого центра; ответ — exp от минус этого.",
)
def test_radial_values(submission, torch_rng):
    for n, n_in, n_out in ((5, 3, 4), (4, 2, 6), (7, 5, 2)):
        layer, expected = twins(submission, n_in, n_out, torch_rng)
        x = randn(torch_rng, n, n_in)
        assert_close(layer(x), expected(x).detach(), rtol=1e-7, atol=1e-12, what="values")


@points("1/2")
@title(en="Radial: one object, one feature, one centre; float32", ru="Radial: один объект, признак, центр; float32")
@hint(
    en="squeeze() loses an axis of length 1; the result has the type of numbers of x and of the parameters.",
    ru="squeeze() теряет ось длины 1; тип чисел в ответе тот же, что у x и параметров.",
)
def test_radial_of_one(submission, torch_rng):
    for n, n_in, n_out in ((1, 3, 4), (5, 1, 4), (5, 3, 1), (1, 1, 1)):
        layer, expected = twins(submission, n_in, n_out, torch_rng)
        x = randn(torch_rng, n, n_in)
        assert_close(layer(x), expected(x).detach(), rtol=1e-7, atol=1e-12, what="values")
    layer, x = submission.Radial(2, 3), randn(torch_rng, 4, 2).float()
    found = assert_array(layer(x), shape=(4, 3), kind="float", what="values")
    assert found.dtype is torch.float32, f"float32 has become {found.dtype}"


@title(en="Radial: objects that it has seen", ru="Radial: счётчик объектов")
@hint(
    en="In training mode each call adds the number of objects to the buffer; in evaluation mode none. The count goes "
    "on from what was loaded.",
    ru="В режиме обучения каждый вызов прибавляет к буферу число объектов, в режиме eval — ничего. Счёт продолжается "
    "с загруженного значения.",
)
def test_radial_counts(submission, torch_rng):
    layer = submission.Radial(2, 3)

    def seen_after(n):
        layer(torch.zeros(n, 2))
        return state(layer).get("seen")

    assert_equal([seen_after(4), seen_after(1)], [torch.tensor(4), torch.tensor(5)], what="seen after 4 and 1 objects")
    layer.eval()
    assert_equal(seen_after(7), torch.tensor(5), what="seen after 7 objects in evaluation mode")
    layer.train()
    set_state(layer, {"seen": torch.tensor(100)})
    assert_equal(seen_after(2), torch.tensor(102), what="seen after 100 was loaded and 2 objects came")


def same_gradients(layer, expected, x, torch_rng):
    cotangent = randn(torch_rng, len(x), len(expected.log_gamma))
    found = vjp(layer, (x,), cotangent, parameters=layer)
    leaf = x.clone().requires_grad_()
    (expected(leaf) * cotangent).sum().backward()
    assert_close(found.gradients, (leaf.grad,), rtol=1e-6, atol=1e-10, what="gradient by x")
    wanted = {name: value.grad for name, value in expected.named_parameters()}
    assert_close(found.parameters, wanted, rtol=1e-6, atol=1e-10, what="gradients by parameters")


@title(en="Radial: gradients", ru="Radial: градиенты")
@hint(
    en="Centres and log_gamma are to be trained, and the layer may stand behind others: .data, detach and no_grad cut "
    "the way back.",
    ru="Центры и log_gamma должны обучаться, а перед слоем могут стоять другие: .data, detach и no_grad обрывают "
    "обратный проход.",
)
def test_radial_gradients(submission, torch_rng):
    for n, n_in, n_out in ((5, 3, 4), (1, 1, 1)):
        layer, expected = twins(submission, n_in, n_out, torch_rng)
        same_gradients(layer, expected, randn(torch_rng, n, n_in), torch_rng)


@points("1/2")
@title(en="Radial: an object at a centre", ru="Radial: объект в самом центре")
@hint(
    en="The root has no derivative at 0, and infinity times 0 is NaN: the squared distance needs no root.",
    ru="У корня в нуле нет производной, а бесконечность на ноль — NaN: квадрату расстояния корень не нужен.",
)
def test_radial_at_a_centre(submission, torch_rng):
    layer, expected = twins(submission, 3, 4, torch_rng)
    x = randn(torch_rng, 5, 3)
    x[2] = expected.centers.detach()[1]
    same_gradients(layer, expected, x, torch_rng)
