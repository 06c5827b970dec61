"""The hidden suite of the plain LSTM: cell, layer, gradients, training."""

import torch

from grader.testing import (
    assert_close,
    assert_equal,
    call_unchanged,
    depends,
    hint,
    parameters,
    points,
    title,
)
from reference.sequences.lstm import LSTM, LSTMCell
from reference.sequences.peephole import PeepholeLSTMCell

from .shared import DOUBLE, check_parameters, randn, refuse, same_gradients, same_layer, same_step, twin, twins


@title(en="The parameters of the cell and the layer", ru="Параметры ячейки и слоя")
@hint(
    en="Names and shapes are in the statement; only an nn.Parameter set on the module is registered.",
    ru="Имена и формы даны в условии; регистрируются только nn.Parameter, записанные в сам модуль.",
)
def test_parameters(submission):
    shapes = {"weight": (20, 8), "bias": (20,)}
    check_parameters(parameters(submission.LSTMCell(3, 5)), shapes)
    check_parameters(parameters(submission.LSTM(3, 5)), {f"cell.{name}": shape for name, shape in shapes.items()})


@depends("test_parameters")
@title(
    en="First values: uniform, from the generator given", ru="Начальные значения: равномерные, из данного генератора"
)
@hint(
    en="Within 1/sqrt(hidden_size), spread over the whole interval, the same again for the same generator.",
    ru="В пределах 1/sqrt(hidden_size), по всему отрезку; одинаковые при одинаковом генераторе.",
)
def test_first_values(submission, probe, torch_rng):
    seed = int(torch.randint(2**31, (1,), generator=torch_rng))
    one, same, other = (probe.first_parameters(submission.LSTM, 30, 16, s) for s in (seed, seed, seed + 1))
    for found in (one, same, other):
        assert type(found) is dict, "the parameters must be named"
        check_parameters(found, {"cell.weight": (64, 46), "cell.bias": (64,)})
    assert_equal(same, one, what="parameters drawn from the same generator again")
    for name, value in one.items():
        assert bool((value != other[name]).any()), f"{name} does not depend on the generator"
        assert float(value.abs().max()) <= 0.25 + 1e-6, f"{name} leaves the interval"
        reach = 0.2 if name == "cell.weight" else 0.1  # 64 draws of a bias may well stay below 0.2
        assert float(value.max()) > reach, f"{name} does not reach the upper part of the interval"
        assert float(value.min()) < -reach, f"{name} does not reach the lower part of the interval"


@points(2)
@depends("test_parameters")
@title(en="Each gate by itself", ru="Каждый фильтр по отдельности")
@hint(
    en="Rows of weight and bias: forget, input, candidate, output. Open one gate at a time and watch c and h.",
    ru="Строки weight и bias: забывание, вход, кандидат, выход. Откройте один фильтр и посмотрите на c и h.",
)
def test_gates(submission, torch_rng):
    expected = LSTMCell(2, 3).double()
    x, h, c = randn(torch_rng, 4, 2), randn(torch_rng, 4, 3), randn(torch_rng, 4, 3)
    for gate in range(4):
        bias = torch.zeros(12, dtype=DOUBLE)
        bias[3 * gate : 3 * gate + 3] = 1 + randn(torch_rng, 3).abs()
        cell = twin(submission.LSTMCell, expected, (2, 3), {"weight": torch.zeros(12, 5, dtype=DOUBLE), "bias": bias})
        same_step(cell(x, h, c), expected(x, h, c))


@points(2)
@depends("test_parameters")
@title(en="A step of the cell", ru="Шаг ячейки")
@hint(
    en="Work one step out by hand for hidden_size = 1: which columns meet h, which x; where do bias and tanh stand?",
    ru="Посчитайте шаг вручную при hidden_size = 1: какие столбцы умножаются на h, какие на x; где bias и tanh?",
)
def test_cell_step(submission, torch_rng):
    for batch, inputs, hidden in ((1, 1, 1), (3, 2, 4), (5, 4, 2)):
        cell, expected = twins(submission.LSTMCell, LSTMCell, (inputs, hidden), torch_rng)
        step = randn(torch_rng, batch, inputs), randn(torch_rng, batch, hidden), randn(torch_rng, batch, hidden)
        same_step(cell(*step), expected(*step))


@depends("test_cell_step")
@title(en="The arguments stay as they were", ru="Аргументы не меняются")
@hint(
    en="Operations that end in an underscore, and +=, *= on tensors, write into the caller's state.",
    ru="Операции с подчёркиванием на конце, а также += и *= пишут прямо в состояние вызывающего.",
)
def test_unchanged(submission, torch_rng):
    layer, expected = twins(submission.LSTM, LSTM, (2, 3), torch_rng)
    x, state = randn(torch_rng, 4, 5, 2), (randn(torch_rng, 5, 3), randn(torch_rng, 5, 3))
    same_step(call_unchanged(layer.cell, x[0], *state), expected.cell(x[0], *state))
    same_layer(call_unchanged(layer, x, state), expected(x, state))
    cell, expected = twins(submission.PeepholeLSTMCell, PeepholeLSTMCell, (2, 3), torch_rng)
    same_step(call_unchanged(cell, x[0], *state), expected(x[0], *state))


@points(2)
@depends("test_cell_step")
@title(en="A sequence from the zero state", ru="Последовательность из нулевого состояния")
@hint(
    en="Every step's h is in the outputs, time first; the state returned is that after the last step.",
    ru="В outputs — h каждого шага, время по первой оси; возвращаемое состояние — после последнего шага.",
)
def test_layer(submission, torch_rng):
    for time, batch, inputs, hidden in ((1, 1, 1, 1), (7, 3, 2, 4), (3, 7, 5, 2)):
        layer, expected = twins(submission.LSTM, LSTM, (inputs, hidden), torch_rng)
        x = randn(torch_rng, time, batch, inputs)
        same_layer(layer(x), expected(x))


@depends("test_layer")
@title(en="A sequence from a given state", ru="Последовательность из заданного состояния")
@hint(
    en="state is the pair (h, c) before the first step; it replaces the zeros.",
    ru="state — пара (h, c) перед первым шагом; она заменяет нули.",
)
def test_given_state(submission, torch_rng):
    layer, expected = twins(submission.LSTM, LSTM, (2, 3), torch_rng)
    x, state = randn(torch_rng, 6, 4, 2), (randn(torch_rng, 4, 3), randn(torch_rng, 4, 3))
    same_layer(layer(x, state), expected(x, state))


@depends("test_layer")
@title(en="One call leaves nothing to the next", ru="Один вызов не влияет на следующий")
@hint(
    en="The state belongs to the caller; a module keeps only its parameters.",
    ru="Состояние принадлежит вызывающему; модуль хранит только параметры.",
)
def test_calls_are_independent(submission, torch_rng):
    layer, expected = twins(submission.LSTM, LSTM, (2, 3), torch_rng)
    x = randn(torch_rng, 5, 4, 2)
    for batch in (4, 4, 2):
        same_layer(layer(x[:, :batch]), expected(x[:, :batch]))


@points(2)
@depends("test_layer")
@title(en="Gradients through time", ru="Градиенты сквозь время")
@hint(
    en="detach, .data and no_grad cut the way back; the gradient has to reach the first state and all parameters.",
    ru="detach, .data и no_grad обрывают обратный проход; градиент должен дойти до начального состояния и параметров.",
)
def test_gradients(submission, probe, torch_rng):
    layer, expected = twins(submission.LSTM, LSTM, (2, 3), torch_rng)
    same_gradients(probe, layer, expected, torch_rng)


@depends("test_gradients")
@title(en="Large inputs", ru="Большие входы")
@hint(
    en="exp of a large number is infinite, and infinity over infinity is NaN; torch.sigmoid is safe.",
    ru="exp большого числа — бесконечность, а бесконечность на бесконечность — NaN; torch.sigmoid безопасна.",
)
def test_large_inputs(submission, probe, torch_rng):
    layer, expected = twins(submission.LSTM, LSTM, (2, 3), torch_rng)
    x = 1e5 * randn(torch_rng, 4, 5, 2)
    same_layer(layer(x), expected(x))
    zeros, ones = torch.zeros(5, 3, dtype=DOUBLE), torch.ones(5, 3, dtype=DOUBLE)
    found = probe.layer_gradients(layer, x, zeros, zeros, [ones.expand(4, 5, 3).contiguous(), ones, ones])
    assert type(found) is dict, "the layer gave no gradients"
    place = x.requires_grad_()
    outputs, (h, c) = expected(place)
    (outputs.sum() + h.sum() + c.sum()).backward()
    assert_close(found.get("x"), place.grad, rtol=1e-6, atol=1e-9, what="gradient by x")


@points(2)
@depends("test_layer")
@title(en="It learns to remember the first element", ru="Сеть учится помнить первый элемент")
@hint(
    en="After training, the last h has to depend on the first element: the way back through h and c must be whole.",
    ru="После обучения последнее h должно зависеть от первого элемента: обратный путь через h и c не должен рваться.",
)
def test_learns(submission, probe, torch_rng):
    """The layer is trained inside; what it has learned is measured here, with the reference's forward pass."""
    expected = LSTM(1, 4).double()
    values = {name: 0.3 * randn(torch_rng, *value.shape) for name, value in expected.named_parameters()}
    values["cell.bias"][:4] = 2.0  # the forget gate begins open
    layer = twin(submission.LSTM, expected, (1, 4), values)
    x, answers = remembered(torch_rng, 64)
    probe.train(layer, x, answers, 60, 0.1)
    learned = parameters(layer)
    check_parameters(learned, {name: tuple(value.shape) for name, value in values.items()})
    expected.load_state_dict(learned)
    new_x, new_answers = remembered(torch_rng, 400)
    with torch.no_grad():
        said = expected(new_x)[0][-1][:, 0] > 0
    share = float((said.double() == new_answers).double().mean())
    assert share > 0.9, f"after training {share:.0%} of new sequences are answered rightly, more than 90% expected"


def remembered(torch_rng, count):
    """Sequences that begin with 1 or -1 and go on with noise, and whether it was 1."""
    x = 0.3 * randn(torch_rng, 6, count, 1)
    answers = torch.randint(2, (count,), generator=torch_rng).double()
    x[0, :, 0] = 2 * answers - 1
    return x, answers


@title(en="Wrong sizes and shapes are refused", ru="Неверные размеры и формы отвергаются")
@hint(
    en="ValueError with the argument's name; shapes that would be broadcast silently count as wrong too.",
    ru="ValueError с именем аргумента; формы, которые молча растянулись бы (broadcasting), тоже неверны.",
)
def test_bad_arguments(submission):
    refuse(submission.LSTMCell, submission.LSTM)
