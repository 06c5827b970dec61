"""Runs inside: hands out torch's modules, notes how a model is called, and trains a network.

It holds no secret, and what it returns is checked outside.
"""

import torch
from torch import nn

__all__ = ["Noting", "modes", "nn", "recording", "trained"]


class Noting(nn.Module):
    """Passes on what comes, and notes whether it is in training mode and whether gradients are recorded."""

    def __init__(self):
        super().__init__()
        self.notes = []

    def forward(self, x):
        self.notes.append((self.training, torch.is_grad_enabled()))
        return x


def modes(model):
    """For each part of a model whether it is in training mode."""
    return [module.training for module in model.modules()]


def recording(model):
    """Whether torch records gradients at the moment, for each parameter of the model; from now on it does."""
    found = torch.is_grad_enabled() and all(value.requires_grad for value in model.parameters())
    torch.set_grad_enabled(True)
    return found


def trained(kind, seed, pictures, masks, batches):
    """A new network after a step of Adam for each batch; in the last third the rate falls to 0. In evaluation mode."""
    torch.manual_seed(seed)
    network = kind(1, 1).train()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for step, batch in enumerate(batches):
        optimizer.param_groups[0]["lr"] = 0.01 * min(1.0, 3 * (1 - step / len(batches)))
        loss = nn.functional.binary_cross_entropy_with_logits(network(pictures[batch]), masks[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return network.eval()
