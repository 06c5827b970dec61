"""LSTM with peepholes: by hand, against a cell written entry by entry, and by finite differences."""

import math

import pytest
import torch

from reference.sequences.lstm import LSTM
from reference.sequences.peephole import PeepholeLSTM, PeepholeLSTMCell

from .weights import double, exact, randn


def step_by_entries(cell, x, h, c):
    """The lecture's formulas in plain Python, one number at a time."""
    p = {name: value.tolist() for name, value in cell.named_parameters()}
    hidden = cell.hidden_size

    def gate(name, squash, seen, unit):
        return squash(
            sum(w * s for w, s in zip(p[f"weight_{name}"][unit], seen, strict=True)) + p[f"bias_{name}"][unit]
        )

    def sigmoid(z):
        return 1 / (1 + math.exp(-z))

    next_h, next_c = [], []
    for x_row, h_row, c_row in zip(x.tolist(), h.tolist(), c.tolist(), strict=True):
        seen = c_row + h_row + x_row
        memory = [
            gate("f", sigmoid, seen, j) * c_row[j]
            + gate("i", sigmoid, seen, j) * gate("c", math.tanh, h_row + x_row, j)
            for j in range(hidden)
        ]
        after = memory + h_row + x_row
        next_h.append([gate("o", sigmoid, after, j) * math.tanh(memory[j]) for j in range(hidden)])
        next_c.append(memory)
    return exact(next_h), exact(next_c)


@pytest.mark.parametrize(("batch", "inputs", "hidden"), [(1, 1, 1), (3, 5, 2), (4, 2, 6)])
def test_a_step_entry_by_entry(batch, inputs, hidden):
    cell = double(PeepholeLSTMCell(inputs, hidden), seed=batch)
    x, h, c = randn(1, batch, inputs), randn(2, batch, hidden), randn(3, batch, hidden)
    expected = step_by_entries(cell, x, h, c)
    torch.testing.assert_close(cell(x, h, c), expected)


def test_a_step_by_hand():
    """All weights 0 but those of the memory: f sees c = ln 3, i sees -c, o sees the new memory."""
    cell = PeepholeLSTMCell(1, 1).double()
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.zero_()
        cell.weight_f[0, 0], cell.weight_i[0, 0], cell.weight_o[0, 0] = 1.0, -1.0, 1.0
        cell.bias_c[0] = 20.0
    old = math.log(3)
    h, c = cell(torch.zeros(1, 1).double(), torch.zeros(1, 1).double(), exact([[old]]))
    memory = 3 / 4 * old + 1 / 4 * math.tanh(20)
    assert c.item() == pytest.approx(memory, rel=1e-14)
    assert h.item() == pytest.approx(math.tanh(memory) / (1 + math.exp(-memory)), rel=1e-14)


def test_without_peepholes_it_is_an_lstm():
    layer = double(PeepholeLSTM(2, 3), seed=1)
    plain = LSTM(2, 3).double()
    cell = layer.cell
    with torch.no_grad():
        for weight in (cell.weight_f, cell.weight_i, cell.weight_o):
            weight[:, :3] = 0
        rows = [cell.weight_f[:, 3:], cell.weight_i[:, 3:], cell.weight_c, cell.weight_o[:, 3:]]
        plain.cell.weight.copy_(torch.cat(rows))
        plain.cell.bias.copy_(torch.cat([cell.bias_f, cell.bias_i, cell.bias_c, cell.bias_o]))
    x = randn(1, 8, 4, 2)
    torch.testing.assert_close(layer(x), plain(x))


def test_the_matrices_are_full():
    """Unit 0 looks at the memory of unit 1."""
    cell = double(PeepholeLSTMCell(1, 2), seed=2)
    x, h, c = randn(1, 1, 1), randn(2, 1, 2), randn(3, 1, 2)
    other = c + exact([[0.0, 1.0]])
    assert (cell(x, h, c)[1][0, 0] - cell(x, h, other)[1][0, 0]).abs() > 1e-3


def test_gradcheck_through_time():
    layer = double(PeepholeLSTM(2, 2), seed=3)
    names = [name for name, _ in layer.named_parameters()]
    weights = [p.detach().clone().requires_grad_() for p in layer.parameters()]
    x, h, c = (t.requires_grad_() for t in (randn(1, 3, 2, 2), randn(2, 2, 2), randn(3, 2, 2)))

    def run(x, h, c, *values):
        named = dict(zip(names, values, strict=True))
        outputs, last = torch.func.functional_call(layer, named, (x, (h, c)))
        return (outputs, *last)

    assert torch.autograd.gradcheck(run, (x, h, c, *weights))


def test_parameters_have_the_lecture_s_shapes():
    wide, narrow = (3, 8), (3, 5)
    assert {name: tuple(p.shape) for name, p in PeepholeLSTMCell(2, 3).named_parameters()} == {
        "weight_f": wide,
        "weight_i": wide,
        "weight_c": narrow,
        "weight_o": wide,
        **{f"bias_{gate}": (3,) for gate in "fico"},
    }


def test_first_parameters_come_from_the_generator():
    one, same = (PeepholeLSTM(9, 4, rng=torch.Generator().manual_seed(5)).state_dict() for _ in range(2))
    for name, value in one.items():
        assert torch.equal(value, same[name])
        assert 0 < value.abs().max() <= 0.5
    assert not torch.equal(one["cell.weight_f"], one["cell.weight_i"])


@pytest.mark.parametrize(
    ("shapes", "name"),
    [(((4, 3), (4, 3), (4, 3)), "x"), (((4, 2), (4, 2), (4, 3)), "h"), (((4, 2), (4, 3), (1, 3)), "c")],
)
def test_a_step_checks_shapes(shapes, name):
    with pytest.raises(ValueError, match=rf"^{name} must be of shape"):
        PeepholeLSTMCell(2, 3)(*(torch.zeros(shape) for shape in shapes))
