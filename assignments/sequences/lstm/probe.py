"""Runs inside, beside the student's module: backward passes, first parameters and a short training.

It holds no secret, and what it returns is checked outside.
"""

import torch


def first_parameters(kind, input_size, hidden_size, seed, own):
    """The parameters of two modules made one after the other, and what PyTorch's own generator gives afterwards.

    They are given a generator with this seed, none where it is None; PyTorch's own is seeded with ``own``.
    """
    torch.manual_seed(own)
    named = {"rng": torch.Generator().manual_seed(seed)} if seed is not None else {}
    modules = [kind(input_size, hidden_size, **named) for _ in range(2)]
    values = [{name: value.detach() for name, value in module.named_parameters()} for module in modules]
    return *values, torch.rand(3)


def layer_gradients(layer, x, h, c, weights):
    """Gradients of a weighted sum of everything that the layer returns, by the inputs and by the parameters."""
    x, h, c = (value.clone().requires_grad_() for value in (x, h, c))
    outputs, (last_h, last_c) = layer(x, (h, c))
    layer.zero_grad()
    loss = (outputs * weights[0]).sum() + (last_h * weights[1]).sum() + (last_c * weights[2]).sum()
    if loss.requires_grad:
        loss.backward()
    return {
        "x": x.grad,
        "h": h.grad,
        "c": c.grad,
        **{name: value.grad for name, value in layer.named_parameters()},
    }


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
