"""The radial layer by hand, against scipy's interpolator and torch.cdist, and by finite differences."""

import math

import numpy as np
import pytest
import torch
from scipy.interpolate import RBFInterpolator

from reference.frameworks.training.radial import Radial


def layer_of(centers, log_gamma):
    layer = Radial(len(centers[0]), len(centers)).double()
    with torch.no_grad():
        layer.centers.copy_(torch.tensor(centers))
        layer.log_gamma.copy_(torch.tensor(log_gamma))
    return layer


def randn(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def random_layer(seed, n_in, n_out):
    return layer_of(randn(seed, n_out, n_in).tolist(), randn(seed + 1, n_out).tolist())


def test_by_hand():
    """Squared distances 0, 25 and 1, 20; factors 1 and 2."""
    layer = layer_of([[0.0, 0.0], [3.0, 4.0]], [0.0, math.log(2)])
    found = layer(torch.tensor([[0.0, 0.0], [1.0, 0.0]], dtype=torch.float64))
    expected = [[1.0, math.exp(-50)], [math.exp(-1), math.exp(-40)]]
    torch.testing.assert_close(found, torch.tensor(expected, dtype=torch.float64))


@pytest.mark.parametrize(("n", "n_in", "n_out"), [(1, 1, 1), (5, 3, 4), (4, 7, 2)])
def test_as_by_cdist(n, n_in, n_out):
    layer, x = random_layer(n, n_in, n_out), randn(9, n, n_in)
    expected = torch.exp(-layer.log_gamma.exp() * torch.cdist(x, layer.centers) ** 2)
    torch.testing.assert_close(layer(x), expected)


def test_a_weighted_sum_is_the_interpolator_of_scipy():
    rng = np.random.default_rng(0)
    places, values, new = rng.normal(size=(12, 2)), rng.normal(size=12), rng.normal(size=(5, 2))
    theirs = RBFInterpolator(places, values, kernel="gaussian", epsilon=1.5, degree=-1)
    layer = layer_of(places.tolist(), [math.log(1.5**2)] * 12)
    with torch.no_grad():
        weights = np.linalg.solve(layer(torch.tensor(places)).numpy(), values)
        found = layer(torch.tensor(new)).numpy() @ weights
    np.testing.assert_allclose(found, theirs(new), rtol=1e-6)


def test_gradcheck_also_at_a_centre():
    layer, x = random_layer(1, 3, 4), randn(2, 5, 3)
    x[0] = layer.centers.detach()[2]

    def run(x, centers, log_gamma):
        return torch.func.functional_call(layer, {"centers": centers, "log_gamma": log_gamma}, x)

    leaves = [value.detach().clone().requires_grad_() for value in (x, layer.centers, layer.log_gamma)]
    assert torch.autograd.gradcheck(run, leaves)


def test_objects_are_counted_in_training_mode_only():
    layer = Radial(2, 3)
    layer(torch.zeros(4, 2))
    layer.eval()
    layer(torch.zeros(7, 2))
    layer.train()
    layer(torch.zeros(1, 2))
    assert layer.seen.item() == 5
    assert layer.seen.dtype is torch.int64


def test_the_state_goes_through_a_file(tmp_path):
    layer = Radial(2, 3)
    layer(torch.zeros(4, 2))
    torch.save(layer.state_dict(), tmp_path / "layer.pt")
    other = Radial(2, 3)
    other.load_state_dict(torch.load(tmp_path / "layer.pt"))
    assert other.seen.item() == 4
    assert torch.equal(other(torch.ones(2, 2)), layer(torch.ones(2, 2)))
    assert {name: tuple(value.shape) for name, value in layer.state_dict().items()} == {
        "centers": (3, 2),
        "log_gamma": (3,),
        "seen": (),
    }
    assert sorted(dict(layer.named_parameters())) == ["centers", "log_gamma"]


def test_it_learns_where_a_bump_is():
    layer = Radial(1, 1).double()
    x = torch.linspace(-3, 3, 61, dtype=torch.float64)[:, None]
    wanted = torch.exp(-3 * (x - 0.5) ** 2)
    with torch.no_grad():
        layer.centers.zero_()
    optimizer = torch.optim.Adam(layer.parameters(), lr=0.05)
    for _ in range(300):
        optimizer.zero_grad()
        ((layer(x) - wanted) ** 2).mean().backward()
        optimizer.step()
    assert layer.centers.item() == pytest.approx(0.5, abs=1e-3)
    assert layer.log_gamma.exp().item() == pytest.approx(3, abs=1e-2)


def test_first_values():
    def drawn(seed):
        return Radial(50, 40, rng=torch.Generator().manual_seed(seed)).state_dict()

    one, same, other = drawn(1), drawn(1), drawn(2)
    assert torch.equal(one["centers"], same["centers"])
    assert not torch.equal(one["centers"], other["centers"])
    assert one["centers"].mean().item() == pytest.approx(0, abs=0.15)
    assert one["centers"].std().item() == pytest.approx(1, abs=0.1)
    assert one["log_gamma"].count_nonzero() == 0


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_type_of_numbers_stays(dtype):
    layer = Radial(2, 3).to(dtype)
    assert layer(torch.ones(4, 2, dtype=dtype)).dtype == dtype
    assert layer.seen.dtype is torch.int64


@pytest.mark.parametrize(("sizes", "name"), [((0, 3), "n_in"), ((3, 0), "n_out"), ((2, 1.5), "n_out")])
def test_sizes_are_checked(sizes, name):
    with pytest.raises(ValueError, match=name):
        Radial(*sizes)


@pytest.mark.parametrize("shape", [(4, 3), (2,), (0, 2), (4, 1)])
def test_shapes_are_checked(shape):
    with pytest.raises(ValueError, match="x must"):
        Radial(2, 3)(torch.zeros(shape))
