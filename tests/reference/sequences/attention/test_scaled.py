"""Scaled attention and one head: against torch, by hand, and by what masks and permutations do."""

import math

import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from reference.sequences.attention.masks import causal_mask
from reference.sequences.attention.scaled import SelfAttention, scaled

from ..weights import double, exact, randn


@pytest.mark.parametrize("axes", [(), (3,), (2, 3)])
@pytest.mark.parametrize("masked", [False, True])
def test_as_torch(axes, masked):
    Q, K, V = randn(1, *axes, 4, 5), randn(2, *axes, 6, 5), randn(3, *axes, 6, 2)
    mask = randn(4, *axes, 4, 6) > -0.5 if masked else None
    out, weights = scaled(Q, K, V, mask)
    torch.testing.assert_close(out, scaled_dot_product_attention(Q, K, V, mask))
    torch.testing.assert_close(weights @ V, out)


def test_by_hand():
    """Scores ln 9 and 0 after division by sqrt(4): weights 9/10 and 1/10."""
    Q, K = exact([[2.0, 0.0, 0.0, 0.0]]), exact([[math.log(9), 0.0, 0.0, 0.0], [0.0, 1.0, 1.0, 1.0]])
    out, weights = scaled(Q, K, exact([[10.0], [20.0]]))
    torch.testing.assert_close(weights, exact([[0.9, 0.1]]))
    torch.testing.assert_close(out, exact([[11.0]]))


def test_rows_without_keys_are_zero_and_so_are_their_gradients():
    Q, K, V = (randn(seed, 3, 2).requires_grad_() for seed in range(3))
    mask = torch.tensor([[True, False, True], [False, False, False], [False, True, False]])
    out, weights = scaled(Q, K, V, mask)
    assert not out[1].any()
    assert not weights[1].any()
    torch.testing.assert_close(out[2], V[1])
    out.sum().backward()
    assert not Q.grad[1].any()
    assert all(value.grad.isfinite().all() for value in (Q, K, V))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_large_scores_choose_the_largest(dtype):
    Q, K = torch.full((1, 1), 100.0, dtype=dtype), torch.tensor([[100.0], [-100.0], [101.0]], dtype=dtype)
    out, weights = scaled(Q, K, torch.tensor([[1.0], [2.0], [3.0]], dtype=dtype))
    assert weights.dtype == dtype
    assert out.tolist() == [[3.0]]


def test_the_future_changes_nothing():
    layer, x = double(SelfAttention(3, 2), 0), randn(1, 2, 6, 3)
    other = x.clone()
    other[:, 4:] *= 1e3
    one, two = layer(x, causal_mask(6)), layer(other, causal_mask(6))
    assert torch.equal(one[:, :4], two[:, :4])
    assert not torch.equal(one[:, 4:], two[:, 4:])


def test_one_head_entry_by_entry():
    layer, x = double(SelfAttention(3, 4), 0), randn(1, 1, 5, 3)
    q, k, v = (x[0] @ matrix.T for matrix in (layer.query, layer.key, layer.value))
    for i in range(5):
        powers = [math.exp((q[i] @ k[j]).item() / 2) for j in range(5)]
        expected = sum(power / sum(powers) * v[j] for j, power in enumerate(powers))
        torch.testing.assert_close(layer(x)[0, i], expected)


def test_who_permutes_the_vectors_permutes_the_results():
    layer, x, order = double(SelfAttention(3, 2), 0), randn(1, 2, 5, 3), torch.tensor([3, 0, 4, 1, 2])
    torch.testing.assert_close(layer(x[:, order]), layer(x)[:, order])


def test_gradcheck():
    values = [randn(seed, 2, 3, 2).requires_grad_() for seed in range(3)]
    mask = torch.tensor([[True, True, False], [False, False, False], [True, False, True]])
    assert torch.autograd.gradcheck(lambda Q, K, V: scaled(Q, K, V, mask), values)


def test_first_values():
    one, same = (SelfAttention(4, 9, rng=torch.Generator().manual_seed(1)).state_dict() for _ in range(2))
    assert list(one) == ["query", "key", "value"]
    for name, value in one.items():
        assert value.shape == (9, 4)
        assert 0.4 < value.abs().max() <= 0.5
        assert torch.equal(value, same[name])


@pytest.mark.parametrize(
    ("shapes", "name"),
    [
        (((3,), (3, 3), (3, 3)), "Q"),
        (((0, 3), (3, 3), (3, 3)), "Q"),
        (((2, 3), (4, 2), (4, 3)), "K"),
        (((2, 2, 3), (4, 3), (4, 3)), "K"),
        (((2, 3), (4, 3), (3, 3)), "V"),
        (((2, 2, 3), (2, 4, 3), (1, 4, 3)), "V"),
    ],
)
def test_wrong_shapes(shapes, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        scaled(*(torch.ones(shape) for shape in shapes))


def test_wrong_arguments_of_the_module():
    for sizes, name in (((0, 1), "d"), ((1, 0), "d_k"), ((1, 1.5), "d_k")):
        with pytest.raises(ValueError, match=f"^{name} must"):
            SelfAttention(*sizes)
    for shape in ((2, 3), (2, 4, 2), (0, 4, 3)):
        with pytest.raises(ValueError, match=r"^x must"):
            SelfAttention(3, 2)(torch.ones(shape))
