"""Methods with a rate of its own for each coordinate against torch, and in closed form (L02.adagrad to L02.adam)."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.autodiff.first_order.adaptive import adadelta, adagrad, adam, rmsprop

from .laws import *  # noqa: F403
from .laws import STARTS, bowl_gradient

OPTIM = torch.optim
TINY = 1e-300  # an eps inside the root that is as good as none
METHODS = {
    "adagrad": lambda g, w, steps: adagrad(g, w, 0.1, steps),
    "rmsprop": lambda g, w, steps: rmsprop(g, w, 0.01, steps),
    "adadelta": lambda g, w, steps: adadelta(g, w, steps),
    "adam": lambda g, w, steps: adam(g, w, 0.1, steps),
}
PAIRS = {
    "adagrad": (lambda g, w, n: adagrad(g, w, 0.3, n, TINY), lambda p: OPTIM.Adagrad(p, lr=0.3, eps=0.0)),
    "rmsprop": (
        lambda g, w, n: rmsprop(g, w, 0.02, n, 0.8, TINY),
        lambda p: OPTIM.RMSprop(p, lr=0.02, alpha=0.8, eps=0.0),
    ),
    "adadelta": (
        lambda g, w, n: adadelta(g, w, n, 0.7, 1e-3),
        lambda p: OPTIM.Adadelta(p, lr=1.0, rho=0.7, eps=1e-3),
    ),
    "adam": (
        lambda g, w, n: adam(g, w, 0.05, n, 0.8, 0.95, TINY),
        lambda p: OPTIM.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=0.0),
    ),
}


@pytest.fixture(params=METHODS)
def method(request):
    return METHODS[request.param]


@pytest.fixture(params=PAIRS)
def pair(request):
    return PAIRS[request.param]


@pytest.mark.parametrize("slope", [3.0, -0.2])
@pytest.mark.parametrize("eps", [0.5, 1e-4])
def test_a_constant_gradient_in_closed_form(slope, eps):
    """With the same g in every step sums and means are known, eps inside the root included."""
    k = np.arange(1, 6)

    def gradient(w):
        return [slope]

    paths = {
        "adagrad": (adagrad(gradient, [0.0], 0.1, 5, eps), -0.1 * slope / np.sqrt(k * slope**2 + eps)),
        "rmsprop": (
            rmsprop(gradient, [0.0], 0.1, 5, 0.6, eps),
            -0.1 * slope / np.sqrt((1 - 0.6**k) * slope**2 + eps),
        ),
        "adam": (adam(gradient, [0.0], 0.1, 5, 0.6, 0.7, eps), np.full(5, -0.1 * slope / np.sqrt(slope**2 + eps))),
    }
    for name, (path, moves) in paths.items():
        np.testing.assert_allclose(np.diff(path[:, 0]), moves, rtol=1e-12, err_msg=name)
    first = -np.sqrt(eps) / np.sqrt(0.4 * slope**2 + eps) * slope
    second = -np.sqrt(0.4 * first**2 + eps) / np.sqrt(0.64 * slope**2 + eps) * slope
    np.testing.assert_allclose(np.diff(adadelta(gradient, [0.0], 2, 0.6, eps)[:, 0]), [first, second], rtol=1e-12)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        *((lambda f=f: f(bowl_gradient, STARTS[0], -1.0, 3), "mu") for f in (adagrad, rmsprop, adam)),
        (lambda: rmsprop(bowl_gradient, STARTS[0], 0.1, 3, gamma=1.0), "gamma"),
        (lambda: adadelta(bowl_gradient, STARTS[0], 3, gamma=-0.1), "gamma"),
        (lambda: adam(bowl_gradient, STARTS[0], 0.1, 3, gamma1=1.0), "gamma1"),
        (lambda: adam(bowl_gradient, STARTS[0], 0.1, 3, gamma2=np.nan), "gamma2"),
        *((lambda f=f: f(bowl_gradient, STARTS[0], 0.1, 3, eps=0.0), "eps") for f in (adagrad, rmsprop, adam)),
        (lambda: adadelta(bowl_gradient, STARTS[0], 3, eps=-1e-6), "eps"),
    ],
)
def test_bad_rates_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
