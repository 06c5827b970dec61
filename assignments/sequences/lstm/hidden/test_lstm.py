"""The hidden suite of the plain LSTM: cell, layer, gradients, training."""

import torch

from grader.testing import each, hint, parameters, points, title
from grader.testing.inputs import randn
from grader.testing.twins import (
    assert_first_values,
    assert_parameters,
    assert_same_gradients,
    assert_same_output,
    twins,
)
from reference.sequences.lstm import LSTM, LSTMCell

from .shared import DOUBLE, a_sequence, a_state, a_step, same_layer

SHAPES = {"weight": (20, 8), "bias": (20,)}


def named(name, shapes):
    """The shapes by the names that they have in this class."""
    return shapes if name.endswith("Cell") else {f"cell.{key}": shape for key, shape in shapes.items()}


@each(("LSTMCell", "LSTM"), worth="1/2", en="The parameters: {name}", ru="Параметры: {name}")
@hint(
    en="Names and shapes are in the statement; only an nn.Parameter set on the module is registered.",
    ru="Имена и формы даны в условии; регистрируются только nn.Parameter, записанные в сам модуль.",
)
def test_parameters(submission, name):
    assert_parameters(getattr(submission, name)(3, 5), named(name, SHAPES))


@each(("LSTMCell", "LSTM"), worth="1/2", en="First values: {name}", ru="Начальные значения: {name}")
@hint(
    en="Uniform within 1/sqrt(hidden_size), each by a draw of its own, from the generator given or from PyTorch's own.",
    ru="Равномерные в пределах 1/sqrt(hidden_size), каждое — новое случайное число: из данного генератора или из "
    "собственного генератора PyTorch.",
)
def test_first_values(submission, torch_rng, name):
    kind = getattr(submission, name)
    assert_first_values(lambda rng: kind(30, 16, rng=rng), torch_rng, 0.25)


@points(2)
@title(en="Each gate by itself", ru="Каждый фильтр по отдельности")
@hint(
    en="Rows of weight and bias: forget, input, candidate, output. Open one gate at a time and watch c and h.",
    ru="Строки weight и bias: забывание, вход, кандидат, выход. Откройте один фильтр и посмотрите на c и h.",
)
def test_gates(submission, torch_rng):
    x, h, c = randn(torch_rng, 4, 2), randn(torch_rng, 4, 3), randn(torch_rng, 4, 3)
    for gate in range(4):
        bias = torch.zeros(12, dtype=DOUBLE)
        bias[3 * gate : 3 * gate + 3] = 1 + randn(torch_rng, 3).abs()
        values = {"weight": torch.zeros(12, 5, dtype=DOUBLE), "bias": bias}
        pair = twins(submission.LSTMCell(2, 3), LSTMCell(2, 3), torch_rng, values=values)
        assert_same_output(pair, x, h, c, what="(h, c)")


@title(en="A step of the cell", ru="Шаг ячейки")
@hint(
    en="Work one step out by hand for hidden_size = 1: which columns meet h, which x; where do bias and tanh stand?",
    ru="Посчитайте шаг вручную при hidden_size = 1: какие столбцы умножаются на h, какие на x; где bias и tanh?",
)
def test_cell_step(submission, torch_rng):
    for sizes in ((3, 2, 4), (5, 4, 2)):
        a_step(submission.LSTMCell, LSTMCell, sizes, torch_rng)


@title(en="A step: one object, one input, one unit", ru="Шаг: один объект, один вход, одна компонента")
@hint(
    en="squeeze() and tensors without an axis lose the batch when it holds one object.",
    ru="squeeze() и тензоры без оси теряют ось объектов, когда объект один.",
)
def test_cell_of_one(submission, torch_rng):
    for sizes in ((1, 2, 4), (3, 1, 4), (3, 2, 1), (1, 1, 1)):
        a_step(submission.LSTMCell, LSTMCell, sizes, torch_rng)


@title(en="A sequence from the zero state", ru="Последовательность из нулевого состояния")
@hint(
    en="Every step's h is in the outputs, time first; the state returned is that after the last step.",
    ru="В outputs — h каждого шага, время по первой оси; возвращаемое состояние — после последнего шага.",
)
def test_layer(submission, torch_rng):
    for sizes in ((7, 3, 2, 4), (3, 7, 5, 2)):
        a_sequence(submission.LSTM, LSTM, sizes, torch_rng)


@title(en="A sequence: one step, one object, one unit", ru="Последовательность: один шаг, один объект, одна компонента")
@hint(
    en="squeeze() and tensors without an axis lose an axis of length 1.",
    ru="squeeze() и тензоры без оси теряют оси длины 1.",
)
def test_layer_of_one(submission, torch_rng):
    for sizes in ((1, 3, 2, 4), (7, 1, 2, 4), (7, 3, 1, 4), (7, 3, 2, 1), (1, 1, 1, 1)):
        a_sequence(submission.LSTM, LSTM, sizes, torch_rng)


@title(en="A sequence from a given state", ru="Последовательность из заданного состояния")
@hint(
    en="state is the pair (h, c) before the first step; it replaces the zeros.",
    ru="state — пара (h, c) перед первым шагом; она заменяет нули.",
)
def test_given_state(submission, torch_rng):
    pair = twins(submission.LSTM(2, 3), LSTM(2, 3), torch_rng)
    same_layer(pair, randn(torch_rng, 6, 4, 2), a_state(torch_rng))


@title(en="One call leaves nothing to the next", ru="Один вызов не влияет на следующий")
@hint(
    en="The state belongs to the caller; a module keeps only its parameters.",
    ru="Состояние принадлежит вызывающему; модуль хранит только параметры.",
)
def test_calls_are_independent(submission, torch_rng):
    pair = twins(submission.LSTM(2, 3), LSTM(2, 3), torch_rng)
    x = randn(torch_rng, 5, 4, 2)
    for batch in (4, 4, 2):
        same_layer(pair, x[:, :batch])


@points(2)
@title(en="Gradients through time", ru="Градиенты сквозь время")
@hint(
    en="detach, .data and no_grad cut the way back; the gradient has to reach the first state and all parameters.",
    ru="detach, .data и no_grad обрывают обратный проход; градиент должен дойти до начального состояния и параметров.",
)
def test_gradients(submission, torch_rng):
    pair = twins(submission.LSTM(2, 3), LSTM(2, 3), torch_rng)
    assert_same_gradients(pair, randn(torch_rng, 6, 4, 2), a_state(torch_rng), torch_rng=torch_rng)


@title(en="Large inputs", ru="Большие входы")
@hint(
    en="exp of a large number is infinite, and infinity over infinity is NaN; torch.sigmoid is safe.",
    ru="exp большого числа — бесконечность, а бесконечность на бесконечность — NaN; torch.sigmoid безопасна.",
)
def test_large_inputs(submission, torch_rng):
    pair = twins(submission.LSTM(2, 3), LSTM(2, 3), torch_rng)
    x = 1e5 * randn(torch_rng, 4, 4, 2)
    same_layer(pair, x)
    assert_same_gradients(pair, x, a_state(torch_rng), torch_rng=torch_rng)


@points(2)
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
    layer = twins(submission.LSTM(1, 4), expected, torch_rng, values=values).made
    x, answers = remembered(torch_rng, 64)
    probe.train(layer, x, answers, 60, 0.05)
    assert_parameters(layer, {name: tuple(value.shape) for name, value in values.items()})
    learned = parameters(layer)
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
