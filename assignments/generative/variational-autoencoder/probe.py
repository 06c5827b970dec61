"""Runs inside, beside the student's code: an autoencoder to train, and a training from a seed.

It holds no secret, and what it returns is checked outside.
"""

import torch
from torch import nn


class Coder(nn.Module):
    """Both directions as sequences of layers; what encode and decode are given is noted."""

    def __init__(self, values, note=None):
        super().__init__()
        units, n = values["into.0.weight"].shape
        self.latent = values["back.0.weight"].shape[1]
        self.into = nn.Sequential(nn.Linear(n, units), nn.ReLU(), nn.Linear(units, 2 * self.latent))
        self.back = nn.Sequential(nn.Linear(self.latent, units), nn.ReLU(), nn.Linear(units, n))
        self.to(values["into.0.weight"].dtype).load_state_dict(values)
        self.note = note

    def encode(self, x):
        if self.note is not None:
            self.note("encode", x.detach(), torch.is_grad_enabled())
        return tuple(self.into(x).chunk(2, dim=1))

    def decode(self, z):
        if self.note is not None:
            self.note("decode", z.detach(), torch.is_grad_enabled())
        return self.back(z)


def trained(train, values, seed, own, X, **given):
    """The bounds of a training whose generator has this seed, and what PyTorch's own gives afterwards."""
    model = Coder(values)
    torch.manual_seed(own)
    bounds = train(model, X, rng=torch.Generator().manual_seed(seed), **given)
    return bounds, torch.rand(3)


def used(train, values, seed, X, **given):
    """Parameters after equal trainings of a new model and of one that has gradients."""
    made = []
    for old in (False, True):
        model = Coder(values)
        for parameter in model.parameters():
            parameter.grad = torch.full_like(parameter, 1000.0) if old else None
        train(model, X, rng=torch.Generator().manual_seed(seed), **given)
        made.append({name: parameter.detach() for name, parameter in model.named_parameters()})
    return tuple(made)
