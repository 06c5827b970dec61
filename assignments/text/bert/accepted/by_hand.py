"""The encoder by hand, head by head; masking token by token; pairs drawn until they fit."""

import math

import numpy as np
import torch
from torch import nn


def refuse(name, wrong):
    if wrong:
        raise ValueError(f"{name} is wrong")


def mask(tokens, special, mask_id, words, rng, share=0.15):
    refuse("tokens", tokens.dim() != 2 or tokens.numel() == 0 or tokens.min() < 0 or tokens.max() >= words)
    refuse("special", any(not 0 <= token < words for token in special))
    refuse("mask_id", not 0 <= mask_id < words)
    refuse("share", not 0 <= share <= 1)
    never = {*special, mask_id}
    ordinary = [token for token in range(words) if token not in never]
    refuse("words", len(ordinary) < 2)
    inputs, labels = [], []
    for row in tokens.tolist():
        for token in row:
            if token in never or rng.random() >= share:
                inputs.append(token)
                labels.append(-100)
                continue
            labels.append(token)
            fate = rng.integers(10)
            if fate < 8:
                token = mask_id
            elif fate == 8:
                other = token
                while other == token:
                    other = ordinary[rng.integers(len(ordinary))]
                token = other
            inputs.append(token)
    return torch.tensor(inputs).reshape(tokens.shape), torch.tensor(labels).reshape(tokens.shape)


def sentence_pairs(documents, count, rng):
    refuse("documents", len(documents) < 2 or min(map(len, documents)) == 0 or max(map(len, documents)) == 1)
    refuse("count", count < 0)
    sentences = [(number, sentence) for number, document in enumerate(documents) for sentence in document]
    starts = [i for i in range(len(sentences) - 1) if sentences[i][0] == sentences[i + 1][0]]
    result = []
    for start in rng.choice(starts, size=count).tolist():
        (number, first), (_, second) = sentences[start : start + 2]
        label = int(rng.random() < 0.5)
        if not label:
            following = second
            while second == following or other == number:
                other, second = sentences[rng.integers(len(sentences))]
        result.append((first, second, label))
    return result


class Attention(nn.Module):
    def __init__(self, size, heads):
        super().__init__()
        self.heads, self.width = heads, size // heads
        self.in_proj_weight = nn.Parameter(torch.zeros(3 * size, size))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * size))
        self.out_proj = nn.Linear(size, size)

    def forward(self, x, padding, dropout):
        outputs = []
        q, k, v = nn.functional.linear(x, self.in_proj_weight, self.in_proj_bias).split(x.shape[-1], dim=-1)
        for head in range(self.heads):
            part = slice(head * self.width, (head + 1) * self.width)
            scores = torch.einsum("nid,njd->nij", q[..., part], k[..., part]) / math.sqrt(self.width)
            weights = dropout(scores.masked_fill(padding[:, None, :], float("-inf")).softmax(dim=-1))
            outputs.append(weights @ v[..., part])
        return self.out_proj(torch.cat(outputs, dim=-1))


class Block(nn.Module):
    def __init__(self, size, heads, d_ff, dropout):
        super().__init__()
        self.self_attn = Attention(size, heads)
        self.linear1, self.linear2 = nn.Linear(size, d_ff), nn.Linear(d_ff, size)
        self.norm1, self.norm2 = nn.LayerNorm(size), nn.LayerNorm(size)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, padding):
        x = self.norm1(x + self.dropout(self.self_attn(x, padding, self.dropout)))
        inner = self.linear1(x)
        inner = inner * (1 + torch.erf(inner / 2**0.5)) / 2
        return self.norm2(x + self.dropout(self.linear2(self.dropout(inner))))


class Encoder(nn.Module):
    def __init__(self, blocks):
        super().__init__()
        self.layers = nn.ModuleList(blocks)

    def forward(self, x, padding):
        for block in self.layers:
            x = block(x, padding)
        return x


class Bert(nn.Module):
    def __init__(self, words, size, heads, d_ff, blocks, longest, *, dropout=0.1, rng=None):
        super().__init__()
        given = {"words": words, "size": size, "heads": heads, "d_ff": d_ff, "blocks": blocks, "longest": longest}
        for name, value in given.items():
            refuse(name, value < 1)
        refuse("heads", size % heads)
        refuse("dropout", not 0 <= dropout < 1)
        self.words, self.longest = words, longest
        self.tokens, self.positions = nn.Embedding(words, size), nn.Embedding(longest, size)
        self.segments, self.norm = nn.Embedding(2, size), nn.LayerNorm(size)
        self.encoder = Encoder(Block(size, heads, d_ff, dropout) for _ in range(blocks))
        self.word_head, self.pair_head = nn.Linear(size, words), nn.Linear(size, 2)
        self.dropout = nn.Dropout(dropout)
        for part in self.modules():
            for name, value in part.named_parameters(recurse=False):
                if value.dim() == 2:
                    nn.init.normal_(value, std=0.02, generator=rng)
                else:
                    nn.init.constant_(value, float(name == "weight"))

    def encode(self, tokens, segments):
        refuse("tokens", tokens.dim() != 2 or tokens.min() < 0 or tokens.max() >= self.words)
        refuse("tokens", tokens.shape[1] > self.longest or tokens.sum(dim=1).min() == 0)
        refuse("segments", segments.shape != tokens.shape or segments.max() > 1 or segments.min() < 0)
        x = self.tokens(tokens) + self.positions.weight[: tokens.shape[1]] + self.segments(segments)
        return self.encoder(self.dropout(self.norm(x)), tokens == 0)

    def forward(self, tokens, segments):
        x = self.encode(tokens, segments)
        return self.word_head(x), self.pair_head(x[:, 0, :])


def embed(model, tokens, segments):
    lengths = np.count_nonzero(tokens.numpy(), axis=1)
    refuse("tokens", lengths.min() == 0)
    before = {part: part.training for part in model.modules()}
    model.eval()
    with torch.inference_mode():
        x = model.encode(tokens, segments)
        result = torch.stack([row[: int(n)].mean(dim=0) for row, n in zip(x, lengths, strict=True)])
    for part, training in before.items():
        part.training = training
    return result
