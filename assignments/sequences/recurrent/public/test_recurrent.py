"""The public tests of recurrent networks: small cases with their answers written out."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, assert_refused, parameters, set_parameters, title


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def an_rnn(submission, weight, bias):
    layer = submission.RNN(1, 1).double()
    set_parameters(layer, {"weight": tensor([weight]), "bias": tensor([bias])})
    return layer


@title(en="Two steps of RNN", ru="Два шага RNN")
def test_rnn(submission):
    """tanh(1 + 0.5) = 0.905, then tanh(2 * 0.905 - 1 + 0.5) = 0.864."""
    outputs, h = an_rnn(submission, [2.0, 1.0], 0.5)(tensor([[[1.0]], [[-1.0]]]))
    assert_close(outputs, tensor([[[0.9051482536]], [[0.8643504183]]]), rtol=1e-8, what="outputs")
    assert_close(h, tensor([[0.8643504183]]), rtol=1e-8, what="h")


@title(en="The parameters of GRU", ru="Параметры GRU")
def test_parameters(submission):
    found = parameters(submission.GRU(2, 3))
    assert_equal(sorted(found), ["weight_h", "weight_r", "weight_z"], what="names of the parameters")
    for name, value in found.items():
        assert_array(value, shape=(3, 5), kind="float", what=name)


@title(en="A step of GRU", ru="Шаг GRU")
def test_gru(submission):
    """The example of the statement."""
    layer = submission.GRU(1, 1).double()
    zeros = tensor([[0.0, 0.0]])
    set_parameters(layer, {"weight_z": zeros, "weight_r": zeros, "weight_h": tensor([[2.0, 1.0]])})
    _, h = layer(tensor([[[1.0]]]), tensor([[-3.0]]))
    assert_close(h, tensor([[-1.9820137900]]), rtol=1e-8, what="h")


@title(en="A way back", ru="Обратный проход")
def test_bptt(submission):
    """The example of the statement: with x = 0 and bias = 0 all states are 0, and tanh' = 1."""
    weight, bias, x, h0 = tensor([[2.0, 3.0]]), tensor([0.0]), tensor([[[0.0]], [[0.0]]]), tensor([[0.0]])
    found = submission.bptt(weight, bias, x, h0, tensor([[[5.0]], [[1.0]]]))
    expected = {"weight": tensor([[0.0, 0.0]]), "bias": tensor([8.0]), "x": tensor([[[21.0]], [[3.0]]])}
    assert_close(found, {**expected, "h0": tensor([[14.0]])}, rtol=1e-8, atol=1e-12, what="gradients")


@title(en="Two directions: shapes, and zeros in the padding", ru="Два направления: формы и нули в дополнении")
def test_bidirectional(submission):
    network = submission.Bidirectional(submission.RNN(2, 3), submission.RNN(2, 4))
    outputs, (ahead, back) = network(torch.ones(5, 2, 2), torch.tensor([5, 3]))
    found = assert_array(outputs, shape=(5, 2, 7), kind="float", what="outputs")
    assert not found[3:, 1].any(), "beyond the end of a sequence outputs are 0"
    assert_array(ahead, shape=(2, 3), kind="float", what="the state of ahead")
    assert_array(back, shape=(2, 4), kind="float", what="the state of back")


@title(en="Layers: shapes", ru="Слои: формы")
def test_stacked(submission):
    outputs, states = submission.Stacked([submission.RNN(2, 3), submission.GRU(3, 4)])(torch.ones(5, 2, 2))
    assert_array(outputs, shape=(5, 2, 4), kind="float", what="outputs")
    assert_array(states[0], shape=(2, 3), kind="float", what="the first state")
    assert_array(states[1], shape=(2, 4), kind="float", what="the second state")


@title(en="A mixture of two layers", ru="Смесь двух слоёв")
def test_mix(submission):
    states = tensor([2.0, 4.0]).reshape(2, 1, 1, 1)
    assert_close(submission.mix(states, tensor([1.0, 1.0]), 10.0), tensor([[[30.0]]]), rtol=1e-8, what="mix")


@title(en="Shapes of one and many", ru="Формы: один и много")
def test_shapes(submission):
    layer, head, x = submission.RNN(2, 3), submission.RNN(2, 2), torch.ones(5, 4, 2)
    assert_refused("steps", submission.one_to_many, layer, head, x[0], 0)
    assert_refused("lengths", submission.many_to_one, layer, head, x, torch.tensor([1, 2, 3, 6]))
