"""Heads by einsum, parts in dictionaries, masks as numbers that are added, translation by lists."""

import math

import torch
from torch import nn
from torch.nn import functional as F


def need(condition, name):
    if not condition:
        raise ValueError(f"{name} is wrong")


def fill(tensor, bound, rng):
    with torch.no_grad():
        return tensor.copy_((torch.rand(tensor.shape, generator=rng) * 2 - 1) * bound)


class Heads(nn.Module):
    def __init__(self, d, heads, rng):
        super().__init__()
        need(d >= 1, "d")
        need(heads >= 1 and d % heads == 0, "heads")
        self.heads, self.size = heads, d // heads
        for name in "qkvo":
            self.register_parameter(f"w_{name}", nn.Parameter(fill(torch.empty(d, d), d**-0.5, rng)))
            self.register_parameter(f"b_{name}", nn.Parameter(fill(torch.empty(d), d**-0.5, rng)))

    def forward(self, x, memory, mask):
        def heads_of(values, w, b):
            cut = w.view(self.heads, self.size, -1)
            return torch.einsum("bnd,hsd->bhns", values, cut) + b.view(self.heads, 1, self.size)

        q = heads_of(x, self.w_q, self.b_q) / math.sqrt(self.size)
        k, v = heads_of(memory, self.w_k, self.b_k), heads_of(memory, self.w_v, self.b_v)
        scores = torch.einsum("bhns,bhms->bhnm", q, k)
        if mask is not None:
            mask = (mask if mask.ndim == 3 else mask[None])[:, None]
            scores = torch.where(mask, scores, torch.finfo(scores.dtype).min)
            weights = F.softmax(scores, dim=-1) * mask
        else:
            weights = F.softmax(scores, dim=-1)
        found = torch.einsum("bhnm,bhms->bnhs", weights, v)
        return F.linear(found.reshape(x.shape), self.w_o, self.b_o)


class Block(nn.Module):
    crosses = False

    def __init__(self, d, heads, d_ff, *, rng=None):
        super().__init__()
        need(d_ff >= 1, "d_ff")
        self.attention = Heads(d, heads, rng)
        if self.crosses:
            self.cross = Heads(d, heads, rng)
        self.linear1, self.linear2 = nn.Linear(d, d_ff), nn.Linear(d_ff, d)
        for layer in (self.linear1, self.linear2):
            fill(layer.weight, layer.in_features**-0.5, rng)
            fill(layer.bias, layer.in_features**-0.5, rng)
        for number in range(1, 4 if self.crosses else 3):
            self.add_module(f"norm{number}", nn.LayerNorm(d))
        self.d = d

    def shaped(self, name, value, rows=None):
        need(value.ndim == 3 and value.numel() > 0 and value.shape[2] == self.d, name)
        need(rows is None or len(value) == rows, name)

    def inner(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))


class EncoderBlock(Block):
    def forward(self, x, mask=None):
        self.shaped("x", x)
        first = self.norm1(self.attention(x, x, mask) + x)
        return self.norm2(self.inner(first) + first)


class DecoderBlock(Block):
    crosses = True

    def forward(self, y, memory, mask=None, memory_mask=None):
        self.shaped("y", y)
        self.shaped("memory", memory, len(y))
        first = self.norm1(self.attention(y, y, mask) + y)
        second = self.norm2(self.cross(first, memory, memory_mask) + first)
        return self.norm3(self.inner(second) + second)


def positions(n, d):
    table = torch.zeros(n, d, dtype=torch.float64)
    for place in range(n):
        for column in range(d):
            angle = place * 10000 ** (-2 * (column // 2) / d)
            table[place, column] = math.sin(angle) if column % 2 == 0 else math.cos(angle)
    return table


class Transformer(nn.Module):
    def __init__(self, n_source, n_target, d, heads, d_ff, blocks, *, rng=None):
        super().__init__()
        for name, size in (("n_source", n_source), ("n_target", n_target), ("d", d), ("blocks", blocks)):
            need(size >= 1, name)
        self.source = nn.Embedding(n_source, d, _weight=0.7 * torch.randn(n_source, d, generator=rng))
        self.target = nn.Embedding(n_target, d, _weight=0.7 * torch.randn(n_target, d, generator=rng))
        self.encoder, self.decoder = nn.ModuleList(), nn.ModuleList()
        for _ in range(blocks):
            self.encoder.append(EncoderBlock(d, heads, d_ff, rng=rng))
            self.decoder.append(DecoderBlock(d, heads, d_ff, rng=rng))
        self.head = nn.Linear(d, n_target)
        fill(self.head.weight, d**-0.5, rng)
        fill(self.head.bias, d**-0.5, rng)

    def forward(self, source, target):
        for name, tokens, table in (("source", source, self.source), ("target", target, self.target)):
            need(not tokens.is_floating_point() and tokens.ndim == 2 and tokens.numel() > 0, name)
            need(0 <= int(tokens.min()) and int(tokens.max()) < table.num_embeddings, name)
        need(len(target) == len(source), "target")
        (b, n), m, kind = source.shape, target.shape[1], self.head.weight.dtype
        seen = source.ne(0).unsqueeze(1).expand(b, n, n)
        x = self.source(source) + positions(n, self.head.in_features).to(kind)
        for block in self.encoder:
            x = block(x, seen)
        place = torch.arange(m)
        past = (place[None, :] <= place[:, None])[None] & target.ne(0)[:, None]
        y = self.target(target) + positions(m, self.head.in_features).to(kind)
        for block in self.decoder:
            y = block(y, x, past, source.ne(0).unsqueeze(1).expand(b, m, n))
        return self.head(y)


def translate(model, source, begin, end, limit):
    need(isinstance(source, torch.Tensor) and source.ndim == 2 and source.numel(), "source")
    need(not source.is_floating_point(), "source")
    need(begin >= 0, "begin")
    need(end >= 0, "end")
    need(limit >= 1, "limit")
    rows = [[begin] for _ in range(len(source))]
    for _ in range(limit):
        scores = model(source, torch.tensor(rows))
        for row, of_row in zip(rows, scores[:, -1].tolist(), strict=True):
            row.append(of_row.index(max(of_row)) if end not in row[1:] else end)
        if all(end in row[1:] for row in rows):
            break
    return [row[1 : row.index(end, 1)] if end in row[1:] else row[1:] for row in rows]
