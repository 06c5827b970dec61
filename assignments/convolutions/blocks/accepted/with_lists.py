"""Layers in loops over lists, normalisation written out over the layer's own parameters and statistics."""

import copy

import torch
from torch import nn


def check(wrong, message):
    if wrong:
        raise ValueError(message)


class Inception(nn.Module):
    def __init__(self, c, c1, r3, c3, r5, c5, cp):
        super().__init__()
        for name, value in zip("c c1 r3 c3 r5 c5 cp".split(), (c, c1, r3, c3, r5, c5, cp)):
            check(value < 1, name + " is below 1")
        table = {"one": (c, c1, 1), "reduce3": (c, r3, 1), "three": (r3, c3, 3)}
        table |= {"reduce5": (c, r5, 1), "five": (r5, c5, 5), "project": (c, cp, 1)}
        for name, (a, b, size) in table.items():
            setattr(self, name, nn.Conv2d(a, b, size, padding="same"))
        self.pool = nn.MaxPool2d(3, 1, 1)
        self.relu = nn.ReLU()

    def forward(self, x):
        check(len(x.shape) != 4 or x.shape[0] < 1 or x.shape[1] != self.one.weight.shape[1], "x is wrong")
        found = []
        for branch in ("one", "reduce3 three", "reduce5 five", "pool project"):
            y = x
            for name in branch.split():
                y = getattr(self, name)(y)
                y = y if name == "pool" else self.relu(y)
            found.append(y)
        return torch.hstack(found)


def normalise(layer, x):
    if layer.training:
        mean = x.mean(dim=(0, 2, 3))
        variance = ((x - mean[:, None, None]) ** 2).mean(dim=(0, 2, 3))
        count = x.numel() // x.shape[1]
        with torch.no_grad():
            layer.running_mean += 0.1 * (mean - layer.running_mean)
            layer.running_var += 0.1 * (variance * count / (count - 1) - layer.running_var)
    else:
        mean, variance = layer.running_mean, layer.running_var
    scale = layer.weight / torch.sqrt(variance + layer.eps)
    return x * scale[:, None, None] + (layer.bias - mean * scale)[:, None, None]


class ResidualBlock(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        check(c_in < 1, "c_in"), check(c_out < 1, "c_out"), check(stride < 1, "stride")
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        if c_in == c_out and stride == 1:
            self.shortcut = lambda x: x
        else:
            self.shortcut = nn.Sequential(nn.Conv2d(c_in, c_out, 1, stride, bias=False), nn.BatchNorm2d(c_out))

    def forward(self, x):
        check(x.ndim != 4, "x needs four axes")
        check(x.shape[0] == 0 or x.shape[1] != self.conv1.in_channels, "x is wrong")
        f = normalise(self.bn2, self.conv2(normalise(self.bn1, self.conv1(x)).clamp(min=0)))
        if isinstance(self.shortcut, nn.Sequential):
            return (f + normalise(self.shortcut[1], self.shortcut[0](x))).clamp(min=0)
        return (f + x).clamp(min=0)


class UNet(nn.Module):
    def __init__(self, c_in, c_out, width=8, depth=2):
        super().__init__()
        for name, value in (("c_in", c_in), ("c_out", c_out), ("width", width), ("depth", depth)):
            check(value < 1, f"{name} = {value}")
        one = nn.Sequential(nn.Conv2d(1, 1, 3, padding=1, bias=False), nn.BatchNorm2d(1), nn.ReLU())

        def pair(a, b):
            both = nn.Sequential(*copy.deepcopy(one), *copy.deepcopy(one))
            both[0], both[3] = nn.Conv2d(a, b, 3, padding=1, bias=False), nn.Conv2d(b, b, 3, padding=1, bias=False)
            both[1], both[4] = nn.BatchNorm2d(b), nn.BatchNorm2d(b)
            return both

        channels = [c_in] + [width << level for level in range(depth + 1)]
        self.down = nn.ModuleList([pair(channels[i], channels[i + 1]) for i in range(depth)])
        self.bottom = pair(channels[-2], channels[-1])
        self.up = nn.ModuleList([nn.ConvTranspose2d(channels[i + 2], channels[i + 1], 2, 2) for i in range(depth)])
        self.merge = nn.ModuleList([pair(channels[i + 1] * 2, channels[i + 1]) for i in range(depth)])
        self.head = nn.Conv2d(width, c_out, 1)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        check(x.ndim != 4 or x.shape[0] == 0 or x.shape[1] != self.down[0][0].in_channels, "x is wrong")
        size = 1 << len(self.down)
        check(x.shape[-1] % size != 0 or x.shape[-2] % size != 0, f"sides of x: multiples of {size}")
        kept = [self.down[0](x)]
        for down in self.down[1:]:
            kept.append(down(self.pool(kept[-1])))
        y = self.bottom(self.pool(kept[-1]))
        for up, merge in zip(list(self.up)[::-1], list(self.merge)[::-1]):
            y = merge(torch.cat([kept.pop(), up(y)], axis=1))
        return self.head(y)


def predict_mask(model, X):
    check(X.ndim != 4 or X.shape[0] == 0, "X: pictures (n, c, h, w)")
    modes = [(module, module.training) for module in model.modules()]
    try:
        for module, _ in modes:
            module.training = False
        with torch.inference_mode():
            return (model(X) > 0).clone()
    finally:
        for module, mode in modes:
            module.training = mode
