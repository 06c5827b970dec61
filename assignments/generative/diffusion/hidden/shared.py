"""What the suites share: schedules, conditions, scripted models."""

import torch

from grader.testing import assert_array, counted
from grader.testing.inputs import randn

DOUBLE = torch.float64


def a_beta(torch_rng, T):
    """A schedule in no order, so that each step has its own place."""
    return 0.05 + 0.5 * torch.rand(T, generator=torch_rng, dtype=DOUBLE)


def any_steps(torch_rng, n, T):
    return torch.randint(T, (n,), generator=torch_rng)


def scripted(torch_rng, *shape):
    """A counted model whose answer for x (n, *shape) depends on x, t and the condition; it is 0 nowhere."""
    weight, shift = randn(torch_rng, *shape), randn(torch_rng, *shape)

    def model(*given):
        x, t, condition = checked(given)
        column = (len(x),) + (1,) * (x.dim() - 1)
        known = 0 if condition is None else condition.reshape(len(x), -1).sum(dim=1).reshape(column)
        return torch.tanh(weight * x + shift * t.reshape(column)) + 0.3 * known

    return counted(model)


def checked(given):
    """What a model was asked: objects, a step of noising for each, and a condition, in this order."""
    assert len(given) == 3, f"the model was given {len(given)} arguments, not x, t and the condition"
    x, t, condition = given
    assert isinstance(x, torch.Tensor), "the model was not given a tensor of objects"
    assert x.dim() > 0, "the model was not given a tensor of objects"
    assert_array(t, shape=(len(x),), kind="int", what="the t that the model is given")
    if condition is not None:
        assert isinstance(condition, torch.Tensor), "the condition that the model is given is no tensor"
        assert condition.shape[:1] == x.shape[:1], "the model was given conditions of more or fewer objects than x has"
    return x, t, condition


def watched_values(torch_rng, m):
    """Values of the probe's watched network."""
    return {"W": 0.3 * randn(torch_rng, m, m), "a": 0.3 * randn(torch_rng, m), "c": 0.3 * randn(torch_rng, m)}
