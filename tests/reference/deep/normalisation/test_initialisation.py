"""First values by hand, against torch's own variances, and by their laws."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.stats import kstest, kurtosis

from reference.deep.normalisation.initialisation import SCHEMES, init, variance

TORCH = {
    "lecun": lambda w: torch.nn.init.kaiming_normal_(w, nonlinearity="linear"),
    "xavier": torch.nn.init.xavier_normal_,
    "he_in": lambda w: torch.nn.init.kaiming_normal_(w, nonlinearity="relu"),
    "he_out": lambda w: torch.nn.init.kaiming_normal_(w, mode="fan_out", nonlinearity="relu"),
}


def test_by_hand():
    assert [variance(scheme, 4, 16) for scheme in SCHEMES] == [0.25, 0.1, 0.5, 0.125]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_variances_against_torch(scheme):
    torch.manual_seed(1)
    drawn = TORCH[scheme](torch.empty(900, 300))  # torch keeps (n_out, n_in)
    assert float(drawn.var()) == pytest.approx(variance(scheme, 300, 900), rel=0.02)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("kind", "excess"), [("normal", 0.0), ("uniform", -1.2)])
def test_laws(scheme, kind, excess):
    rng = np.random.default_rng(2)
    drawn, v = init(scheme, 150, 400, rng, kind), variance(scheme, 150, 400)
    assert drawn.shape == (150, 400)
    assert drawn.var() == pytest.approx(v, rel=0.03)
    assert kurtosis(drawn.ravel()) == pytest.approx(excess, abs=0.1)
    law = ("norm", (0, v**0.5)) if kind == "normal" else ("uniform", (-((3 * v) ** 0.5), 2 * (3 * v) ** 0.5))
    assert kstest(drawn.ravel(), *law).pvalue > 1e-6


def test_the_signal_keeps_its_variance_through_relu_by_he_and_loses_half_by_lecun():
    rng = np.random.default_rng(3)
    x = rng.normal(size=(200, 500))
    for scheme, kept in (("he_in", 1.0), ("lecun", 0.5)):
        sums = np.maximum(x, 0) @ init(scheme, 500, 500, rng)
        assert sums.var() == pytest.approx(kept, rel=0.1)


@pytest.mark.parametrize(
    ("scheme", "n_in", "n_out", "rng", "kind", "named"),
    [
        ("he", 2, 2, np.random.default_rng(0), "normal", "scheme"),
        ("lecun", 0, 2, np.random.default_rng(0), "normal", "n_in"),
        ("lecun", 2, 1.5, np.random.default_rng(0), "normal", "n_out"),
        ("lecun", 2, 2, 7, "normal", "rng"),
        ("lecun", 2, 2, np.random.default_rng(0), "gauss", "kind"),
    ],
)
def test_bad_arguments_are_named(scheme, n_in, n_out, rng, kind, named):
    with pytest.raises(ValueError, match=f"^{named} must"):
        init(scheme, n_in, n_out, rng, kind)
