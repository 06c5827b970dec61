"""LSTM against torch's own (with its gates and columns in another order), by hand, and by finite differences."""

import math

import pytest
import torch

from reference.sequences.lstm import LSTM, LSTMCell

from .weights import double, exact, randn

SIZES = [(1, 1, 1), (3, 5, 2), (4, 2, 7)]  # batch, input, hidden


def torch_weights(cell):
    """Our weights as torch keeps them: input, forget, candidate, output, and x apart from h."""
    forget, write, candidate, output = cell.weight.detach().chunk(4)
    rows = torch.cat([write, forget, candidate, output])
    forget, write, candidate, output = cell.bias.detach().chunk(4)
    bias = torch.cat([write, forget, candidate, output])
    return rows[:, cell.hidden_size :], rows[:, : cell.hidden_size], bias


def torch_layer(cell):
    layer = torch.nn.LSTM(cell.input_size, cell.hidden_size).double()
    weight_x, weight_h, bias = torch_weights(cell)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(weight_x)
        layer.weight_hh_l0.copy_(weight_h)
        layer.bias_ih_l0.copy_(bias)
        layer.bias_hh_l0.zero_()
    return layer


@pytest.mark.parametrize(("batch", "inputs", "hidden"), SIZES)
def test_a_step_is_that_of_torch(batch, inputs, hidden):
    cell = double(LSTMCell(inputs, hidden), seed=batch)
    theirs = torch.nn.LSTMCell(inputs, hidden).double()
    weight_x, weight_h, bias = torch_weights(cell)
    with torch.no_grad():
        theirs.weight_ih.copy_(weight_x)
        theirs.weight_hh.copy_(weight_h)
        theirs.bias_ih.copy_(bias)
        theirs.bias_hh.zero_()
    x, h, c = randn(1, batch, inputs), randn(2, batch, hidden), randn(3, batch, hidden)
    torch.testing.assert_close(cell(x, h, c), theirs(x, (h, c)))


@pytest.mark.parametrize(("batch", "inputs", "hidden"), SIZES)
@pytest.mark.parametrize("given", [False, True])
def test_the_layer_is_that_of_torch(batch, inputs, hidden, given):
    layer = double(LSTM(inputs, hidden), seed=batch)
    theirs = torch_layer(layer.cell)
    x, state = randn(1, 9, batch, inputs), (randn(2, batch, hidden), randn(3, batch, hidden))
    outputs, (h, c) = layer(x, state) if given else layer(x)
    expected, (h_n, c_n) = theirs(x, (state[0][None], state[1][None])) if given else theirs(x)
    torch.testing.assert_close((outputs, h, c), (expected, h_n[0], c_n[0]))
    torch.testing.assert_close(outputs[-1], h)


def test_gradients_are_those_of_torch():
    layer = double(LSTM(3, 4), seed=0)
    theirs = torch_layer(layer.cell)
    x, weight = randn(1, 20, 2, 3), randn(2, 20, 2, 4)
    (layer(x)[0] * weight).sum().backward()
    (theirs(x)[0] * weight).sum().backward()
    forget, write, candidate, output = layer.cell.weight.grad.chunk(4)
    ours = torch.cat([write, forget, candidate, output])
    torch.testing.assert_close(ours, torch.cat([theirs.weight_hh_l0.grad, theirs.weight_ih_l0.grad], dim=1))


def test_a_step_by_hand():
    """One unit: W rows (columns h, x) and b chosen so that each gate is another logarithm."""
    cell = LSTMCell(1, 1).double()
    with torch.no_grad():
        cell.weight.copy_(exact([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]))
        cell.bias.copy_(exact([math.log(3), 0.0, 0.0, -math.log(4)]))
    h, c = cell(
        exact([[2.0]]),
        exact([[math.log(2)]]),
        exact([[4.0]]),
    )
    # forget 3/4, input 2/3, candidate tanh(2), output 1/5
    memory = 3 + 2 / 3 * math.tanh(2)
    assert c.item() == pytest.approx(memory, rel=1e-15)
    assert h.item() == pytest.approx(math.tanh(memory) / 5, rel=1e-15)


def test_gradcheck_of_the_cell_and_of_the_layer():
    layer = double(LSTM(2, 3), seed=1)
    state = (randn(1, 2, 3).requires_grad_(), randn(2, 2, 3).requires_grad_())
    x = randn(3, 4, 2, 2).requires_grad_()

    def run(x, h, c, weight, bias):
        outputs, last = torch.func.functional_call(layer, {"cell.weight": weight, "cell.bias": bias}, (x, (h, c)))
        return (outputs, *last)

    weights = [p.detach().clone().requires_grad_() for p in layer.parameters()]
    assert torch.autograd.gradcheck(run, (x, *state, *weights))


def test_a_sequence_in_two_parts_is_the_whole_sequence():
    layer = double(LSTM(2, 3), seed=2)
    x = randn(1, 10, 4, 2)
    whole, last = layer(x)
    first, state = layer(x[:4])
    second, end = layer(x[4:], state)
    torch.testing.assert_close((torch.cat([first, second]), end), (whole, last))


def test_memory_is_kept_by_an_open_forget_gate_and_a_shut_input_gate():
    layer = LSTM(1, 2).double()
    with torch.no_grad():
        layer.cell.weight.zero_()
        layer.cell.bias.copy_(torch.tensor([50.0, 50.0, -50.0, -50.0, 0.0, 0.0, 0.0, 0.0]))
    kept = exact([[0.3, -0.7]])
    _, (_, c) = layer(randn(1, 1000, 1, 1), (torch.zeros(1, 2).double(), kept))
    torch.testing.assert_close(c, kept)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_type_of_numbers_stays(dtype):
    layer = LSTM(2, 3).to(dtype)
    outputs, (h, c) = layer(torch.ones(4, 1, 2, dtype=dtype))
    assert outputs.dtype == h.dtype == c.dtype == dtype


def test_large_inputs_saturate_without_nan():
    layer = double(LSTM(2, 3), seed=3).float()
    x = (1e6 * randn(1, 5, 2, 2)).float().requires_grad_()
    outputs, _ = layer(x)
    outputs.sum().backward()
    assert outputs.isfinite().all()
    assert x.grad.isfinite().all()


def test_nothing_is_changed_in_place():
    layer = double(LSTM(2, 3), seed=4)
    x, h, c = randn(1, 5, 4, 2), randn(2, 4, 3), randn(3, 4, 3)
    before = [t.clone() for t in (x, h, c)]
    layer(x, (h, c))
    layer.cell(x[0], h, c)
    torch.testing.assert_close([x, h, c], before)


def test_first_parameters_come_from_the_generator_and_from_the_range():
    def drawn(seed):
        return LSTM(50, 25, rng=torch.Generator().manual_seed(seed)).state_dict()

    one, same, other = drawn(1), drawn(1), drawn(2)
    assert {name: tuple(value.shape) for name, value in one.items()} == {
        "cell.weight": (100, 75),
        "cell.bias": (100,),
    }
    for name, value in one.items():
        assert torch.equal(value, same[name])
        assert not torch.equal(value, other[name])
        assert value.abs().max() <= 0.2
        assert value.max() > 0.18
        assert value.min() < -0.18


@pytest.mark.parametrize(
    ("sizes", "name"), [((0, 3), "input_size"), ((3, 0), "hidden_size"), ((2, 1.5), "hidden_size")]
)
def test_sizes_are_checked(sizes, name):
    with pytest.raises(ValueError, match=name):
        LSTM(*sizes)


@pytest.mark.parametrize(
    ("shapes", "name"),
    [
        (((4, 3), (4, 3), (4, 3)), "x"),
        (((4,), (4, 3), (4, 3)), "x"),
        (((0, 2), (0, 3), (0, 3)), "x"),
        (((4, 2), (3, 3), (4, 3)), "h"),
        (((4, 2), (4, 2), (4, 3)), "h"),
        (((4, 2), (4, 3), (1, 3)), "c"),
        (((4, 2), (4, 3), (3,)), "c"),
    ],
)
def test_a_step_checks_shapes(shapes, name):
    with pytest.raises(ValueError, match=rf"^{name} must (be of shape|not be empty)"):
        LSTMCell(2, 3)(*(torch.zeros(shape) for shape in shapes))


@pytest.mark.parametrize(
    ("x", "state", "name"),
    [
        ((5, 4), None, "x"),
        ((0, 4, 2), None, "x"),
        ((5, 0, 2), None, "x"),
        ((5, 4, 3), None, "x"),
        ((5, 4, 2), ((1, 3), (4, 3)), "state: h"),
        ((5, 4, 2), ((4, 3), (4, 2)), "state: c"),
    ],
)
def test_the_layer_checks_shapes(x, state, name):
    given = None if state is None else tuple(torch.zeros(shape) for shape in state)
    with pytest.raises(ValueError, match=f"^{name} must (be of shape|not be empty)"):
        LSTM(2, 3)(torch.zeros(x), given)
