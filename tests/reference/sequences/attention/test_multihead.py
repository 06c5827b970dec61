"""Several heads against torch's module with the same weights, by hand, and by what masks do."""

import pytest
import torch

from reference.sequences.attention.masks import causal_mask
from reference.sequences.attention.multihead import MultiHead
from reference.sequences.attention.scaled import SelfAttention

from ..weights import double, exact, randn


def theirs(layer):
    """torch's own with the same weights."""
    made = torch.nn.MultiheadAttention(layer.d, layer.heads, batch_first=True).double()
    with torch.no_grad():
        made.in_proj_weight.copy_(torch.cat([layer.w_q, layer.w_k, layer.w_v]))
        made.in_proj_bias.copy_(torch.cat([layer.b_q, layer.b_k, layer.b_v]))
        made.out_proj.weight.copy_(layer.w_o)
        made.out_proj.bias.copy_(layer.b_o)
    return made


@pytest.mark.parametrize(("d", "heads"), [(6, 2), (6, 3), (4, 1), (3, 3)])
@pytest.mark.parametrize("masked", [False, True])
def test_as_torch(d, heads, masked):
    layer, x, memory = double(MultiHead(d, heads), 0), randn(1, 3, 5, d), randn(2, 3, 4, d)
    mask = None
    if masked:
        mask = randn(3, 3, 5, 4) > 0
        mask[:, :, 0] = True
    shut = None if mask is None else ~mask.repeat_interleave(heads, dim=0)
    torch.testing.assert_close(layer(x, memory, mask), theirs(layer)(x, memory, memory, attn_mask=shut)[0])
    torch.testing.assert_close(layer(x), theirs(layer)(x, x, x)[0])


def test_gradients_are_those_of_torch():
    layer, x, weights = double(MultiHead(4, 2), 0), randn(1, 2, 3, 4), randn(2, 2, 3, 4)
    other = theirs(layer)
    (layer(x) * weights).sum().backward()
    (other(x, x, x)[0] * weights).sum().backward()
    torch.testing.assert_close(torch.cat([layer.w_q.grad, layer.w_k.grad, layer.w_v.grad]), other.in_proj_weight.grad)
    torch.testing.assert_close(layer.b_o.grad, other.out_proj.bias.grad)


def test_each_head_by_hand():
    """Head 0 looks at the first entries, head 1 at the second; w_q = 0 in head 1, which so takes the mean."""
    layer = MultiHead(2, 2).double()
    with torch.no_grad():
        for name, value in layer.named_parameters():
            value.copy_(torch.eye(2) if name.startswith("w") else torch.zeros(2))
        layer.w_q.copy_(exact([[1000.0, 0.0], [0.0, 0.0]]))
        layer.b_o.copy_(exact([0.0, 0.5]))
    x = exact([[[1.0, 2.0], [-1.0, 4.0]]])
    torch.testing.assert_close(layer(x), exact([[[1.0, 3.5], [-1.0, 3.5]]]))


def test_one_head_is_self_attention():
    layer, one = double(MultiHead(3, 1), 0), SelfAttention(3, 3).double()
    with torch.no_grad():
        for name, value in layer.named_parameters():
            if name.startswith("b"):
                value.zero_()
        layer.w_o.copy_(torch.eye(3))
        for mine, of_layer in zip(one.parameters(), (layer.w_q, layer.w_k, layer.w_v), strict=True):
            mine.copy_(of_layer)
    x = randn(1, 2, 4, 3)
    torch.testing.assert_close(layer(x), one(x))


def test_the_future_changes_nothing():
    layer, x = double(MultiHead(4, 2), 0), randn(1, 2, 6, 4)
    other = x.clone()
    other[:, 3:] = 100 * randn(2, 2, 3, 4)
    assert torch.equal(layer(x, mask=causal_mask(6))[:, :3], layer(other, mask=causal_mask(6))[:, :3])


def test_padding_of_any_length_changes_nothing():
    layer, x, memory = double(MultiHead(4, 2), 0), randn(1, 1, 3, 4), randn(2, 1, 2, 4)
    for more in (1, 5):
        padded = torch.cat([memory, 100 * randn(3, 1, more, 4)], dim=1)
        mask = torch.arange(2 + more) < 2
        torch.testing.assert_close(layer(x, padded, mask), layer(x, memory), rtol=1e-12, atol=1e-12)


def test_a_row_that_sees_nothing_is_the_last_bias():
    layer, x = double(MultiHead(4, 2), 0), randn(1, 2, 3, 4)
    torch.testing.assert_close(layer(x, mask=torch.zeros(3, 3).bool()), layer.b_o.expand(2, 3, 4))


def test_first_values():
    one, same = (MultiHead(16, 4, rng=torch.Generator().manual_seed(1)).state_dict() for _ in range(2))
    assert sorted(one) == ["b_k", "b_o", "b_q", "b_v", "w_k", "w_o", "w_q", "w_v"]
    for name, value in one.items():
        assert 0.1 < value.abs().max() <= 0.25
        assert torch.equal(value, same[name])


def test_wrong_arguments():
    for sizes, name in (((0, 1), "d"), ((4, 0), "heads"), ((4, 3), "heads"), ((4, 8), "heads")):
        with pytest.raises(ValueError, match=f"^{name} must"):
            MultiHead(*sizes)
    layer, x = MultiHead(4, 2), torch.ones(2, 3, 4)
    for arguments, name in (
        ((torch.ones(3, 4),), "x"),
        ((torch.ones(2, 3, 5),), "x"),
        ((x, torch.ones(1, 3, 4)), "memory"),
        ((x, torch.ones(2, 3, 5)), "memory"),
        ((x, None, torch.ones(3, 3)), "mask"),
        ((x, None, torch.ones(3, 4).bool()), "mask"),
        ((x, torch.ones(2, 4, 4), torch.ones(3, 3).bool()), "mask"),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            layer(*arguments)
