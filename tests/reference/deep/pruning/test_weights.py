"""What a weight costs: by hand, by brute force on a quadratic, against torch's inverse, and pruning by numpy."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.deep.pruning.weights import prune, saliency

DOUBLE = torch.float64


def quadratic(seed, size):
    """Weights, and a random Hessian that is positive definite."""
    generator = torch.Generator().manual_seed(seed)
    root = torch.randn(size, size + 2, dtype=DOUBLE, generator=generator)
    return torch.randn(size, dtype=DOUBLE, generator=generator), root @ root.T / size


def test_by_hand():
    a, H = torch.tensor([1.0, 3.0], dtype=DOUBLE), torch.tensor([[2.0, 1.0], [1.0, 2.0]], dtype=DOUBLE)
    # the inverse is [[2, -1], [-1, 2]] / 3
    torch.testing.assert_close(saliency(a, H), torch.tensor([1.5, 13.5], dtype=DOUBLE))
    assert saliency(torch.tensor([1.0, -3.0, 0.0])).tolist() == [1.0, 3.0, 0.0]


@pytest.mark.parametrize("size", [1, 2, 5, 9])
def test_twice_the_rise_of_a_quadratic(size):
    """The loss (w - a)' H (w - a) / 2 with w_i = 0, minimal over all other weights."""
    a, H = quadratic(size, size)
    for i, found in enumerate(saliency(a, H).tolist()):
        others = [j for j in range(size) if j != i]
        d = torch.zeros(size, dtype=DOUBLE)
        d[i] = -a[i]
        d[others] = torch.linalg.solve(H[others][:, others], H[others, i] * a[i])
        assert found == pytest.approx(float(d @ H @ d), rel=1e-8)


@pytest.mark.parametrize("size", [3, 30])
def test_against_the_inverse_of_torch(size):
    a, H = quadratic(7, size)
    expected = a**2 / torch.linalg.inv(H).diagonal()
    torch.testing.assert_close(saliency(a, H), expected, rtol=1e-8, atol=0)
    torch.testing.assert_close(saliency(a.float(), H.float()), expected.float(), rtol=1e-2, atol=1e-4)


@pytest.mark.parametrize("count", [0, 1, 4, 12])
def test_prune_against_numpy(count):
    rng = np.random.default_rng(count)
    a, scores = rng.normal(size=12), rng.integers(4, size=12).astype(float)
    found, kept = prune(torch.from_numpy(a), torch.from_numpy(scores), count)
    gone = np.lexsort((np.arange(12), scores))[:count]
    assert (~kept).nonzero().flatten().tolist() == sorted(gone.tolist())
    assert found.tolist() == [0.0 if i in gone else a[i] for i in range(12)]


def test_the_arguments_stay_as_they_were():
    a, scores = torch.tensor([1.0, 2.0]), torch.tensor([0.5, 0.1])
    prune(a, scores, 2)
    assert (a.tolist(), scores.tolist()) == ([1.0, 2.0], [0.5, pytest.approx(0.1)])


def test_bad_arguments_are_named():
    a, H = torch.ones(2), torch.eye(2)
    for name, call in (
        ("a", lambda: saliency(H, H)),
        ("a", lambda: saliency(torch.tensor([1, 2]), H)),
        ("H", lambda: saliency(a, torch.eye(3))),
        ("H", lambda: saliency(a, torch.tensor([[1.0, 1.0], [0.0, 1.0]]))),
        ("H", lambda: saliency(a, torch.tensor([[1.0, 2.0], [2.0, 1.0]]))),
        ("H", lambda: saliency(a, torch.zeros(2, 2))),
        ("scores", lambda: prune(a, torch.ones(3), 1)),
        ("count", lambda: prune(a, a, 3)),
        ("count", lambda: prune(a, a, -1)),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            call()
