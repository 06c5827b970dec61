"""The blocks by torch's functions over the weights; a U-Net that calls itself for the levels below."""

import torch
from torch import nn
from torch.nn import functional as F


def at_least_one(**numbers):
    for name, number in numbers.items():
        if not isinstance(number, int) or number < 1:
            raise ValueError(f"{name} must be at least 1")


def pictures(name, x, channels=None):
    if x.dim() != 4 or len(x) == 0 or (channels is not None and x.size(1) != channels):
        raise ValueError(f"{name} has a wrong shape: {tuple(x.shape)}")


class Inception(nn.Module):
    def __init__(self, c, c1, r3, c3, r5, c5, cp):
        at_least_one(c=c, c1=c1, r3=r3, c3=c3, r5=r5, c5=c5, cp=cp)
        super().__init__()
        self.project = nn.Conv2d(c, cp, 1)
        self.five = nn.Conv2d(r5, c5, 5)
        self.reduce5 = nn.Conv2d(c, r5, 1)
        self.three = nn.Conv2d(r3, c3, 3)
        self.reduce3 = nn.Conv2d(c, r3, 1)
        self.one = nn.Conv2d(c, c1, 1)

    def forward(self, x):
        pictures("x", x, self.one.in_channels)
        wide = F.pad(x, (1, 1, 1, 1), value=float("-inf"))
        pooled = wide.unfold(2, 3, 1).unfold(3, 3, 1).amax(dim=(4, 5))
        # one product for all convolutions 1 x 1 of x
        first = (self.one, self.reduce3, self.reduce5)
        weight = torch.cat([layer.weight.flatten(1) for layer in first])
        bias = torch.cat([layer.bias for layer in first])
        seen = F.relu(torch.einsum("dc,nchw->ndhw", weight, x) + bias[:, None, None])
        one, narrow3, narrow5 = seen.split([layer.out_channels for layer in first], dim=1)
        three = F.relu(self.three(F.pad(narrow3, (1, 1, 1, 1))))
        five = F.relu(self.five(F.pad(narrow5, (2, 2, 2, 2))))
        return torch.cat((one, three, five, F.relu(self.project(pooled))), 1)


class ResidualBlock(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        at_least_one(c_in=c_in, c_out=c_out, stride=stride)
        super().__init__()
        self.stride = stride
        self.conv1 = nn.Conv2d(c_in, c_out, (3, 3), bias=False)
        self.conv2 = nn.Conv2d(c_out, c_out, (3, 3), bias=False)
        self.bn1, self.bn2 = nn.BatchNorm2d(c_out), nn.BatchNorm2d(c_out)
        self.shortcut = nn.Sequential()
        if (c_in, stride) != (c_out, 1):
            self.shortcut.append(nn.Conv2d(c_in, c_out, 1, bias=False))
            self.shortcut.append(nn.BatchNorm2d(c_out))

    def forward(self, x):
        pictures("x", x, self.conv1.in_channels)
        change = F.conv2d(x, self.conv1.weight, padding=1)[:, :, :: self.stride, :: self.stride]
        change = F.relu(self.bn1(change), inplace=True)
        change = self.bn2(F.conv2d(change, self.conv2.weight, padding=1))
        came = x if len(self.shortcut) == 0 else self.shortcut(x[:, :, :: self.stride, :: self.stride])
        return torch.where(change + came > 0, change + came, torch.zeros_like(change))


def pair(a, b):
    layers = []
    for came in (a, b):
        layers += [nn.Conv2d(came, b, 3, padding=1, bias=False), nn.BatchNorm2d(b), nn.ReLU(inplace=True)]
    return nn.Sequential(*layers)


class UNet(nn.Module):
    def __init__(self, c_in, c_out, width=8, depth=2):
        at_least_one(c_in=c_in, c_out=c_out, width=width, depth=depth)
        super().__init__()
        self.c_in, self.depth = c_in, depth
        self.head = nn.Conv2d(width, c_out, kernel_size=1)
        self.down, self.up, self.merge = nn.ModuleList(), nn.ModuleList(), nn.ModuleList()
        for _ in range(depth):
            self.down.append(pair(c_in, width))
            self.up.append(nn.ConvTranspose2d(2 * width, width, kernel_size=2, stride=2))
            self.merge.append(pair(2 * width, width))
            c_in, width = width, 2 * width
        self.bottom = pair(c_in, width)

    def below(self, x, level):
        if level == self.depth:
            return self.bottom(x)
        kept = self.down[level](x)
        small = torch.stack([kept[..., i::2, j::2] for i in (0, 1) for j in (0, 1)]).amax(dim=0)
        raised = self.up[level](self.below(small, level + 1))
        return self.merge[level](torch.cat((kept, raised), dim=1))

    def forward(self, x):
        pictures("x", x, self.c_in)
        if any(side % 2**self.depth for side in x.shape[2:]):
            raise ValueError("x: sides do not fit the depth")
        return self.head(self.below(x, 0))


@torch.no_grad()
def predict_mask(model, X):
    pictures("X", X)
    training = [module for module in model.modules() if module.training]
    mask = model.eval()(X).gt(0)
    for module in training:
        module.training = True
    return mask
