"""Noising by hand, step by step against at once, and against sums of normal distributions; schedules by numpy."""

import math

import numpy as np
import pytest
import torch

from reference.generative.diffusion.forward import alpha_bar, cosine_schedule, linear_schedule, q_sample, q_step

DOUBLE = torch.float64


def normal(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=DOUBLE)


def close(found, expected):
    torch.testing.assert_close(found, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("T", "low", "high"), [(1, 0.1, 0.3), (2, 0.1, 0.3), (50, 1e-4, 0.02), (3, 0.2, 0.2)])
def test_linear_as_numpy(T, low, high):
    close(linear_schedule(T, low, high), torch.from_numpy(np.linspace(low, high, T)))


def test_cosine_by_hand():
    close(cosine_schedule(1), torch.tensor([0.999], dtype=DOUBLE))
    close(cosine_schedule(2, 0.0), torch.tensor([0.5, 0.999], dtype=DOUBLE))
    close(cosine_schedule(3, 0)[:2], torch.tensor([1 / 4, 2 / 3], dtype=DOUBLE))  # f is 1, 3/4, 1/4, 0


@pytest.mark.parametrize("T", [5, 100])
def test_cosine_gives_the_shares_of_the_paper(T):
    s = 0.008
    f = [math.cos((t / T + s) / (1 + s) * math.pi / 2) ** 2 for t in range(T + 1)]
    expected = torch.tensor(f[1:T], dtype=DOUBLE) / f[0]
    torch.testing.assert_close(alpha_bar(cosine_schedule(T))[:-1], expected, rtol=1e-10, atol=0)


def test_by_hand():
    beta, four, two = torch.tensor([0.75, 0.75]), torch.tensor([4.0]), torch.tensor([2.0])
    assert alpha_bar(beta).tolist() == [0.25, 0.0625]
    assert q_step(four, 1, 0 * two, beta).tolist() == [2.0]
    assert q_step(0 * four, 0, two, beta).tolist() == pytest.approx([math.sqrt(3)])
    assert q_sample(four, torch.tensor([1]), 0 * two, beta).tolist() == [1.0]


@pytest.mark.parametrize("shape", [(4,), (4, 4), (2, 3, 4, 4)])
def test_steps_agree_with_the_closed_form(shape):
    """Without noise, and the variance of the noise: the squares of its weights, followed by one step at a time."""
    beta, x0, zero = linear_schedule(7, 0.05, 0.6), normal(0, *shape), torch.zeros(shape, dtype=DOUBLE)
    x, variance = x0, torch.zeros((), dtype=DOUBLE)
    for t in range(7):
        x, steps = q_step(x, t, zero, beta), torch.full((shape[0],), t)
        variance = q_step(variance.sqrt()[None], t, 0 * variance[None], beta)[0] ** 2 + beta[t]
        close(q_sample(x0, steps, zero, beta), x)
        close(q_sample(zero, steps, zero + 1, beta), zero + variance.sqrt())


def test_as_the_distribution_of_torch():
    """Two steps from a normal object are those of torch's affine transformations, in law: mean and variance by 6
    deviations."""
    beta, n = torch.tensor([0.3, 0.5], dtype=DOUBLE), 40_000
    x = 1.5 + 0.4 * normal(1, n)
    for t in (0, 1):
        x = q_step(x, t, normal(2 + t, n), beta)
    law = torch.distributions.Normal(1.5 * math.sqrt(0.35), math.sqrt(0.35 * 0.16 + 0.65))
    assert abs(float(x.mean() - law.mean)) < 6 * float(law.stddev) / math.sqrt(n)
    assert abs(float(x.var() - law.variance)) < 6 * float(law.variance) * math.sqrt(2 / n)


def test_each_object_has_its_own_step_and_single_precision_stays():
    beta, x0, noise, t = linear_schedule(5, 0.1, 0.5), normal(4, 3, 2), normal(5, 3, 2), torch.tensor([4, 0, 2])
    rows = [q_sample(x0[i : i + 1], t[i : i + 1], noise[i : i + 1], beta) for i in range(3)]
    close(q_sample(x0, t, noise, beta), torch.cat(rows))
    assert q_sample(x0.float(), t, noise.float(), beta).dtype == torch.float32
    assert q_step(x0.float(), 2, noise.float(), beta).dtype == torch.float32


def test_errors():
    beta, x = torch.tensor([0.1, 0.2]), torch.ones(3, 2)
    for name, call in (
        ("T", lambda: linear_schedule(0, 0.1, 0.2)),
        ("low", lambda: linear_schedule(3, 0.0, 0.2)),
        ("high", lambda: linear_schedule(3, 0.1, 1.0)),
        ("high", lambda: linear_schedule(3, 0.2, 0.1)),
        ("T", lambda: cosine_schedule(0)),
        ("s", lambda: cosine_schedule(3, -1.0)),
        ("beta", lambda: alpha_bar(torch.tensor([0.1, 1.0]))),
        ("beta", lambda: alpha_bar(torch.tensor([0.0]))),
        ("beta", lambda: alpha_bar(beta[None])),
        ("t", lambda: q_step(x, 2, x, beta)),
        ("t", lambda: q_step(x, -1, x, beta)),
        ("noise", lambda: q_step(x, 0, x[:1], beta)),
        ("x0", lambda: q_sample(torch.tensor(1.0), torch.tensor([0]), x, beta)),
        ("t", lambda: q_sample(x, torch.tensor([0]), x, beta)),
        ("t", lambda: q_sample(x, torch.tensor([0, 1, 2]), x, beta)),
        ("noise", lambda: q_sample(x, torch.tensor([0, 1, 1]), x[0], beta)),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            call()
