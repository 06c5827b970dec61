"""Shapes and counts from real layers that have no numbers in them; LeNet as one Sequential with other registration."""

from collections import OrderedDict

import torch
from torch import nn

KINDS = {"conv": 4, "pool": 2, "adaptive": 1, "flatten": 0, "linear": 1, "relu": 0}


class LeNet5(nn.Module):
    def __init__(self):
        super().__init__()
        self.output = nn.Linear(84, 10)
        self.f6 = nn.Linear(120, 84)
        self.c5 = nn.Linear(400, 120)
        self.c3 = nn.Conv2d(6, 16, kernel_size=(5, 5))
        self.c1 = nn.Conv2d(1, 6, kernel_size=(5, 5))

    def forward(self, x):
        if x.dim() != 4 or list(x.shape[1:]) != [1, 32, 32] or x.size(0) == 0:
            raise ValueError("x must be pictures of 32 x 32")
        for layer in (self.c1, self.c3):
            x = layer(x).tanh()
            x = (x[..., ::2, ::2] + x[..., 1::2, ::2] + x[..., ::2, 1::2] + x[..., 1::2, 1::2]) / 4
        x = x.view(x.size(0), 400)
        for layer in (self.c5, self.f6):
            x = layer(x).tanh()
        return self.output(x)


def made(config, shape, device):
    shape = list(shape)
    if len(shape) != 3 or min(shape) < 1:
        raise ValueError("shape is wrong")
    x, network, rows = torch.empty([1, *shape], device="meta"), [], []
    for layer in config:
        kind, *numbers = layer
        if kind not in KINDS or len(numbers) != KINDS[kind] or any(n < 1 for n in numbers[:3]) or min(numbers, default=0) < 0:
            raise ValueError(f"config is wrong: {layer}")
        if kind in ("conv", "pool", "adaptive") and x.dim() != 4 or kind == "linear" and x.dim() != 2:
            raise ValueError(f"config: {layer} cannot stand here")
        module = one(kind, numbers, x.size(1), device)
        try:
            x = module.to("meta")(x) if device == "meta" else one(kind, numbers, x.size(1), "meta")(x)
        except RuntimeError:
            raise ValueError(f"config: {layer} does not fit") from None
        network.append(module)
        rows.append((kind, tuple(x.shape)[1:], sum(value.numel() for value in module.parameters())))
    return network, rows


def one(kind, numbers, channels, device):
    if kind == "conv":
        return nn.Conv2d(channels, *numbers, device=device)
    if kind == "linear":
        return nn.Linear(channels, *numbers, device=device)
    return {"pool": nn.MaxPool2d, "adaptive": nn.AdaptiveAvgPool2d, "flatten": nn.Flatten, "relu": nn.ReLU}[kind](*numbers)


def trace(config, shape):
    return made(config, shape, "meta")[1]


def count(config, shape):
    return sum(parameters for _, _, parameters in trace(config, shape))


def build(config, shape):
    network, _ = made(config, shape, "cpu")
    return nn.Sequential(OrderedDict((str(place), module) for place, module in enumerate(network)))


def end(size):
    return [("adaptive", size), ("flatten",), ("linear", 4096), ("relu",), ("linear", 4096), ("relu",), ("linear", 1000)]


def alexnet():
    config = []
    for out, k, s, p, pooled in ((64, 11, 4, 2, 1), (192, 5, 1, 2, 1), (384, 3, 1, 1, 0), (256, 3, 1, 1, 0), (256, 3, 1, 1, 1)):
        config += [("conv", out, k, s, p), ("relu",)] + pooled * [("pool", 3, 2)]
    return config + end(6)


def vgg(depth):
    if depth not in (16, 19):
        raise ValueError("depth is 16 or 19")
    names = "64 64 P 128 128 P 256 256 256{0} P 512 512 512{1} P 512 512 512{1} P"
    names = names.format(*((" 256", " 512") if depth == 19 else ("", "")))
    config = []
    for name in names.split():
        config += [("pool", 2, 2)] if name == "P" else [("conv", int(name), 3, 1, 1), ("relu",)]
    return config + end(7)
