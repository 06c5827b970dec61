"""What the suites share: a layer and heads that are not the student's, and sequences of different lengths."""

import torch
from torch import nn

from grader.testing.inputs import orthogonal, randn
from grader.testing.twins import twins

LENGTHS = (3, 6, 1, 5)


class Leaky(nn.Module):
    """The layer of the probe: half of the state stays, and tanh of the input is added."""

    def __init__(self, m, k):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(k, m))

    def forward(self, x, h0=None):
        h = x.new_zeros(x.shape[1], len(self.weight)) if h0 is None else h0
        outputs = []
        for inputs in x:
            h = h / 2 + torch.tanh(inputs @ self.weight.T)
            outputs.append(h)
        return torch.stack(outputs), h


def layers(probe, torch_rng, m, k):
    """The probe's layer (m -> k) and the same outside, with the same random parameters."""
    return twins(probe.layer(m, k), Leaky(m, k), torch_rng)


def heads(probe, torch_rng, k, d):
    """A linear map (k -> d) inside and the same outside."""
    return twins(probe.head(k, d), nn.Linear(k, d), torch_rng)


def padded(torch_rng, m, lengths=LENGTHS):
    """Sequences of these lengths, in no order, with random numbers as padding: x, and the lengths as a tensor."""
    return randn(torch_rng, max(lengths), len(lengths), m), torch.tensor(lengths)


def outside(lengths):
    """Where padding stands, (time, batch)."""
    return torch.arange(int(lengths.max()))[:, None] >= lengths


def other_padding(torch_rng, x, lengths):
    """The same sequences with another padding, of large numbers."""
    other = x.clone()
    other[outside(lengths)] = 100 * randn(torch_rng, int(outside(lengths).sum()), x.shape[2])
    return other


def keeping(rng, torch_rng, m, k):
    """A weight (k, k + m) under which gradients live long: its columns of h turn the state and do not shrink it."""
    return torch.cat([torch.from_numpy(orthogonal(rng, k)), randn(torch_rng, k, m)], dim=1)
