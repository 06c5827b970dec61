"""Runs inside, beside the student's code: networks that predict noise, and a training from a seed.

It holds no secret, and what it returns is checked outside.
"""

import math

import torch
from torch import nn


class Watched(nn.Module):
    """``x W^T + t a + condition c``, an object as a row of its entries; what it is given is noted before it answers."""

    def __init__(self, values, note=None):
        super().__init__()
        self.W, self.a, self.c = (nn.Parameter(values[name].clone()) for name in ("W", "a", "c"))
        self.note = note

    def forward(self, x, t, condition):
        if self.note is not None:
            self.note(x.detach(), t, condition, torch.is_grad_enabled())
        made = x.reshape(len(x), -1) @ self.W.T + t[:, None] * self.a
        if condition is not None:
            made = made + condition[:, None] * self.c
        return made.reshape(x.shape)


class Denoiser(nn.Module):
    """A network for points of the plane of three classes and T steps."""

    def __init__(self, values, T):
        super().__init__()
        self.T = T
        self.layers = nn.Sequential(nn.Linear(8, 48), nn.ReLU(), nn.Linear(48, 48), nn.ReLU(), nn.Linear(48, 2))
        self.load_state_dict(values)

    def forward(self, x, t, condition):
        share = (t / self.T).to(x.dtype)[:, None]
        angle = math.pi * share
        classes = nn.functional.one_hot(condition, 3).to(x.dtype)
        return self.layers(torch.cat([x, share, angle.sin(), angle.cos(), classes], dim=1))


def trained(train, values, seed, own, *arguments, **given):
    """The losses of a training whose generator has this seed, and what PyTorch's own gives afterwards."""
    model = Watched(values)
    torch.manual_seed(own)
    losses = train(model, *arguments, rng=torch.Generator().manual_seed(seed), **given)
    return losses, torch.rand(3)


def used(train, values, seed, *arguments, **given):
    """Parameters after equal trainings of a new model and of one that has gradients, and whether train mode is on.

    The latter is in evaluation mode before.
    """
    made = []
    for old in (False, True):
        model = Watched(values).eval()
        for parameter in model.parameters():
            parameter.grad = torch.full_like(parameter, 1000.0) if old else None
        train(model, *arguments, rng=torch.Generator().manual_seed(seed), **given)
        made.append({name: parameter.detach() for name, parameter in model.named_parameters()})
    return *made, model.training
