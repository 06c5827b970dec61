"""Самовнимание и его части: допишите функции и классы ниже.

Проверить файл дома: `grader check sequences/attention solution.py`.
"""

import torch
from torch import Tensor, nn


def scaled(Q: Tensor, K: Tensor, V: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Q (..., n, d_k), K (..., m, d_k), V (..., m, d_v), mask: True — ключ виден -> (..., n, d_v), веса (..., n, m)."""
    raise NotImplementedError("оценки, маска, softmax по ключам — а что со строками без ключей?")


class SelfAttention(nn.Module):
    """Одна голова. Параметры: query, key, value (d_k, d), равномерные в пределах 1 / sqrt(d), из rng."""

    def __init__(self, d: int, d_k: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("начните с super().__init__() и self.query = nn.Parameter(...)")

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """x (b, n, d) -> (b, n, d_k)."""
        raise NotImplementedError("запросы сразу для всех векторов: x @ self.query.T")


class MultiHead(nn.Module):
    """Несколько голов. Параметры: w_q, w_k, w_v, w_o (d, d), b_q, b_k, b_v, b_o (d,), как в SelfAttention."""

    def __init__(self, d: int, heads: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("heads должно делить d")

    def forward(self, x: Tensor, memory: Tensor | None = None, mask: Tensor | None = None) -> Tensor:
        """x (b, n, d), memory (b, m, d) или None вместо самого x, mask (n, m), (b, n, m) или (b, 1, m) -> (b, n, d)."""
        raise NotImplementedError("приведите запросы, ключи и значения к (b, heads, ..., d / heads), в конце — обратно")


def causal_mask(n: int) -> Tensor:
    """Булев тензор (n, n): True на месте (i, j), где j <= i."""
    raise NotImplementedError("треугольник из True")


def positional(n: int, d: int) -> Tensor:
    """Синусы и косинусы попеременно, (n, d), в двойной точности."""
    raise NotImplementedError("сначала углы: по одному на каждую позицию и пару столбцов")


def layer_norm(x: Tensor, gamma: Tensor, beta: Tensor, eps: float = 1e-5) -> Tensor:
    """x (..., d), gamma и beta (d,) -> (..., d)."""
    raise NotImplementedError("среднее и дисперсия по последней оси")


def layer_norm_grad(x: Tensor, gamma: Tensor, dy: Tensor, eps: float = 1e-5) -> tuple[Tensor, Tensor, Tensor]:
    """x и dy (..., d), gamma (d,) -> dx (..., d), dgamma (d,), dbeta (d,)."""
    raise NotImplementedError("сначала выведите dx на бумаге для одного вектора")
