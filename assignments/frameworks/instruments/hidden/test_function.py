"""The hidden suite of the function with a backward pass of its own."""

import itertools

import torch

from grader.testing import assert_close, assert_equal, hint, points, title, together
from grader.testing.inputs import randn

from .shared import arguments, plain

SIZES = ((4, 3, 2), (5, 2, 4), (3, 3, 3))


def close(actual, expected, what):
    assert_close(actual, expected, rtol=1e-9, atol=1e-11, what=what)


def own(is_own):
    assert is_own is True, "the result does not come from Bilinear.apply"


def slopes(tensors, scale, cotangent):
    leaves = [tensor.clone().requires_grad_() for tensor in tensors]
    return list(torch.autograd.grad(plain(*leaves, scale), leaves, cotangent))


@points(1)
@title(en="Values", ru="Значения")
@hint(
    en="Each row gives one number: multiply x W and z entry by entry, add up along the row, then scale; 1 by default.",
    ru="Каждая строка даёт одно число: перемножьте x W и z поэлементно, сложите вдоль строки, умножьте на scale "
    "(по умолчанию 1).",
)
def test_values(submission, torch_rng):
    for sizes in SIZES:
        tensors = arguments(torch_rng, *sizes)
        close(submission.bilinear(*tensors, -0.7), plain(*tensors, -0.7), "y")
        close(submission.bilinear(*tensors), plain(*tensors, 1.0), "y")


@points("1/2")
@title(en="One row, one column", ru="Одна строка, один столбец")
@hint(en="The result has the shape (n,), for n = 1 too.", ru="Результат имеет форму (n,), и при n = 1 тоже.")
def test_of_one(submission, torch_rng):
    for sizes in ((1, 3, 2), (4, 1, 2), (4, 3, 1), (1, 1, 1)):
        tensors = arguments(torch_rng, *sizes)
        close(submission.bilinear(*tensors, 2.0), plain(*tensors, 2.0), "y")


@points("1/2")
@title(en="Single precision stays", ru="Одинарная точность сохраняется")
@hint(en="float32 in, float32 out.", ru="На входе float32 — на выходе float32.")
def test_float32(submission, torch_rng):
    tensors = [tensor.float() for tensor in arguments(torch_rng, 4, 3, 2)]
    y = submission.bilinear(*tensors, 0.5)
    assert_close(y, plain(*tensors, 0.5), rtol=1e-4, atol=1e-5, what="y")
    assert_equal(str(y.dtype), "torch.float32", what="type of numbers in single precision")


@points("5/2")
@title(en="Gradients", ru="Градиенты")
@hint(
    en="Each gradient has the shape of its argument and holds both the gradient from above, row by row, and scale.",
    ru="Каждый градиент — той же формы, что его аргумент; в него входят и градиент сверху (построчно), и scale.",
)
def test_gradients(submission, probe, torch_rng):
    for sizes in SIZES:
        tensors, cotangent = arguments(torch_rng, *sizes), randn(torch_rng, sizes[0])
        _, found, is_own = probe.first(submission.Bilinear, tensors, -0.7, cotangent)
        own(is_own)
        close(found, slopes(tensors, -0.7, cotangent), "gradients by x, W, z")


@points("1/4")
@title(en="Gradients: one row, one column", ru="Градиенты: одна строка, один столбец")
@hint(
    en="Each gradient has exactly the shape of its argument: squeeze() loses an axis of length 1.",
    ru="Каждый градиент точно той же формы, что аргумент: squeeze() теряет оси длины 1.",
)
def test_gradients_of_one(submission, probe, torch_rng):
    for sizes in ((1, 3, 2), (4, 1, 2), (4, 3, 1), (1, 1, 1)):
        tensors, cotangent = arguments(torch_rng, *sizes), randn(torch_rng, sizes[0])
        _, found, is_own = probe.first(submission.Bilinear, tensors, 0.7, cotangent)
        own(is_own)
        close(found, slopes(tensors, 0.7, cotangent), "gradients by x, W, z")


@points(1)
@together("Bilinear", "bilinear", because="bilinear is the door of Bilinear")
@title(en="bilinear goes through Bilinear", ru="bilinear идёт через Bilinear")
@hint(
    en="bilinear checks its arguments and returns Bilinear.apply(x, W, z, scale).",
    ru="bilinear проверяет аргументы и возвращает Bilinear.apply(x, W, z, scale).",
)
def test_through(submission, probe, torch_rng):
    tensors, cotangent = arguments(torch_rng, 5, 3, 2), randn(torch_rng, 5)
    found, is_own = probe.through(submission.Bilinear, submission.bilinear, tensors, 1.7, cotangent)
    own(is_own)
    close(found, slopes(tensors, 1.7, cotangent), "gradients by x, W, z")


@points(1)
@title(en="Two calls before the backward pass", ru="Два вызова до обратного прохода")
@hint(
    en="What a call keeps for its backward pass belongs into its own ctx, not into the class or the module.",
    ru="То, что вызов хранит для обратного прохода, должно лежать в его собственном ctx, а не в классе и не в модуле.",
)
def test_two_calls(submission, probe, torch_rng):
    calls = [(arguments(torch_rng, 4, 3, 2), 0.5), (arguments(torch_rng, 4, 3, 2), -2.0)]
    cotangents = [randn(torch_rng, 4) for _ in calls]
    found, is_own = probe.two_calls(submission.Bilinear, calls, cotangents)
    own(is_own)
    expected = [slopes(*call, cotangent) for call, cotangent in zip(calls, cotangents, strict=True)]
    close(found, expected, "gradients of both calls")


@points("3/2")
@title(en="Differentiated twice", ru="Двойное дифференцирование")
@hint(
    en="backward must itself be made of operations that autograd sees: no .data, detach, numpy, once_differentiable.",
    ru="backward тоже должен состоять из операций, видимых autograd: без .data, detach, numpy и once_differentiable.",
)
def test_twice(submission, probe, torch_rng):
    tensors, cotangent = arguments(torch_rng, 4, 3, 2), randn(torch_rng, 4)
    weights = arguments(torch_rng, 4, 3, 2)
    found, is_own = probe.second(submission.Bilinear, tensors, 0.6, cotangent, weights)
    own(is_own)
    leaves = [tensor.clone().requires_grad_() for tensor in (*tensors, cotangent)]
    grads = torch.autograd.grad(plain(*leaves[:3], 0.6), leaves[:3], leaves[3], create_graph=True)
    total = sum((grad * weight).sum() for grad, weight in zip(grads, weights, strict=True))
    close(found, list(torch.autograd.grad(total, leaves)), "second gradients by x, W, z and the gradient from above")


@points("1/2")
@title(en="Only the gradients that are needed", ru="Только нужные градиенты")
@hint(
    en="ctx.needs_input_grad tells which arguments need a gradient; for the others nothing is computed: they, "
    "and scale, get None.",
    ru="ctx.needs_input_grad говорит, каким аргументам нужен градиент; для остальных ничего не вычисляется, и для них, "
    "как и для scale, возвращается None.",
)
def test_needed(submission, probe, torch_rng):
    tensors, calls = arguments(torch_rng, 4, 3, 2), {}
    for wanted in itertools.product((False, True), repeat=3):
        if any(wanted):
            found, calls[wanted] = probe.needed(submission.Bilinear, tensors, list(wanted), 0.5)
            assert_equal(found, [[*wanted, False]], what=f"what backward returns is not None; needed: {wanted}")
    everything = calls.pop((True, True, True))
    assert max(calls.values()) < everything, "backward computes as much where not all gradients are needed"


@points("1/4")
@title(en="An argument changed before the backward pass", ru="Аргумент изменён до обратного прохода")
@hint(
    en="ctx.save_for_backward notices a change in place before the backward pass; an attribute of ctx does not.",
    ru="ctx.save_for_backward замечает, что тензор изменили на месте до обратного прохода; атрибут ctx — нет.",
)
def test_changed_meanwhile(submission, probe, torch_rng):
    refused = probe.changed_meanwhile(submission.Bilinear, arguments(torch_rng, 4, 3, 2), 0.5)
    assert refused is True, "x was changed after the call, and backward went on with the new values"
