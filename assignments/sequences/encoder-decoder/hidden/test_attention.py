"""The hidden suite of attention."""

import torch

from grader.testing import assert_close, assert_equal, assert_refused, call_unchanged, each, hint, points, title, vjp
from grader.testing.inputs import randn
from grader.testing.twins import (
    assert_first_values,
    assert_parameters,
    assert_same_gradients,
    assert_same_output,
    twins,
)
from reference.sequences.translation.attention import Additive, attend

NAMES = ("attend", "Additive")
SIZES = {"attend": (3, 3), "Additive": (3, 4)}  # how long a state of the decoder and of the encoder is


def with_sizes(made, name, torch_rng, k, m):
    """What looks at states (k and m long): the student's function or module, the reference's with its parameters."""
    if name == "attend":
        return made, attend
    pair = twins(made(k, m, 5), Additive(k, m, 5), torch_rng)
    return pair.made, pair.expected


def inputs(torch_rng, b, t, k, m, allowed=0.6):
    """A state, states, and a mask with at least one True in each row."""
    mask = torch.rand(b, t, generator=torch_rng) < allowed
    mask[torch.arange(b), torch.randint(t, (b,), generator=torch_rng)] = True
    return randn(torch_rng, b, k), randn(torch_rng, b, t, m), mask


def same(found, expected):
    """Contexts and weights are these."""
    assert isinstance(found, tuple), "a pair (context, weights) is to be returned"
    assert len(found) == 2, "a pair (context, weights) is to be returned"
    assert_close(found[1], expected[1].detach(), rtol=1e-8, atol=1e-10, what="weights")
    assert_close(found[0], expected[0].detach(), rtol=1e-8, atol=1e-10, what="context")


@points("3/2")
@title(en="attend: weights and context", ru="attend: веса и контекст")
@hint(
    en="A score for each position, softmax over the positions of one object, then the sum of the states with these "
    "weights. The scores are not divided by anything.",
    ru="Оценка для каждой позиции, softmax по позициям одного объекта, затем сумма состояний с этими весами. Оценки ни "
    "на что не делятся.",
)
def test_attend(submission, torch_rng):
    for b, t, k in ((4, 5, 3), (3, 3, 3), (2, 6, 9)):
        state, states, _ = inputs(torch_rng, b, t, k, k)
        same(submission.attend(state, states), attend(state, states))


@points("1/4")
@title(en="Additive: parameters", ru="Additive: параметры")
@hint(
    en="W, U and v are nn.Parameter and there are no others: W meets state, U meets states.",
    ru="W, U и v — это nn.Parameter, других нет: W умножается на state, U — на states.",
)
def test_additive_parameters(submission):
    assert_parameters(submission.Additive(3, 4, 5), {"W": (5, 3), "U": (5, 4), "v": (5,)})


@points("1/2")
@title(en="Additive: first values", ru="Additive: начальные значения")
@hint(
    en="Uniform within 1/sqrt(size), each value drawn from rng, or from PyTorch's own generator where it is None.",
    ru="Равномерные в пределах 1/sqrt(size); каждое значение берётся из rng, а при None — из генератора PyTorch.",
)
def test_additive_first_values(submission, torch_rng):
    assert_first_values(lambda rng: submission.Additive(9, 7, 100, rng=rng), torch_rng, 1 / 10)


@title(en="Additive: weights and context", ru="Additive: веса и контекст")
@hint(
    en="tanh stands around the sum of both products, v outside of it. The context is as long as an encoder's state.",
    ru="tanh берётся от суммы двух произведений, v стоит снаружи. Длина контекста — как у состояния кодировщика.",
)
def test_additive(submission, torch_rng):
    for b, t, k, m, size in ((4, 5, 3, 4, 6), (3, 3, 3, 3, 3)):
        pair = twins(submission.Additive(k, m, size), Additive(k, m, size), torch_rng, scale=2.0)
        assert_same_output(pair, *inputs(torch_rng, b, t, k, m)[:2], what="context and weights")


@each(NAMES, worth="3/4", en="A mask: {name}", ru="Маска: {name}")
@hint(
    en="True means that one may look. Masked positions leave before the softmax: their weight is 0 exactly, "
    "however large their score is, and the weights of the others sum to 1.",
    ru="True — смотреть можно. Закрытые позиции исключаются до softmax: их вес в точности 0, как ни велика оценка, а "
    "веса остальных в сумме дают 1.",
)
def test_mask(submission, torch_rng, name):
    made, expected = with_sizes(getattr(submission, name), name, torch_rng, *SIZES[name])
    for b, t in ((4, 6), (5, 2)):
        state, states, mask = inputs(torch_rng, b, t, *SIZES[name])
        same(made(state, states, mask), expected(state, states, mask))
        same(made(state, states, torch.ones_like(mask)), expected(state, states))
        other = torch.where(mask[:, :, None], states, 1e4 * randn(torch_rng, *states.shape))
        assert_equal(made(state, other, mask), made(state, states, mask), what="the result when masked states change")


@each(NAMES, worth="1/4", en="Nothing to look at: {name}", ru="Смотреть некуда: {name}")
@hint(
    en="Softmax over nothing but minus infinity is NaN. Such an object has zeros; the others are as ever. A NaN that "
    "is replaced afterwards may come back in the gradients.",
    ru="Softmax от одних минус бесконечностей — NaN. У такого объекта нули; остальные считаются как обычно. Если NaN "
    "заменить потом, он может вернуться в градиентах.",
)
def test_nothing_to_look_at(submission, torch_rng, name):
    made, expected = with_sizes(getattr(submission, name), name, torch_rng, *SIZES[name])
    state, states, mask = inputs(torch_rng, 4, 3, *SIZES[name])
    mask[torch.randint(4, (1,), generator=torch_rng)] = False
    same(made(state, states, mask), expected(state, states, mask))
    nothing = torch.zeros_like(mask)
    same(made(state, states, nothing), expected(state, states, nothing))
    weights = tuple(randn(torch_rng, *value.shape) for value in expected(state, states, mask))
    found = vjp(made, (state, states, mask), weights).gradients[:2]
    for what, gradient in zip(("state", "states"), found, strict=True):
        finite = gradient is None or bool(gradient.isfinite().all())
        assert finite, f"the gradient by {what} is not finite"


@points("1/4")
@title(en="attend: large scores", ru="attend: большие оценки")
@hint(
    en="exp of a large number is infinite; torch.softmax takes away the largest score first.",
    ru="exp большого числа — бесконечность; torch.softmax сначала вычитает наибольшую оценку.",
)
def test_large_scores(submission, torch_rng):
    state, states, _ = inputs(torch_rng, 4, 5, 3, 3)
    for sign in (100.0, -100.0):
        same(submission.attend(sign * state, 100 * states), attend(sign * state, 100 * states))


@points("1/4")
@title(
    en="attend: masked positions beside very low scores", ru="attend: скрытые позиции рядом с очень низкими оценками"
)
@hint(
    en="A number such as -1e10 in the place of a masked score may be above the others: minus infinity never is.",
    ru="Число вроде -1e10 на месте скрытой оценки может оказаться больше остальных, минус бесконечность — никогда.",
)
def test_low_scores(submission):
    low = torch.tensor([[1.0, 1.0]], dtype=torch.float64), torch.full((1, 3, 2), -1e10, dtype=torch.float64)
    mask = torch.tensor([[True, False, True]])
    same(submission.attend(*low, mask), attend(*low, mask))


@each(NAMES, worth="1/4", en="One object, one position, one number: {name}", ru="Один объект, позиция, число: {name}")
@hint(
    en="squeeze() loses axes of length 1; they all stay.",
    ru="squeeze() теряет оси длины 1, а они должны остаться.",
)
def test_of_one(submission, torch_rng, name):
    for b, t, k in ((1, 4, 3), (4, 1, 3), (3, 4, 1), (1, 1, 1)):
        state, states, mask = inputs(torch_rng, b, t, k, k)
        made, expected = with_sizes(getattr(submission, name), name, torch_rng, k, k)
        same(made(state, states, mask), expected(state, states, mask))


@points("1/2")
@title(en="attend: gradients", ru="attend: градиенты")
@hint(
    en="The gradient reaches the states by two ways, through the weights and through the sum; masked ones get 0.",
    ru="До состояний градиент идёт двумя путями, через веса и через сумму; у закрытых позиций он равен 0.",
)
def test_attend_gradients(submission, torch_rng):
    state, states, mask = inputs(torch_rng, 4, 5, 3, 3)
    places = state.clone().requires_grad_(), states.clone().requires_grad_()
    out = attend(*places, mask)
    weights = tuple(randn(torch_rng, *value.shape) for value in out)
    wanted = torch.autograd.grad(sum((value * w).sum() for value, w in zip(out, weights, strict=True)), places)
    found = vjp(submission.attend, (state, states, mask), weights)
    for what, gradient, expected in zip(("state", "states"), found.gradients[:2], wanted, strict=True):
        assert gradient is not None, f"no gradient reaches {what}"
        assert_close(gradient, expected, rtol=1e-7, atol=1e-9, what=f"gradient by {what}")


@points("1/2")
@title(en="Additive: gradients", ru="Additive: градиенты")
@hint(
    en="detach and .data cut the way back to the parameters, to the state or to the states.",
    ru="detach и .data обрывают обратный путь к параметрам, к state или к states.",
)
def test_additive_gradients(submission, torch_rng):
    pair = twins(submission.Additive(3, 4, 5), Additive(3, 4, 5), torch_rng)
    assert_same_gradients(pair, *inputs(torch_rng, 3, 5, 3, 4), torch_rng=torch_rng)


@each(NAMES, worth="1/4", en="Wrong shapes are refused: {name}", ru="Неверные формы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name; a mask of other objects or positions is not stretched.",
    ru="ValueError с именем аргумента; маска другой формы не растягивается.",
)
def test_attention_refuses(submission, name):
    (k, m), made = SIZES[name], getattr(submission, name)
    if name == "Additive":
        for place, size in enumerate(("k", "m", "size")):
            assert_refused(size, made, *(0 if place == other else 2 for other in range(3)))
        made = made(k, m, 5)
    states, mask = torch.ones(2, 4, m), torch.ones(2, 4, dtype=torch.bool)
    for shape in ((2, k + 1), (1, k), (k,)):
        assert_refused("state", made, torch.ones(shape), states)
    for bad in (mask[:1], mask[:, :3], mask[0]):
        assert_refused("mask", made, torch.ones(2, k), states, bad)


@each(NAMES, worth="1/8", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="Operations that end in an underscore, and +=, *= on tensors, write into what the caller gave.",
    ru="Операции с подчёркиванием на конце, а также += и *= пишут прямо в тензоры вызывающего.",
)
def test_attention_unchanged(submission, torch_rng, name):
    made, _ = with_sizes(getattr(submission, name), name, torch_rng, *SIZES[name])
    state, states, mask = inputs(torch_rng, 3, 4, *SIZES[name])
    mask[0] = False
    call_unchanged(made, state, states, mask)
