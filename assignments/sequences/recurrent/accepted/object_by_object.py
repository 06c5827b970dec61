"""Split weights, the way back in closed sums, and sequences of different lengths one object at a time."""

import math

import torch
from torch import nn
from torch.nn.utils.rnn import pad_sequence


def need(condition, name):
    if not condition:
        raise ValueError(f"{name} is wrong")


class Layer(nn.Module):
    names = ()

    def __init__(self, m, k, *, rng=None):
        need(m >= 1, "m")
        need(k >= 1, "k")
        super().__init__()
        self.m, self.k = m, k
        for name in self.names:
            shape = (k,) if name == "bias" else (k, k + m)
            drawn = torch.empty(shape).uniform_(-1 / math.sqrt(k), 1 / math.sqrt(k), generator=rng)
            setattr(self, name, nn.Parameter(drawn))

    def forward(self, x, h0=None):
        need(x.ndim == 3 and x.numel() > 0 and x.shape[2] == self.m, "x")
        shape = (x.shape[1], self.k)
        states = [torch.zeros(shape, dtype=x.dtype) if h0 is None else h0]
        need(tuple(states[0].shape) == shape, "h0")
        for t in range(x.shape[0]):
            states.append(self.step(x[t], states[-1]))
        return torch.cat([h.unsqueeze(0) for h in states[1:]]), states[-1]

    def product(self, weight, h, x):
        return nn.functional.linear(h, weight[:, : self.k]) + nn.functional.linear(x, weight[:, self.k :])


class RNN(Layer):
    names = ("weight", "bias")

    def step(self, x, h):
        return 1 - 2 * torch.sigmoid(-2 * (self.product(self.weight, h, x) + self.bias))


class GRU(Layer):
    names = ("weight_z", "weight_r", "weight_h")

    def step(self, x, h):
        z = self.product(self.weight_z, h, x).sigmoid()
        r = self.product(self.weight_r, h, x).sigmoid()
        return torch.lerp(h, self.product(self.weight_h, h * r, x).tanh(), z)


def bptt(weight, bias, x, h0, dH):
    k, (time, batch, m) = len(weight), x.shape
    need(tuple(bias.shape) == (k,), "bias")
    need(weight.shape[1] == k + m, "x")
    need(tuple(h0.shape) == (batch, k), "h0")
    need(tuple(dH.shape) == (time, batch, k), "dH")
    of_h, of_x = weight[:, :k], weight[:, k:]
    before, after, h = [], [], h0
    for t in range(time):
        before.append(h)
        h = (h @ of_h.T + x[t] @ of_x.T + bias).tanh()
        after.append(h)
    slopes = 1 - torch.stack(after).square()
    by_sums, coming = [], torch.zeros_like(h0)
    for t in range(time - 1, -1, -1):
        by_sums.insert(0, slopes[t] * (dH[t] + coming))
        coming = by_sums[0] @ of_h
    by_sums = torch.stack(by_sums)
    by_h = torch.einsum("tbi,tbj->ij", by_sums, torch.stack(before))
    by_x = torch.einsum("tbi,tbj->ij", by_sums, x)
    return {"x": by_sums @ of_x, "h0": coming, "bias": by_sums.sum((0, 1)), "weight": torch.cat([by_h, by_x], 1)}


def checked(x, lengths):
    need(x.ndim == 3 and x.numel() > 0, "x")
    lengths = [x.shape[0]] * x.shape[1] if lengths is None else lengths.tolist()
    need(len(lengths) == x.shape[1] and all(1 <= length <= x.shape[0] for length in lengths), "lengths")
    return lengths


class Bidirectional(nn.Module):
    def __init__(self, ahead, back):
        super().__init__()
        self.ahead, self.back = ahead, back

    def forward(self, x, lengths=None):
        outputs, ends = [], ([], [])
        for place, length in enumerate(checked(x, lengths)):
            own = x[:length, place : place + 1]
            forth, h = self.ahead(own)
            backwards, g = self.back(own.flip(0))
            outputs.append(torch.cat([forth, backwards.flip(0)], dim=-1)[:, 0])
            ends[0].append(h)
            ends[1].append(g)
        padded = pad_sequence(outputs)
        missing = x.new_zeros(x.shape[0] - len(padded), *padded.shape[1:])
        return torch.cat([padded, missing]), (torch.cat(ends[0]), torch.cat(ends[1]))


class Stacked(nn.Module):
    def __init__(self, layers):
        super().__init__()
        need(len(layers) > 0, "layers")
        self.layers = nn.ModuleList(layers)

    def forward(self, x, states=None):
        need(x.ndim == 3 and x.numel() > 0, "x")
        need(states is None or len(states) == len(self.layers), "states")
        last = []
        for number, layer in enumerate(self.layers):
            x, h = layer(x) if states is None else layer(x, states[number])
            last.append(h)
        return x, last


def mix(states, scores, gamma):
    need(states.ndim == 4 and states.numel() > 0, "states")
    need(tuple(scores.shape) == (len(states),), "scores")
    weights = torch.exp(scores - torch.logsumexp(scores, 0))
    return sum(gamma * weight * state for weight, state in zip(weights, states, strict=True))


def many_to_one(layer, head, x, lengths=None):
    ends = [layer(x[:length, i : i + 1])[1] for i, length in enumerate(checked(x, lengths))]
    return torch.cat([head(end) for end in ends])


def one_to_many(layer, head, first, steps):
    need(first.ndim == 2 and first.numel() > 0, "first")
    need(steps >= 1, "steps")
    _, h = layer(first.unsqueeze(0))
    answers = [head(h)]
    while len(answers) < steps:
        _, h = layer(answers[-1].unsqueeze(0), h)
        answers.append(head(h))
    return torch.stack(answers)


def many_to_many(layer, head, x):
    checked(x, None)
    answers, h = [], None
    for inputs in x:
        _, h = layer(inputs.unsqueeze(0), h)
        answers.append(head(h))
    return torch.stack(answers)
