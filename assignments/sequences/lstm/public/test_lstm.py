"""The public tests of LSTM: small cases with their answers written out."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, assert_refused, parameters, set_parameters, title


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


@title(en="The example of the statement", ru="Пример из условия")
def test_example(submission):
    cell = submission.LSTMCell(1, 1).double()
    weight = tensor([[0.0, 0.0], [0.0, 0.0], [1.0, 0.5], [0.0, 0.0]])
    set_parameters(cell, {"weight": weight, "bias": tensor([0.0, 0.0, 0.0, 0.0])})
    result = cell(tensor([[2.0]]), tensor([[-1.0]]), tensor([[4.0]]))
    assert_close(result, (tensor([[0.4820137900]]), tensor([[2.0]])), rtol=1e-8, what="(h, c)")


@title(en="The parameters of the cell", ru="Параметры ячейки")
def test_parameters(submission):
    found = parameters(submission.LSTMCell(2, 3))
    assert_equal(sorted(found), ["bias", "weight"], what="names of the parameters")
    assert_array(found["weight"], shape=(12, 5), kind="float", what="weight")
    assert_array(found["bias"], shape=(12,), kind="float", what="bias")


@title(en="Two steps of the layer", ru="Два шага слоя")
def test_two_steps(submission):
    """With all weights 0 but the candidate's bias, c goes 0, 1/2 tanh(1), 3/4 tanh(1), and h = tanh(c) / 2."""
    layer = submission.LSTM(1, 1).double()
    set_parameters(layer, {"cell.weight": torch.zeros(4, 2).double(), "cell.bias": tensor([0.0, 0.0, 1.0, 0.0])})
    expected_outputs = tensor([[[0.1816997422]], [[0.2581184019]]])
    expected_state = (tensor([[0.2581184019]]), tensor([[0.5711956170]]))
    assert_close(
        layer(torch.zeros(2, 1, 1).double()), (expected_outputs, expected_state), rtol=1e-8, what="(outputs, (h, c))"
    )


@title(en="The output gate looks at the new memory", ru="Фильтр выхода смотрит на новую память")
def test_peephole(submission):
    """f = i = 1/2, c' = 4/2 + 1/2 tanh(0) = 2, o = sigmoid(c' - 2) = 1/2, h' = tanh(2) / 2."""
    cell = submission.PeepholeLSTMCell(1, 1).double()
    zeros, bias = tensor([[0.0, 0.0, 0.0]]), tensor([0.0])
    values = {"weight_f": zeros, "weight_i": zeros, "weight_c": tensor([[0.0, 0.0]])}
    values |= {"weight_o": tensor([[1.0, 0.0, 0.0]]), "bias_f": bias, "bias_i": bias, "bias_c": bias}
    set_parameters(cell, {**values, "bias_o": tensor([-2.0])})
    result = cell(tensor([[0.0]]), tensor([[0.0]]), tensor([[4.0]]))
    assert_close(result, (tensor([[0.4820137900]]), tensor([[2.0]])), rtol=1e-8, what="(h, c)")


@title(en="A state of the wrong shape is refused", ru="Состояние неверной формы отвергается")
def test_bad_state(submission):
    cell = submission.LSTMCell(2, 3)
    assert_refused("h", cell, torch.zeros(4, 2), torch.zeros(1, 3), torch.zeros(4, 3))
