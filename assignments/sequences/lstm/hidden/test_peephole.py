"""The hidden suite of the LSTM with peepholes."""

import torch

from grader.testing import depends, hint, parameters, points, title
from reference.sequences.lstm import LSTM
from reference.sequences.peephole import PeepholeLSTM, PeepholeLSTMCell

from .shared import DOUBLE, check_parameters, randn, refuse, same_gradients, same_layer, same_step, twin, twins

WIDE, NARROW = ("weight_f", "weight_i", "weight_o"), "weight_c"


def shapes(inputs, hidden, prefix=""):
    """The lecture's parameters."""
    found = dict.fromkeys(WIDE, (hidden, 2 * hidden + inputs))
    found[NARROW] = (hidden, hidden + inputs)
    found.update({f"bias_{gate}": (hidden,) for gate in "fico"})
    return {prefix + name: shape for name, shape in found.items()}


@title(en="Peepholes: parameters and their first values", ru="Глазки: параметры и их начальные значения")
@hint(
    en="One matrix a gate; those of f, i and o have hidden_size more columns. First values as in LSTMCell.",
    ru="У каждого фильтра своя матрица; у f, i и o на hidden_size столбцов больше. Начальные значения как в LSTMCell.",
)
def test_peephole_parameters(submission, probe, torch_rng):
    check_parameters(parameters(submission.PeepholeLSTMCell(3, 5)), shapes(3, 5))
    seed = int(torch.randint(2**31, (1,), generator=torch_rng))
    found = probe.first_parameters(submission.PeepholeLSTM, 30, 16, seed)
    assert type(found) is dict, "the parameters must be named"
    check_parameters(found, shapes(30, 16, "cell."))
    for name in (f"cell.{name}" for name in (*WIDE, NARROW)):
        assert 0.2 < float(found[name].abs().max()) <= 0.25 + 1e-6, f"{name} is not spread over its interval"


@points(2)
@depends("test_peephole_parameters")
@title(en="What each gate sees of the memory", ru="Что каждый фильтр видит в памяти")
@hint(
    en="f and i look at the memory before the step, o at the memory after it, each through a full matrix.",
    ru="f и i смотрят на память до шага, o — на память после него, каждый через полную матрицу.",
)
def test_peepholes_alone(submission, torch_rng):
    """Only the columns of the memory are not zero, in one gate after the other."""
    expected = PeepholeLSTMCell(2, 3).double()
    x, h, c = randn(torch_rng, 4, 2), randn(torch_rng, 4, 3), randn(torch_rng, 4, 3)
    for gate in WIDE:
        values = {name: torch.zeros(shape, dtype=DOUBLE) for name, shape in shapes(2, 3).items()}
        values[gate][:, :3] = 1.5 * randn(torch_rng, 3, 3)
        values["bias_c"] = randn(torch_rng, 3)
        cell = twin(submission.PeepholeLSTMCell, expected, (2, 3), values)
        same_step(cell(x, h, c), expected(x, h, c))


@points(2)
@depends("test_peephole_parameters")
@title(en="A step of the cell with peepholes", ru="Шаг ячейки со смотровыми глазками")
@hint(
    en="The columns stand in the order memory, h, x; the candidate sees h and x only.",
    ru="Столбцы идут в порядке память, h, x; кандидат видит только h и x.",
)
def test_peephole_step(submission, torch_rng):
    for batch, inputs, hidden in ((1, 1, 1), (3, 2, 4), (5, 4, 2)):
        cell, expected = twins(submission.PeepholeLSTMCell, PeepholeLSTMCell, (inputs, hidden), torch_rng)
        step = randn(torch_rng, batch, inputs), randn(torch_rng, batch, hidden), randn(torch_rng, batch, hidden)
        same_step(cell(*step), expected(*step))


@depends("test_peephole_step")
@title(en="A sequence through the cell with peepholes", ru="Последовательность через ячейку со смотровыми глазками")
@hint(
    en="The same loop over time as in LSTM, with the other cell.",
    ru="Тот же цикл по времени, что и в LSTM, но с другой ячейкой.",
)
def test_peephole_layer(submission, torch_rng):
    layer, expected = twins(submission.PeepholeLSTM, PeepholeLSTM, (2, 3), torch_rng)
    x, state = randn(torch_rng, 6, 4, 2), (randn(torch_rng, 4, 3), randn(torch_rng, 4, 3))
    same_layer(layer(x), expected(x))
    same_layer(layer(x, state), expected(x, state))


@depends("test_peephole_parameters")
@title(en="With the peepholes shut it is an LSTM", ru="С закрытыми глазками это обычная LSTM")
@hint(
    en="With zeros in the memory's columns the result is that of LSTM with the same weights.",
    ru="Если в столбцах памяти нули, результат совпадает с LSTM с теми же весами.",
)
def test_shut_peepholes(submission, torch_rng):
    plain = LSTM(2, 3).double()
    weight, bias = randn(torch_rng, 12, 5), randn(torch_rng, 12)
    plain.load_state_dict({"cell.weight": weight, "cell.bias": bias})
    values = {}
    for gate, rows, offsets in zip("fico", weight.chunk(4), bias.chunk(4), strict=True):
        columns = rows if gate == "c" else torch.cat([torch.zeros(3, 3, dtype=DOUBLE), rows], dim=1)
        values[f"cell.weight_{gate}"], values[f"cell.bias_{gate}"] = columns, offsets
    layer = twin(submission.PeepholeLSTM, PeepholeLSTM(2, 3).double(), (2, 3), values)
    x = randn(torch_rng, 7, 4, 2)
    same_layer(layer(x), plain(x))


@points(2)
@depends("test_peephole_layer")
@title(en="Gradients through the peepholes", ru="Градиенты через смотровые глазки")
@hint(
    en="The output gate sees the new memory, and its gradient flows back into it too.",
    ru="Фильтр выхода видит новую память, и его градиент тоже идёт в неё обратно.",
)
def test_peephole_gradients(submission, probe, torch_rng):
    layer, expected = twins(submission.PeepholeLSTM, PeepholeLSTM, (2, 3), torch_rng)
    same_gradients(probe, layer, expected, torch_rng)


@title(en="Peepholes: wrong sizes and shapes are refused", ru="Глазки: неверные размеры и формы отвергаются")
@hint(
    en="The same checks as in LSTMCell and LSTM.",
    ru="Те же проверки, что в LSTMCell и LSTM.",
)
def test_peephole_bad_arguments(submission):
    refuse(submission.PeepholeLSTMCell, submission.PeepholeLSTM)
