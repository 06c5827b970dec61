"""Open weights are picked by their places and multiplied with windows of the image; the row LSTM by slices of rows."""

import torch
from torch import nn
from torch.nn.functional import logsigmoid, pad, unfold


def need(condition, name):
    if not condition:
        raise ValueError(f"wrong {name}")


def count(**numbers):
    for name, number in numbers.items():
        need(isinstance(number, int) and number >= 1, name)


def log_prob(model, images):
    need(images.dim() == 4 and images.size(1) == 1 and len(images) > 0, "images")
    need(set(images.unique().tolist()) <= {0, 1}, "images")
    return logsigmoid((2 * images - 1) * model(images)).flatten(1).sum(1)


@torch.no_grad()
def sample(model, n, h, w, *, rng=None):
    count(n=n, h=h, w=w)
    done = []
    for t in range(h * w):
        given = torch.zeros(n, h * w)
        for place, column in enumerate(done):
            given[:, place] = column
        logits = model(given.view(n, 1, h, w)).reshape(n, -1)[:, t]
        done.append((torch.rand(n, generator=rng) < logits.sigmoid()).float())
    return torch.stack(done, 1).view(n, 1, h, w)


class MaskedConv(nn.Module):
    def __init__(self, kind, c_in, c_out, k):
        super().__init__()
        need(kind in ("A", "B"), "kind")
        count(c_in=c_in, c_out=c_out, k=k)
        need(k % 2 == 1, "k")
        self.k, self.c_in, self.open = k, c_in, k * k // 2 + (kind == "B")
        bound = (c_in * k * k) ** -0.5
        self.bias = nn.Parameter(torch.empty(c_out).uniform_(-bound, bound))
        self.weight = nn.Parameter(torch.empty(c_out, c_in, k, k).uniform_(-bound, bound))

    def forward(self, x):
        need(x.dim() == 4 and len(x) > 0 and x.size(1) == self.c_in, "x")
        n, c, h, w = x.shape
        windows = unfold(x, self.k, padding=self.k // 2).view(n, c, self.k**2, h * w)[:, :, : self.open]
        weight = self.weight.flatten(2)[:, :, : self.open]
        out = torch.einsum("ncot,dco->ndt", windows, weight) + self.bias[:, None]
        return out.view(n, -1, h, w)


class PixelCNN(nn.Module):
    def __init__(self, width=16, layers=3):
        super().__init__()
        count(width=width, layers=layers)
        self.head = nn.Conv2d(width, 1, 1)
        self.hidden = nn.Sequential(*[MaskedConv("B", width, width, 3) for _ in range(layers)])
        self.first = MaskedConv("A", 1, width, 5)

    def forward(self, x):
        need(x.dim() == 4 and x.size(1) == 1, "x")
        x = self.first(x).relu()
        for layer in self.hidden:
            x = layer(x).relu()
        return self.head(x)


class RowLSTM(nn.Module):
    def __init__(self, width=16):
        super().__init__()
        count(width=width)
        self.inputs = nn.Conv1d(1, 4 * width, 3)
        self.states = nn.Conv1d(width, 4 * width, 3, bias=False)
        self.head = nn.Conv2d(width, 1, 1)

    def forward(self, x):
        need(x.dim() == 4 and x.size(1) == 1 and len(x) > 0, "x")
        n, _, height, width = x.shape
        h = c = x.new_zeros(n, self.states.in_channels, width)
        states = []
        for r in range(height):
            z = self.inputs.bias[:, None]
            for back in (1, 2, 3):
                left = pad(x[:, :, r], (back, 0))[..., :width]
                z = z + torch.einsum("ncw,dc->ndw", left, self.inputs.weight[:, :, 3 - back])
            for side in (0, 1, 2):
                above = pad(h, (1, 1))[..., side : side + width]
                z = z + torch.einsum("ncw,dc->ndw", above, self.states.weight[:, :, side])
            f, i, g, o = z.unflatten(1, (4, -1)).unbind(1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
            states.append(h)
        return self.head(torch.stack(states, 2))
