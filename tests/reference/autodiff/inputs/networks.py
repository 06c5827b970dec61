"""Networks that the tests of this package look into."""

import torch
from torch import nn


def small(seed, *, inplace=False):
    torch.manual_seed(seed)
    layers = nn.Conv2d(2, 3, 3), nn.ReLU(inplace), nn.AvgPool2d(2), nn.Conv2d(3, 4, 2), nn.Tanh()
    return nn.Sequential(*layers, nn.Flatten(0), nn.Linear(16, 5)).double(), torch.randn(2, 8, 8).double()


def linear(*rows):
    layer = nn.Linear(len(rows[0]), len(rows), bias=False).double()
    layer.load_state_dict({"weight": torch.tensor(rows).double()})
    return layer
