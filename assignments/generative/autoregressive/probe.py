"""Runs inside, beside the student's code: hands out torch's modules, makes steps of an optimiser.

It holds no secret, and what it returns is checked outside.
"""

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

__all__ = ["nn", "steps", "train"]


def steps(module, x, v):
    """Three steps of Adam along the gradient of a weighted sum of what comes out. Weights also decay."""
    optimizer = torch.optim.Adam(module.parameters(), lr=0.02, weight_decay=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        (v * module(x)).sum().backward()
        optimizer.step()


def train(network, batches, rate):
    """A step of Adam for each batch of images, down the mean of minus the log-likelihood."""
    optimizer = torch.optim.Adam(network.parameters(), lr=rate)
    for images in batches:
        loss = binary_cross_entropy_with_logits(network(images), images, reduction="sum") / len(images)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
