"""Layer normalisation against torch, there and back, by hand, and by what it must not notice."""

import pytest
import torch
from torch.nn import functional

from reference.sequences.attention.layernorm import layer_norm, layer_norm_grad

from ..weights import exact, randn

SHAPES = [(5,), (3, 5), (2, 3, 5), (4, 1), (2, 2, 2, 2)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("eps", [1e-5, 0.5])
def test_as_torch(shape, eps):
    x, gamma, beta, dy = randn(1, *shape), randn(2, shape[-1]), randn(3, shape[-1]), randn(4, *shape)
    leaves = [value.clone().requires_grad_() for value in (x, gamma, beta)]
    expected = functional.layer_norm(leaves[0], shape[-1:], *leaves[1:], eps)
    torch.testing.assert_close(layer_norm(x, gamma, beta, eps), expected.detach())
    wanted = torch.autograd.grad(expected, leaves, dy)
    torch.testing.assert_close(layer_norm_grad(x, gamma, dy, eps), wanted, rtol=1e-8, atol=1e-10)


def test_by_hand():
    """Mean 3, biased variance 4: with an eps of 5 the deviation is 3."""
    gamma, x = exact([1.0, 3.0]), exact([[1.0, 5.0]])
    torch.testing.assert_close(layer_norm(x, gamma, exact([0.0, 1.0]), 5.0), exact([[-2 / 3, 3.0]]))
    dx, dgamma, dbeta = layer_norm_grad(x, gamma, exact([[3.0, 0.0]]), 5.0)
    # g = (3, 0), z = (-2/3, 2/3): mean g = 3/2, mean gz = -1
    torch.testing.assert_close(dx, exact([[(3 - 1.5 - 2 / 3) / 3, (-1.5 + 2 / 3) / 3]]))
    torch.testing.assert_close((dgamma, dbeta), (exact([-2.0, 0.0]), exact([3.0, 0.0])))


def test_finite_differences():
    x, gamma, beta, dy = (randn(seed, *shape) for seed, shape in enumerate(((2, 4), (4,), (4,), (2, 4))))
    found = layer_norm_grad(x, gamma, dy, 0.1)
    for place, values in enumerate((x, gamma, beta)):
        for index in range(values.numel()):
            ends = []
            for step in (1e-6, -1e-6):
                moved = [value.clone() for value in (x, gamma, beta)]
                moved[place].view(-1)[index] += step
                ends.append(float((layer_norm(*moved, 0.1) * dy).sum()))
            assert float(found[place].reshape(-1)[index]) == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-7)


def test_a_shift_and_a_scale_of_a_vector_are_not_noticed():
    x, gamma, beta = randn(1, 3, 6), randn(2, 6), randn(3, 6)
    one = layer_norm(x, gamma, beta, 1e-12)
    torch.testing.assert_close(layer_norm(7 * x + 1000, gamma, beta, 1e-12), one, rtol=1e-8, atol=1e-8)
    dx = layer_norm_grad(x, gamma, randn(4, 3, 6), 1e-12)[0]
    torch.testing.assert_close(dx.sum(-1), torch.zeros(3).double())
    torch.testing.assert_close((dx * x).sum(-1), torch.zeros(3).double())


def test_constant_vectors_and_types():
    found = layer_norm(torch.full((2, 3), 7.0), torch.ones(3), torch.tensor([1.0, 2.0, 3.0]))
    assert found.dtype == torch.float32
    assert found.tolist() == [[1.0, 2.0, 3.0]] * 2


def test_wrong_arguments():
    x, vector = torch.ones(2, 3), torch.ones(3)
    for arguments, name in (
        ((torch.tensor(1.0), vector, vector), "x"),
        ((torch.ones(0, 3), vector, vector), "x"),
        ((x, torch.ones(1), vector), "gamma"),
        ((x, vector, torch.ones(2, 3)), "beta"),
        ((x, vector, vector, 0.0), "eps"),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            layer_norm(*arguments)
    for arguments, name in (((x, torch.ones(2), x), "gamma"), ((x, vector, vector), "dy"), ((x, vector, x, -1), "eps")):
        with pytest.raises(ValueError, match=f"^{name} must"):
            layer_norm_grad(*arguments)
