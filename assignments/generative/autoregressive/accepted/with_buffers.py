"""The mask is a buffer of bools that is kept with the parameters; all rows go through the first convolution at once."""

import torch
import torch.nn.functional as F
from torch import nn


def check(name, ok):
    if not ok:
        raise ValueError(name + " is not allowed")


def pictures(name, x, channels):
    check(name, isinstance(x, torch.Tensor) and x.ndim == 4 and x.shape[1] == channels and x.numel() > 0)


def log_prob(model, images):
    pictures("images", images, 1)
    check("images", bool((images * (1 - images) == 0).all()))
    logits = model(images)
    return (images * logits - F.softplus(logits)).sum(3).sum(2).sum(1)


def sample(model, n, h, w, *, rng=None):
    for name, size in (("n", n), ("h", h), ("w", w)):
        check(name, size > 0)
    images = torch.zeros(n, 1, h, w)
    for place in range(h * w):
        at = (slice(None), 0, place // w, place % w)
        with torch.no_grad():
            one = torch.sigmoid(model(images.clone())[at].double())
        images[at] = torch.multinomial(torch.stack([1 - one, one], 1), 1, generator=rng)[:, 0].float()
    return images


class MaskedConv(nn.Conv2d):
    def __init__(self, kind, c_in, c_out, k):
        check("kind", kind in ("A", "B"))
        check("c_in", c_in > 0)
        check("c_out", c_out > 0)
        check("k", k > 0 and k % 2)
        super().__init__(c_in, c_out, k, padding="same")
        closed = torch.ones(k * k, dtype=torch.bool)
        closed[: k * k // 2 + ("A", "B").index(kind)] = False
        self.register_buffer("closed", closed.view(k, k))

    def forward(self, x):
        pictures("x", x, self.in_channels)
        return self._conv_forward(x, torch.where(self.closed, 0.0, self.weight), self.bias)


class PixelCNN(nn.Module):
    def __init__(self, width=16, layers=3):
        check("width", width > 0)
        check("layers", layers > 0)
        super().__init__()
        self.first = MaskedConv("A", 1, width, 5)
        self.hidden = nn.ModuleList([MaskedConv("B", width, width, 3) for _ in range(layers)])
        self.head = MaskedConv("B", width, 1, 1)

    def forward(self, x):
        pictures("x", x, 1)
        for layer in [self.first, *self.hidden]:
            x = F.relu(layer(x))
        return self.head(x)


class RowLSTM(nn.Module):
    def __init__(self, width=16):
        check("width", width > 0)
        super().__init__()
        self.width = width
        self.inputs = nn.Conv1d(1, 4 * width, 3, padding=3)
        self.states = nn.Conv1d(width, 4 * width, 3, padding="same", bias=False)
        self.head = nn.Conv2d(width, 1, 1)

    def forward(self, x):
        pictures("x", x, 1)
        n, _, height, width = x.shape
        from_left = self.inputs(x.reshape(n * height, 1, width))[..., :width].reshape(n, height, -1, width)
        h = torch.zeros(n, self.width, width, dtype=x.dtype)
        c = torch.zeros_like(h)
        out = torch.empty(n, 0, self.width, width, dtype=x.dtype)
        for r in range(height):
            gates = (from_left[:, r] + self.states(h)).view(n, 4, self.width, width)
            f, i, o = torch.sigmoid(gates[:, [0, 1, 3]]).unbind(1)
            c = f * c + i * torch.tanh(gates[:, 2])
            h = o * torch.tanh(c)
            out = torch.cat([out, h[:, None]], 1)
        return self.head(out.transpose(1, 2))
