"""Трансформер: допишите классы и функцию ниже.

Части из задания о внимании можно скопировать в этот файл или сдать рядом отдельными файлами.
Проверить файл дома: `grader check sequences/transformer solution.py`.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


class EncoderBlock(nn.Module):
    """x <- norm1(x + attention(x)), затем x <- norm2(x + linear2(relu(linear1(x))))."""

    def __init__(self, d: int, heads: int, d_ff: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError(
            "attention (w_q, ..., b_o), linear1, linear2, norm1, norm2; начальные значения из rng"
        )

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """x (b, n, d), mask: True — на позицию можно смотреть -> (b, n, d)."""
        raise NotImplementedError("две суммы, каждая нормируется")


class DecoderBlock(nn.Module):
    """Как EncoderBlock, а между половинами y <- norm2(y + cross(y, memory)); у внутреннего слоя norm3."""

    def __init__(self, d: int, heads: int, d_ff: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("части EncoderBlock, а ещё cross и norm3")

    def forward(
        self, y: Tensor, memory: Tensor, mask: Tensor | None = None, memory_mask: Tensor | None = None
    ) -> Tensor:
        """y (b, m, d), memory (b, n, d) -> (b, m, d)."""
        raise NotImplementedError("mask относится к attention, memory_mask — к cross")


class Transformer(nn.Module):
    """Таблицы векторов source и target, блоки encoder и decoder, выход head."""

    def __init__(
        self,
        n_source: int,
        n_target: int,
        d: int,
        heads: int,
        d_ff: int,
        blocks: int,
        *,
        rng: torch.Generator | None = None,
    ) -> None:
        raise NotImplementedError("nn.Embedding, nn.ModuleList, nn.Linear; начальные значения из rng")

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """source (b, n) и target (b, m) — слова, 0 — дополнение -> оценки (b, m, n_target)."""
        raise NotImplementedError("сначала постройте две маски: где дополнение и что ещё впереди")


def translate(
    model: Callable[[Tensor, Tensor], Tensor], source: Tensor, begin: int, end: int, limit: int
) -> list[list[int]]:
    """Снова и снова самое вероятное следующее слово каждой строки, пока не закончатся все строки."""
    raise NotImplementedError("начните с target (b, 1) из begin и спросите у модели оценки")
