"""Torch's own simple recurrent network with the parameters of ours."""

import torch

NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def of_torch(*layers, bidirectional=False):
    """A `torch.nn.RNN` of these layers: one above the other, or the two directions of one."""
    first = layers[0]
    count = 1 if bidirectional else len(layers)
    theirs = torch.nn.RNN(first.m, first.k, count, bidirectional=bidirectional).double()
    values = {}
    for number, layer in enumerate(layers):
        place = "_l0_reverse" if bidirectional and number else f"_l{0 if bidirectional else number}"
        weight_h, weight_x = layer.weight.detach().split([layer.k, layer.m], dim=1)
        bias = layer.bias.detach()
        for name, value in zip(NAMES, (weight_x, weight_h, bias, torch.zeros_like(bias)), strict=True):
            values[name + place] = value
    theirs.load_state_dict(values)
    return theirs
