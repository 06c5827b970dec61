"""The collector of all categories against simulations (L01.coupon)."""

from __future__ import annotations

import numpy as np
import pytest

from reference.hyperparameters.search.coupon import expected_draws


def test_draws_until_all_are_seen():
    assert expected_draws(1) == 1
    assert expected_draws(6) == pytest.approx(14.7)  # a die
    assert expected_draws(6, 5) == pytest.approx(6)
    assert expected_draws(6, 6) == 0
    assert expected_draws(10**6) == pytest.approx(10**6 * (np.log(10**6) + np.euler_gamma), rel=1e-6)
    for n, seen, name in ((0, 0, "n"), (1.5, 0, "n"), (3, 4, "seen"), (3, -1, "seen")):
        with pytest.raises(ValueError, match=name):
            expected_draws(n, seen)


@pytest.mark.parametrize(("n", "seen"), [(5, 0), (12, 0), (8, 3)])
def test_the_expectation_is_the_mean_of_simulations(n, seen):
    generator = np.random.default_rng(0)
    waits = []
    for _ in range(4000):
        have, draws = set(range(seen)), 0
        while len(have) < n:
            have.add(int(generator.integers(n)))
            draws += 1
        waits.append(draws)
    error = np.std(waits) / np.sqrt(len(waits))
    assert abs(np.mean(waits) - expected_draws(n, seen)) < 4 * error
