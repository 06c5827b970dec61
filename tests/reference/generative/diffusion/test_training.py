"""The loss by hand and against torch's, what a training draws, and what the best prediction is."""

import math

import pytest
import torch
from scipy.stats import kstest
from torch import nn
from torch.nn.functional import mse_loss

from reference.generative.diffusion.forward import alpha_bar, q_sample
from reference.generative.diffusion.training import noise_loss, train

BETA = torch.tensor([0.1, 0.4, 0.2], dtype=torch.float64)


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def normal(seed, *shape):
    return torch.randn(shape, generator=rng(seed), dtype=torch.float64)


class Line(nn.Module):
    """a x + b t, and what it was given."""

    def __init__(self, a=0.0, b=0.0):
        super().__init__()
        self.a, self.b = (nn.Parameter(torch.tensor(value, dtype=torch.float64)) for value in (a, b))
        self.calls = []

    def forward(self, x, t, condition):
        self.calls.append((x.detach(), t, condition))
        return self.a * x + self.b * t.reshape(-1, *(1,) * (x.dim() - 1))


def test_loss_by_hand():
    one, beta = torch.ones(2, 1), torch.tensor([0.75, 0.75])
    found = noise_loss(lambda x, t, condition: x + condition, 4 * one, torch.tensor([1, 1]), 0 * one, beta, 2 * one)
    assert float(found) == 9.0  # x_t is 1


@pytest.mark.parametrize("shape", [(5,), (5, 3), (5, 2, 4, 4)])
def test_loss_as_torch(shape):
    x0, noise, t, model = normal(1, *shape), normal(2, *shape), torch.tensor([0, 2, 1, 1, 0]), Line(0.5, 0.3)
    loss = noise_loss(model, x0, t, noise, BETA)
    expected = mse_loss(model(q_sample(x0, t, noise, BETA), t, None), noise)
    torch.testing.assert_close(loss, expected)
    ours, theirs = (torch.autograd.grad(value, list(model.parameters())) for value in (loss, expected))
    torch.testing.assert_close(ours, theirs)


def test_training_draws_objects_steps_and_noise():
    X, y, model = 100.0 * torch.arange(6, dtype=torch.float64), torch.arange(6) + 10, Line()
    losses = train(model, X, y, BETA, steps=40, batch=100, rate=1e-9, rng=rng())
    x, t, known = (torch.cat(values) for values in zip(*model.calls, strict=True))
    share = alpha_bar(BETA)[t]
    noise = (x - share.sqrt() * X[known - 10]) / (1 - share).sqrt()
    assert kstest(noise.numpy(), "norm").pvalue > 1e-6
    for drawn, count in ((t, 3), (known - 10, 6)):
        room = 6 * math.sqrt(4000 / count)
        assert all(abs(number - 4000 / count) < room for number in torch.bincount(drawn, minlength=count).tolist())
    assert sum(losses) / 40 == pytest.approx(1, abs=6 * math.sqrt(2 / 4000))


def test_a_line_learns_the_best_prediction():
    """Of x_t = sqrt(1 - abar) e with x0 = 0 the noise is x_t / sqrt(1 - abar), whatever the draws."""
    model, beta = Line(), torch.tensor([0.36], dtype=torch.float64)
    losses = train(model, torch.zeros(4, 2), None, beta, steps=400, batch=8, rate=0.05, rng=rng(3))
    assert model.a.item() == pytest.approx(1 / 0.6, rel=1e-3)
    assert losses[-1] < 1e-4 < losses[0]
    assert all(condition is None for _, _, condition in model.calls)


def test_equal_generators_give_equal_losses():
    X = normal(5, 7, 2)
    runs = [train(Line(), X, None, BETA, steps=3, batch=4, rate=0.1, rng=rng(seed)) for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]


def test_errors():
    X, good = torch.ones(3, 2), {"steps": 1, "batch": 2, "rate": 0.1}
    for name, given in (
        ("X", (X[:0], None, BETA, good)),
        ("y", (X, torch.arange(2), BETA, good)),
        ("beta", (X, None, 2 * BETA + 1, good)),
        *((name, (X, None, BETA, {**good, name: 0})) for name in good),
    ):
        *arguments, named = given
        with pytest.raises(ValueError, match=f"^{name} must"):
            train(Line(), *arguments, **named, rng=rng())
