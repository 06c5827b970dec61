"""Runs inside: hands out torch's modules, of which the suites build networks, and networks that tell what they see.

It holds no secret, and what it returns is checked outside.
"""

import torch
from torch import nn

__all__ = ["Behind", "Watched", "nn", "trained", "with_gradients"]


class Behind(nn.Module):
    """A network that is given what stands behind the first columns, so that those do not matter."""

    def __init__(self, first, inside):
        super().__init__()
        self.first, self.inside = first, inside

    def forward(self, x):
        return self.inside(x[:, self.first :])


class Watched(nn.Module):
    """Tells what it is given before the network inside sees it."""

    def __init__(self, name, inside, note):
        super().__init__()
        self.name, self.inside, self.note = name, inside, note

    def forward(self, x):
        self.note(self.name, x.detach())
        return self.inside(x)


def with_gradients(model, size):
    """The model, and gradients of this size that an earlier training has left."""
    for parameter in model.parameters():
        parameter.grad = torch.full_like(parameter, size)
    return model


def trained(train, networks, data, seed, own, used, **given):
    """The history of a training, and what PyTorch's own generator gives afterwards; its seed is ``own``.

    The generator of the training has the other seed, and has given so many numbers before.
    """
    torch.manual_seed(own)
    rng = torch.Generator().manual_seed(seed)
    torch.rand(used, generator=rng)
    history = train(*networks, *data, rng=rng, **given)
    return history, torch.rand(3)
