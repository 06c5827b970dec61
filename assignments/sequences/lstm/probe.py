"""Runs inside, beside the student's module: a short training.

It holds no secret, and what it returns is checked outside.
"""

import torch


def train(layer, x, answers, steps, rate):
    """Teach the layer to tell two classes by the first unit of its last output."""
    optimizer = torch.optim.Adam(layer.parameters(), lr=rate)
    zeros = x.new_zeros(x.shape[1], 4)
    for _ in range(steps):
        outputs, _ = layer(x, (zeros, zeros.clone()))
        loss = torch.nn.functional.binary_cross_entropy_with_logits(5 * outputs[-1][:, 0], answers)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
