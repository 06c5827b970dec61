"""Sides by going along them, parameters from the shapes of weights; LeNet's layers as products of unfolded windows."""

import math

import torch
from torch import nn
from torch.nn import functional


class LeNet5(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c3 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)
        self.c5, self.f6, self.output = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        if x.ndim != 4 or not len(x) or tuple(x.shape)[1:] != (1, 32, 32):
            raise ValueError("x: wrong shape")
        for layer in (self.c1, self.c3):
            side = x.shape[-1] - 4
            columns = functional.unfold(x, 5)
            x = (layer.weight.flatten(1) @ columns + layer.bias[:, None]).reshape(len(x), -1, side, side)
            x = torch.tanh(x).unflatten(2, (side // 2, 2)).unflatten(4, (side // 2, 2)).mean(dim=(3, 5))
        x = torch.einsum("nchw,ochw->no", x, self.c5.weight.unflatten(1, (16, 5, 5))) + self.c5.bias
        x = torch.tanh(x) @ self.f6.weight.T + self.f6.bias
        return torch.tanh(x) @ self.output.weight.T + self.output.bias


def places(length, kernel, stride, padding=0):
    count, right = 0, kernel
    while right <= length + 2 * padding:
        count, right = count + 1, right + stride
    return count


def check(config, shape):
    if len(shape) != 3 or any(side < 1 for side in shape):
        raise ValueError(f"bad shape {shape}")
    lengths = {"conv": 5, "pool": 3, "adaptive": 2, "flatten": 1, "linear": 2, "relu": 1}
    for layer in config:
        if len(layer) != lengths.get(layer[0]):
            raise ValueError(f"bad layer {layer} in config")
        least = [1, 1, 1, 0]
        if any(value < low for value, low in zip(layer[1:], least)):
            raise ValueError(f"bad numbers of {layer} in config")


def trace(config, shape):
    check(config, shape)
    rows, now = [], tuple(shape)
    for layer in config:
        kind, weights = layer[0], []
        if kind in ("conv", "pool", "adaptive", "linear") and len(now) != (1 if kind == "linear" else 3):
            raise ValueError(f"{kind} at the wrong place in config")
        if kind == "conv":
            _, out, k, s, p = layer
            weights = [(out, now[0], k, k), (out,)]
            now = (out, places(now[1], k, s, p), places(now[2], k, s, p))
        elif kind == "pool":
            now = (now[0], *(places(side, layer[1], layer[2]) for side in now[1:]))
        elif kind == "adaptive":
            now = (now[0], layer[1], layer[1])
        elif kind == "flatten":
            now = (math.prod(now),)
        elif kind == "linear":
            weights = [(layer[1], now[0]), (layer[1],)]
            now = (layer[1],)
        if 0 in now:
            raise ValueError(f"{layer} of config does not fit")
        rows.append((kind, now, sum(map(math.prod, weights))))
    return rows


def count(config, shape):
    return sum(row[2] for row in trace(config, shape))


def build(config, shape):
    rows = trace(config, shape)
    network = nn.Sequential()
    for place, layer in enumerate(config):
        channels = (rows[place - 1][1] if place else shape)[0]
        kind, numbers = layer[0], layer[1:]
        if kind == "conv":
            out, k, s, p = numbers
            module = nn.Conv2d(channels, out, k, stride=s, padding=p)
        elif kind == "pool":
            module = nn.MaxPool2d(numbers[0], stride=numbers[1])
        elif kind == "adaptive":
            module = nn.AdaptiveAvgPool2d(numbers * 2)
        elif kind == "flatten":
            module = nn.Flatten()
        elif kind == "linear":
            module = nn.Linear(channels, numbers[0])
        else:
            module = nn.ReLU(inplace=True)
        network.append(module)
    return network


def alexnet():
    kinds = "CRPCRPCRCRCRPAFLRLRL"
    each = {
        "C": iter([(64, 11, 4, 2), (192, 5, 1, 2), (384, 3, 1, 1), (256, 3, 1, 1), (256, 3, 1, 1)]),
        "P": iter(3 * [(3, 2)]),
        "A": iter([(6,)]),
        "L": iter([(4096,), (4096,), (1000,)]),
    }
    names = {"C": "conv", "R": "relu", "P": "pool", "A": "adaptive", "F": "flatten", "L": "linear"}
    return [(names[kind], *(next(each[kind]) if kind in each else ())) for kind in kinds]


def vgg(depth):
    if depth != 16 and depth != 19:
        raise ValueError(f"no VGG of depth {depth}")
    config = []
    for block in range(5):
        for _ in range(2 if block < 2 else (depth - 3 - 4) // 3):
            config.append(("conv", min(64 * 2**block, 512), 3, 1, 1))
            config.append(("relu",))
        config.append(("pool", 2, 2))
    config.append(("adaptive", 7))
    return config + alexnet()[-6:]
