"""Steps back by hand and against the posterior of normal distributions; a mixture made by its best prediction."""

import math

import pytest
import torch

from reference.generative.diffusion.forward import alpha_bar, linear_schedule, q_sample
from reference.generative.diffusion.sampling import p_step, sample

DOUBLE = torch.float64


def normal(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=DOUBLE)


def test_by_hand():
    beta, two = torch.tensor([0.75, 0.75], dtype=DOUBLE), torch.tensor([2.0], dtype=DOUBLE)
    root = math.sqrt(0.75)
    assert p_step(two, 1, 0 * two, two, beta).tolist() == pytest.approx([4 + 2 * root])
    assert p_step(two, 1, two, 0 * two, beta).tolist() == pytest.approx([4 - 3 / math.sqrt(15 / 16)])
    assert p_step(two, 0, two, two, beta).tolist() == pytest.approx([4 - 4 * root])


@pytest.mark.parametrize("t", [1, 3])
def test_the_mean_is_that_of_the_posterior(t):
    """The mean of x_{t-1} given x_t and x_0, by the rule for products of normal densities (Ho, Jain, Abbeel, (7))."""
    beta, x0, noise = linear_schedule(4, 0.1, 0.4), normal(0, 5, 2), normal(1, 5, 2)
    share = alpha_bar(beta)
    x = q_sample(x0, torch.full((5,), t), noise, beta)
    before, step = torch.distributions.Normal(share[t - 1].sqrt() * x0, (1 - share[t - 1]).sqrt()), 1 - beta[t]
    precision = 1 / before.variance + step / beta[t]
    expected = (before.mean / before.variance + step.sqrt() * x / beta[t]) / precision
    torch.testing.assert_close(p_step(x, t, noise, 0 * x, beta), expected)


def test_the_last_step_gives_back_the_object():
    beta, x0, noise = linear_schedule(4, 0.1, 0.4), normal(2, 3, 2, 2), normal(3, 3, 2, 2)
    x = q_sample(x0, torch.zeros(3, dtype=torch.int64), noise, beta)
    torch.testing.assert_close(p_step(x, 0, noise, normal(4, 3, 2, 2), beta), x0)


def test_the_best_prediction_makes_a_mixture():
    """Objects around -2 or 1, by the condition, with the deviation 0.5: moments with room for six deviations, and what
    the variance beta_t makes wider."""
    beta, n = linear_schedule(200, 1e-4, 0.06), 4000
    share, condition = alpha_bar(beta), torch.arange(n) % 2
    center = torch.where(condition == 1, 1.0, -2.0).double()

    def model(x, t, known):
        assert torch.equal(known, condition)
        a = share[t]
        return (1 - a).sqrt() * (x - a.sqrt() * center) / (0.25 * a + 1 - a)

    found = sample(model, beta, normal(5, n), normal(6, 200, n), condition)
    for label, mean in ((0, -2.0), (1, 1.0)):
        own = found[condition == label]
        assert float(own.mean()) == pytest.approx(mean, abs=6 * 0.5 / math.sqrt(n / 2) + 0.02)
        assert float(own.std()) == pytest.approx(0.5, abs=6 * 0.5 / math.sqrt(n) + 0.02)


def test_the_model_is_asked_once_a_step():
    asked = []

    def model(x, t, condition):
        asked.append((t.tolist(), torch.is_grad_enabled(), condition))
        return 0 * x

    beta, start = linear_schedule(3, 0.1, 0.2), torch.ones(2, 2)
    noises = torch.zeros(3, 2, 2)
    noises[0] = 9
    found = sample(model, beta, start, noises, torch.tensor([5, 6]))
    assert [t for t, _, _ in asked] == [[2, 2], [1, 1], [0, 0]]
    assert not any(recorded for _, recorded, _ in asked)
    assert found.dtype == torch.float32
    torch.testing.assert_close(found, (start / (1 - beta).prod().sqrt()).float())


def test_errors():
    beta, x = linear_schedule(3, 0.1, 0.2), torch.ones(2, 2)

    def model(x, t, condition):
        return 0 * x

    for name, call in (
        ("t", lambda: p_step(x, 3, x, x, beta)),
        ("t", lambda: p_step(x, -1, x, x, beta)),
        ("predicted", lambda: p_step(x, 1, x[:1], x, beta)),
        ("noise", lambda: p_step(x, 1, x, x[:, :1], beta)),
        ("noises", lambda: sample(model, beta, x, torch.ones(2, 2, 2))),
        ("start", lambda: sample(model, beta, torch.tensor(1.0), torch.ones(3))),
        ("beta", lambda: sample(model, 9 * beta, x, torch.ones(3, 2, 2))),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            call()
