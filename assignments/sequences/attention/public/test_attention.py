"""The public tests of attention: small cases with their answers written out."""

import math

import torch

from grader.testing import assert_array, assert_close, assert_equal, assert_refused, parameters, set_parameters, title


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


@title(en="The example of the statement", ru="Пример из условия")
def test_example(submission):
    Q, K, V = tensor([[math.log(9), 0.0, 0.0, 0.0]]), tensor([[2.0, 0, 0, 0], [0.0, 0, 0, 0]]), tensor([[10.0], [20.0]])
    assert_close(submission.scaled(Q, K, V), (tensor([[11.0]]), tensor([[0.9, 0.1]])), rtol=1e-9, what="all keys")
    mask = torch.tensor([[False, True]])
    assert_close(submission.scaled(Q, K, V, mask), (tensor([[20.0]]), tensor([[0.0, 1.0]])), rtol=1e-9, what="one key")


@title(en="SelfAttention with d_k = 1", ru="SelfAttention при d_k = 1")
def test_self_attention(submission):
    """Queries 0, so every place takes the mean of the values."""
    layer = submission.SelfAttention(2, 1).double()
    set_parameters(layer, {"query": tensor([[0.0, 0.0]]), "key": tensor([[1.0, 1.0]]), "value": tensor([[1.0, 10.0]])})
    x = tensor([[[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]])
    assert_close(layer(x), tensor([[[22 / 3]] * 3]), rtol=1e-9, what="what comes out")


@title(en="The parameters of MultiHead", ru="Параметры MultiHead")
def test_parameters(submission):
    found = parameters(submission.MultiHead(6, 2))
    assert_equal(
        sorted(found), ["b_k", "b_o", "b_q", "b_v", "w_k", "w_o", "w_q", "w_v"], what="names of the parameters"
    )
    for name, value in found.items():
        assert_array(value, shape=(6, 6) if name.startswith("w") else (6,), kind="float", what=name)


@title(en="Two heads with one entry each", ru="Две головы по одной компоненте")
def test_two_heads(submission):
    """Head 0 has large scores and finds the vector itself; head 1 has queries 0 and takes the mean."""
    layer, one, zero = submission.MultiHead(2, 2).double(), torch.eye(2).double(), tensor([0.0, 0.0])
    values = {"w_q": tensor([[1000.0, 0.0], [0.0, 0.0]]), "w_k": one, "w_v": one, "w_o": one}
    set_parameters(layer, values | {"b_q": zero, "b_k": zero, "b_v": zero, "b_o": tensor([0.0, 0.5])})
    x = tensor([[[1.0, 2.0], [-1.0, 4.0]]])
    assert_close(layer(x), tensor([[[1.0, 3.5], [-1.0, 3.5]]]), rtol=1e-9, what="what comes out")


@title(en="The causal mask of three places", ru="Причинная маска трёх позиций")
def test_causal_mask(submission):
    expected = torch.tensor([[True, False, False], [True, True, False], [True, True, True]])
    assert_equal(submission.causal_mask(3), expected, what="causal_mask(3)")


@title(en="Two positions", ru="Две позиции")
def test_positional(submission):
    expected = tensor([[0.0, 1.0, 0.0, 1.0], [0.84147098, 0.54030231, 0.00999983, 0.99995]])
    assert_close(submission.positional(2, 4), expected, atol=1e-6, what="positional(2, 4)")


@title(en="Layer normalisation, there and back", ru="Послойная нормализация, туда и обратно")
def test_layer_norm(submission):
    """Mean 3, variance 4, and with an eps of 5 a deviation of 3."""
    x, gamma = tensor([[1.0, 5.0]]), tensor([1.0, 3.0])
    found = submission.layer_norm(x, gamma, tensor([0.0, 1.0]), 5.0)
    assert_close(found, tensor([[-2 / 3, 3.0]]), rtol=1e-9, what="the normalised vector")
    expected = tensor([[5 / 18, -5 / 18]]), tensor([-2.0, 0.0]), tensor([3.0, 0.0])
    found = submission.layer_norm_grad(x, gamma, tensor([[3.0, 0.0]]), 5.0)
    assert_close(found, expected, rtol=1e-9, what="(dx, dgamma, dbeta)")


@title(en="Heads that do not divide d are refused", ru="Число голов, не делящее d, отвергается")
def test_bad_heads(submission):
    assert_refused("heads", submission.MultiHead, 4, 3)
