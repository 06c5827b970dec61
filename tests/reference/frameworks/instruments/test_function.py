"""The bilinear function by hand, against autograd and finite differences."""

import pytest
import torch

from reference.frameworks.instruments.function import Bilinear, bilinear

DOUBLE = torch.float64


def arguments(seed, n=4, m=3, k=2):
    rng = torch.Generator().manual_seed(seed)
    return [torch.randn(*shape, generator=rng, dtype=DOUBLE) for shape in ((n, m), (m, k), (n, k))]


def plain(x, W, z, scale):
    """By loops, and differentiated by autograd."""
    return torch.stack([scale * (row @ W @ other) for row, other in zip(x, z, strict=True)])


def test_by_hand():
    """[1 2] [[1 0] [0 3]] [5 7]^T = 5 + 42."""
    x, W, z = torch.tensor([[1.0, 2.0]]), torch.tensor([[1.0, 0.0], [0.0, 3.0]]), torch.tensor([[5.0, 7.0]])
    assert bilinear(x, W, z).tolist() == [47.0]
    leaves = [value.clone().requires_grad_() for value in (x, W, z)]
    bilinear(*leaves, scale=2.0).backward()
    assert [leaf.grad.tolist() for leaf in leaves] == [[[10.0, 42.0]], [[10.0, 14.0], [20.0, 28.0]], [[2.0, 12.0]]]


@pytest.mark.parametrize("sizes", [(4, 3, 2), (1, 3, 2), (5, 1, 1), (3, 3, 3)])
@pytest.mark.parametrize("scale", [1.0, -0.7, 0.0])
def test_against_autograd(sizes, scale):
    leaves = [value.requires_grad_() for value in arguments(1, *sizes)]
    cotangent = torch.linspace(-1, 2, sizes[0], dtype=DOUBLE)
    found, expected = bilinear(*leaves, scale), plain(*leaves, scale)
    torch.testing.assert_close(found, expected)
    grads = [torch.autograd.grad(y, leaves, cotangent) for y in (found, expected)]
    torch.testing.assert_close(*grads)


def test_finite_differences_once_and_twice():
    leaves = [value.requires_grad_() for value in arguments(2)]
    assert torch.autograd.gradcheck(lambda *values: Bilinear.apply(*values, 0.6), leaves)
    assert torch.autograd.gradgradcheck(lambda *values: Bilinear.apply(*values, 0.6), leaves)


def test_it_is_linear_in_each_argument():
    x, W, z = arguments(3)
    twice = bilinear(x, 2 * W, z)
    torch.testing.assert_close(twice, 2 * bilinear(x, W, z))
    torch.testing.assert_close(bilinear(2 * x, W, z), twice)
    torch.testing.assert_close(bilinear(x, W, z, 2), twice)


@pytest.mark.parametrize("wanted", [(True, False, False), (False, True, False), (True, False, True)])
def test_only_what_is_needed(wanted, monkeypatch):
    seen = []
    backward = Bilinear.backward
    monkeypatch.setattr(Bilinear, "backward", lambda *a: seen.append(backward(*a)) or seen[-1])
    leaves = [value.requires_grad_(needs) for value, needs in zip(arguments(4), wanted, strict=True)]
    bilinear(*leaves).sum().backward()
    assert [part is not None for part in seen[0]] == [*wanted, False]


def test_float32_stays():
    leaves = [value.float().requires_grad_() for value in arguments(5)]
    y = bilinear(*leaves, 0.1)
    assert y.dtype == torch.float32
    y.sum().backward()
    assert {leaf.grad.dtype for leaf in leaves} == {torch.float32}


def test_errors():
    x, W, z = arguments(6)
    for name, changed in (
        ("x", (x[0], W, z)),
        ("x", (x * torch.nan, W, z)),
        ("W", (x, W[:2], z)),
        ("z", (x, W, z[:1])),
        ("z", (x, W, z[:, :1])),
        ("scale", (x, W, z, torch.inf)),
    ):
        with pytest.raises(ValueError, match=rf"^{name} "):
            bilinear(*changed)
