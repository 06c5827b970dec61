"""The hidden suite of the LSTM with peepholes."""

import torch

from grader.testing import each, hint, points, title
from grader.testing.inputs import randn
from grader.testing.twins import (
    Twins,
    assert_first_values,
    assert_parameters,
    assert_same_gradients,
    assert_same_output,
    twins,
)
from reference.sequences.lstm import LSTM
from reference.sequences.peephole import PeepholeLSTM, PeepholeLSTMCell

from .shared import DOUBLE, a_state, a_step, same_layer

WIDE, NARROW = ("weight_f", "weight_i", "weight_o"), "weight_c"


def shapes(inputs, hidden, prefix=""):
    """The lecture's parameters."""
    found = dict.fromkeys(WIDE, (hidden, 2 * hidden + inputs))
    found[NARROW] = (hidden, hidden + inputs)
    found.update({f"bias_{gate}": (hidden,) for gate in "fico"})
    return {prefix + name: shape for name, shape in found.items()}


@each(("PeepholeLSTMCell", "PeepholeLSTM"), worth="1/4", en="The parameters: {name}", ru="Параметры: {name}")
@hint(
    en="One matrix a gate; those of f, i and o have hidden_size more columns.",
    ru="У каждого фильтра своя матрица; у f, i и o на hidden_size столбцов больше.",
)
def test_peephole_parameters(submission, name):
    prefix = "" if name.endswith("Cell") else "cell."
    assert_parameters(getattr(submission, name)(3, 5), shapes(3, 5, prefix))


@each(("PeepholeLSTMCell", "PeepholeLSTM"), worth="1/2", en="First values: {name}", ru="Начальные значения: {name}")
@hint(en="As in LSTMCell.", ru="Как в LSTMCell.")
def test_peephole_first_values(submission, torch_rng, name):
    kind, prefix = getattr(submission, name), "" if name.endswith("Cell") else "cell."
    assert_first_values(lambda rng: kind(30, 16, rng=rng), torch_rng, dict.fromkeys(shapes(1, 1, prefix), 0.25))


@points(2)
@title(en="What each gate sees of the memory", ru="Что каждый фильтр видит в памяти")
@hint(
    en="f and i look at the memory before the step, o at the memory after it, each through a full matrix.",
    ru="f и i смотрят на память до шага, o — на память после него, каждый через полную матрицу.",
)
def test_peepholes_alone(submission, torch_rng):
    """Only the columns of the memory are not zero, in one gate after the other."""
    x, h, c = randn(torch_rng, 4, 2), randn(torch_rng, 4, 3), randn(torch_rng, 4, 3)
    for gate in WIDE:
        values = {name: torch.zeros(shape, dtype=DOUBLE) for name, shape in shapes(2, 3).items()}
        values[gate][:, :3] = 1.5 * randn(torch_rng, 3, 3)
        values["bias_c"] = randn(torch_rng, 3)
        pair = twins(submission.PeepholeLSTMCell(2, 3), PeepholeLSTMCell(2, 3), torch_rng, values=values)
        assert_same_output(pair, x, h, c, what="(h, c)")


@title(en="A step of the cell with peepholes", ru="Шаг ячейки со смотровыми глазками")
@hint(
    en="The columns stand in the order memory, h, x; the candidate sees h and x only.",
    ru="Столбцы идут в порядке память, h, x; кандидат видит только h и x.",
)
def test_peephole_step(submission, torch_rng):
    for sizes in ((3, 2, 4), (5, 4, 2)):
        a_step(submission.PeepholeLSTMCell, PeepholeLSTMCell, sizes, torch_rng)


@title(en="Peepholes: one object, one input, one unit", ru="Глазки: один объект, один вход, одна компонента")
@hint(
    en="squeeze() and tensors without an axis lose the batch when it holds one object.",
    ru="squeeze() и тензоры без оси теряют ось объектов, когда объект один.",
)
def test_peephole_of_one(submission, torch_rng):
    for sizes in ((1, 2, 4), (3, 1, 4), (3, 2, 1), (1, 1, 1)):
        a_step(submission.PeepholeLSTMCell, PeepholeLSTMCell, sizes, torch_rng)


@title(en="A sequence through the cell with peepholes", ru="Последовательность через ячейку со смотровыми глазками")
@hint(
    en="The same loop over time as in LSTM, with the other cell.",
    ru="Тот же цикл по времени, что и в LSTM, но с другой ячейкой.",
)
def test_peephole_layer(submission, torch_rng):
    pair = twins(submission.PeepholeLSTM(2, 3), PeepholeLSTM(2, 3), torch_rng)
    x = randn(torch_rng, 6, 4, 2)
    same_layer(pair, x)
    same_layer(pair, x, a_state(torch_rng))


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
    layer = twins(submission.PeepholeLSTM(2, 3), PeepholeLSTM(2, 3), torch_rng, values=values).made
    same_layer(Twins(layer, plain, {}), randn(torch_rng, 7, 4, 2))


@points(2)
@title(en="Gradients through the peepholes", ru="Градиенты через смотровые глазки")
@hint(
    en="The output gate sees the new memory, and its gradient flows back into it too.",
    ru="Фильтр выхода видит новую память, и его градиент тоже идёт в неё обратно.",
)
def test_peephole_gradients(submission, torch_rng):
    pair = twins(submission.PeepholeLSTM(2, 3), PeepholeLSTM(2, 3), torch_rng)
    assert_same_gradients(pair, randn(torch_rng, 6, 4, 2), a_state(torch_rng), torch_rng=torch_rng)
