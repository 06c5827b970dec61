"""Heads by einsum, masks as numbers that are added, positions by complex powers."""

import math

import torch
from torch import nn


def need(condition, name):
    if not condition:
        raise ValueError(f"{name} is wrong")


def scaled(Q, K, V, mask=None):
    need(Q.ndim >= 2 and Q.numel(), "Q")
    *front, n, d = Q.shape
    need(K.ndim == Q.ndim and [*K.shape[:-2]] == front and K.shape[-1] == d and K.numel(), "K")
    m = K.shape[-2]
    need(V.ndim == Q.ndim and [*V.shape[:-1]] == [*front, m] and V.numel(), "V")
    scores = torch.einsum("...id,...jd->...ij", Q, K) * d**-0.5
    if mask is not None:
        need(mask.dtype is torch.bool, "mask")
        try:
            mask = torch.broadcast_to(mask, scores.shape)
        except RuntimeError:
            raise ValueError("mask has another shape") from None
        scores = scores + torch.zeros(mask.shape, dtype=Q.dtype).masked_fill(~mask, -1e30)
    powers = torch.exp(scores - scores.detach().max(dim=-1, keepdim=True).values)
    if mask is not None:
        powers = powers * mask
    total = powers.sum(dim=-1, keepdim=True)
    weights = powers / torch.where(total == 0, torch.ones_like(total), total)
    return torch.einsum("...ij,...jv->...iv", weights, V), weights


def parameter(shape, bound, rng):
    return nn.Parameter(torch.empty(shape).uniform_(-bound, bound, generator=rng))


class SelfAttention(nn.Module):
    def __init__(self, d, d_k, *, rng=None):
        super().__init__()
        need(d >= 1, "d")
        need(d_k >= 1, "d_k")
        for name in ("value", "key", "query"):
            self.register_parameter(name, parameter((d_k, d), 1 / math.sqrt(d), rng))

    def forward(self, x, mask=None):
        need(x.ndim == 3 and x.numel() and x.shape[2] == self.query.shape[1], "x")
        q, k, v = (torch.einsum("bnd,kd->bnk", x, matrix) for matrix in (self.query, self.key, self.value))
        return scaled(q, k, v, mask)[0]


class MultiHead(nn.Module):
    def __init__(self, d, heads, *, rng=None):
        super().__init__()
        need(d >= 1, "d")
        need(heads >= 1 and d % heads == 0, "heads")
        self.count = heads
        for name in "qkvo":
            setattr(self, "w_" + name, parameter((d, d), d**-0.5, rng))
            setattr(self, "b_" + name, parameter((d,), d**-0.5, rng))

    def forward(self, x, memory=None, mask=None):
        d = self.b_o.shape[0]
        need(x.ndim == 3 and x.numel() and x.shape[2] == d, "x")
        if memory is None:
            memory = x
        need(memory.ndim == 3 and memory.numel() and memory.shape[::2] == x.shape[::2], "memory")
        parts = []
        for rows in torch.arange(d).chunk(self.count):
            q = x @ self.w_q[rows].T + self.b_q[rows]
            k = memory @ self.w_k[rows].T + self.b_k[rows]
            v = memory @ self.w_v[rows].T + self.b_v[rows]
            parts.append(scaled(q, k, v, mask)[0])
        return nn.functional.linear(torch.cat(parts, dim=2), self.w_o, self.b_o)


def causal_mask(n):
    need(n >= 1, "n")
    return torch.arange(n)[:, None] >= torch.arange(n)


def positional(n, d):
    need(n >= 1, "n")
    need(d >= 1, "d")
    turns = torch.tensor([[complex(math.cos(i * w), math.sin(i * w)) for w in frequencies(d)] for i in range(n)], dtype=torch.complex128)
    return torch.stack((turns.imag, turns.real), dim=2).flatten(1)[:, :d]


def frequencies(d):
    return [10000 ** (-2 * k / d) for k in range((d + 1) // 2)]


def layer_norm(x, gamma, beta, eps=1e-5):
    check(x, gamma, eps)
    need(beta.shape == x.shape[-1:], "beta")
    variance, mean = torch.var_mean(x, dim=-1, correction=0, keepdim=True)
    return torch.addcmul(beta, gamma, (x - mean) * torch.rsqrt(variance + eps))


def layer_norm_grad(x, gamma, dy, eps=1e-5):
    check(x, gamma, eps)
    need(dy.shape == x.shape, "dy")
    dx, dgamma, dbeta = torch.empty_like(x), torch.zeros_like(gamma), torch.zeros_like(gamma)
    d = len(gamma)
    rows = zip(x.reshape(-1, d), dy.reshape(-1, d), dx.view(-1, d), strict=True)
    for vector, gradient, place in rows:
        centred = vector - vector.mean()
        deviation = math.sqrt(float(centred.square().mean()) + eps)
        z = centred / deviation
        jacobian = (torch.eye(d, dtype=x.dtype) - 1 / d - torch.outer(z, z) / d) / deviation
        place.copy_(jacobian @ (gamma * gradient))
        dgamma += gradient * z
        dbeta += gradient
    return dx, dgamma, dbeta


def check(x, gamma, eps):
    need(x.ndim >= 1 and x.numel(), "x")
    need(gamma.shape == x.shape[-1:], "gamma")
    need(eps > 0, "eps")
