"""Небольшой BERT: маскирование, пары предложений, модель, вектор текста.

Проверьте решение дома: `grader check text/bert solution.py`.
"""

import numpy as np
import torch
from torch import Tensor, nn


def mask(
    tokens: Tensor, special: list[int], mask_id: int, words: int, rng: np.random.Generator, share: float = 0.15
) -> tuple[Tensor, Tensor]:
    """tokens (n, t) -> (inputs, labels), оба (n, t) int64; в labels стоит -100 там, где токен не выбран."""
    raise NotImplementedError("сначала — какие токены выбраны, потом — судьба каждого из них")


def sentence_pairs(documents: list[list[str]], count: int, rng: np.random.Generator) -> list[tuple[str, str, int]]:
    """`count` кортежей (first, second, label): 1, если второе идёт за первым; 0, если оно из другого документа."""
    raise NotImplementedError("выпишите предложения, у которых есть следующее; затем — монета для каждой пары")


class Bert(nn.Module):
    """Векторы слов, мест и предложений, кодировщик над ними, голова для слов и голова для пар."""

    def __init__(
        self,
        words: int,
        size: int,
        heads: int,
        d_ff: int,
        blocks: int,
        longest: int,
        *,
        dropout: float = 0.1,
        rng: torch.Generator | None = None,
    ) -> None:
        raise NotImplementedError("начните с super().__init__() и трёх таблиц; имена — в условии")

    def encode(self, tokens: Tensor, segments: Tensor) -> Tensor:
        """tokens, segments (n, t) -> векторы после последнего блока (n, t, size)."""
        raise NotImplementedError("сложите, нормализуйте и сообщите кодировщику, где дополнение")

    def forward(self, tokens: Tensor, segments: Tensor) -> tuple[Tensor, Tensor]:
        """tokens, segments (n, t) -> логиты слов (n, t, words), логиты пар (n, 2)."""
        raise NotImplementedError("encode, затем две головы")


def embed(model: nn.Module, tokens: Tensor, segments: Tensor) -> Tensor:
    """Среднее (n, size) от model.encode(tokens, segments) по токенам, которые не дополнение (0)."""
    raise NotImplementedError("запомните режимы всех модулей до model.eval()")
