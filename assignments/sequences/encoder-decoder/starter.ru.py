"""Кодировщик, декодировщик, внимание, лучевой поиск: напишите то, чего не хватает.

Проверка дома: `grader check sequences/encoder-decoder solution.py`.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn


def attend(state: Tensor, states: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Внимание через скалярные произведения: контексты (b, k) и веса (b, t).

    state: (b, k); states: (b, t, k); mask: (b, t) из bool, True — смотреть можно, None — можно всюду.
    """
    raise NotImplementedError("сначала оценка каждой позиции: (b, t)")


class Additive(nn.Module):
    """Внимание с оценками v . tanh(W s + U h); параметры W (size, k), U (size, m), v (size,)."""

    def __init__(self, k: int, m: int, size: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("начните с super().__init__() и self.W = nn.Parameter(...)")

    def forward(self, state: Tensor, states: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Из state (b, k) и states (b, t, m) — контексты (b, m) и веса (b, t)."""
        raise NotImplementedError("от attend отличаются только оценки")


class Seq2Seq(nn.Module):
    """Кодировщик и декодировщик; атрибуты embedding, encoder, decoder, head."""

    def __init__(self, words: int, size: int, hidden: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("создайте четыре модуля, затем задайте все их параметры заново")

    def encode(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        """Состояние (b, hidden) после последнего слова каждой цепочки; tokens (b, t), lengths (b,)."""
        raise NotImplementedError("состояние после слова номер lengths[i] цепочки i")

    def step(self, token: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """log p следующего слова (b, words) и следующее состояние; token (b,) — предыдущее слово."""
        raise NotImplementedError("embedding, decoder, head, log_softmax")

    def forward(self, tokens: Tensor, lengths: Tensor, targets: Tensor, begin: int) -> Tensor:
        """Обучение с подсказкой: log p (b, s, words) каждого слова targets (b, s) при верных предыдущих."""
        raise NotImplementedError("какое слово подаётся перед targets[:, 0]?")

    def greedy(self, tokens: Tensor, lengths: Tensor, begin: int, end: int, limit: int) -> list[list[int]]:
        """Каждый раз самое вероятное слово, до конца (сам он не возвращается), не больше limit слов."""
        raise NotImplementedError("сначала подаётся begin, потом выбранное слово")


def beam(
    step: Callable[[int, Any], tuple[Tensor, Any]], state: Any, begin: int, end: int, width: int, limit: int
) -> tuple[list[int], float]:
    """Слова лучшей цепочки, найденной лучом (без end), и логарифм её вероятности.

    step(token, state) возвращает log p следующего слова (V,) и следующее состояние.
    """
    raise NotImplementedError("гипотеза — это слова, сумма логарифмов, состояние и признак законченности")
