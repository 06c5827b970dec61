"""Рекуррентные сети: допишите классы и функции ниже.

Проверить файл дома: `grader check sequences/recurrent solution.py`.
"""

import torch
from torch import Tensor, nn


class RNN(nn.Module):
    """h_t = tanh(weight @ [h_{t-1}, x_t] + bias)

    Параметры: weight (k, k + m), bias (k,); начальные значения равномерны от -1 / sqrt(k) до 1 / sqrt(k) и берутся из
    rng.
    """

    def __init__(self, m: int, k: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("начните с super().__init__() и self.weight = nn.Parameter(...)")

    def forward(self, x: Tensor, h0: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """x (time, batch, m), h0 (batch, k) или None вместо нулей -> все h (time, batch, k) и последнее (batch, k)."""
        raise NotImplementedError("идите по первой оси и запоминайте каждое h")


def bptt(weight: Tensor, bias: Tensor, x: Tensor, h0: Tensor, dH: Tensor) -> dict[str, Tensor]:
    """Градиенты по weight, bias, x и h0 вручную; dH (time, batch, k) — градиент ошибки по каждому выходу."""
    raise NotImplementedError("вычислите и сохраните все состояния, затем идите от последнего шага к первому")


class GRU(nn.Module):
    """z = sigmoid(weight_z @ [h, x]),  r = sigmoid(weight_r @ [h, x]),  new = tanh(weight_h @ [r * h, x])

    h' = (1 - z) * h + z * new

    Параметры: weight_z, weight_r, weight_h (k, k + m); начальные значения такие же, как в RNN.
    """

    def __init__(self, m: int, k: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("три параметра, сдвигов нет")

    def forward(self, x: Tensor, h0: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Как в RNN."""
        raise NotImplementedError("цикл по времени тот же, что в RNN")


class Bidirectional(nn.Module):
    """Один слой читает вперёд, другой назад, каждую последовательность в пределах её длины."""

    def __init__(self, ahead: nn.Module, back: nn.Module) -> None:
        raise NotImplementedError("сохраните оба в атрибутах")

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x (time, batch, m), lengths (batch,) -> выходы (time, batch, k1 + k2) и последнее состояние каждого слоя."""
        raise NotImplementedError("где окажется элемент t последовательности такой длины, если её перевернуть?")


class Stacked(nn.Module):
    """Слои друг над другом."""

    def __init__(self, layers: list[nn.Module]) -> None:
        raise NotImplementedError("сохраните их в self.layers, это nn.ModuleList")

    def forward(self, x: Tensor, states: list[Tensor] | None = None) -> tuple[Tensor, list[Tensor]]:
        """x (time, batch, m), по начальному состоянию на слой -> выходы последнего слоя и все последние состояния."""
        raise NotImplementedError("каждый слой читает выходы предыдущего")


def mix(states: Tensor, scores: Tensor, gamma: float) -> Tensor:
    """gamma, умноженная на сумму states (L, time, batch, k) по слоям с весами softmax(scores)."""
    raise NotImplementedError("подойдут веса формы (L, 1, 1, 1)")


def many_to_one(layer: nn.Module, head: nn.Module, x: Tensor, lengths: Tensor | None = None) -> Tensor:
    """Голова от выхода на последнем элементе каждой последовательности: (batch, d)."""
    raise NotImplementedError("для каждого объекта выберите один шаг")


def one_to_many(layer: nn.Module, head: nn.Module, first: Tensor, steps: int) -> Tensor:
    """Ответы (steps, batch, m), каждый из которых — следующий вход."""
    raise NotImplementedError("вызывайте слой по одному шагу")


def many_to_many(layer: nn.Module, head: nn.Module, x: Tensor) -> Tensor:
    """Ответ на каждый элемент: (time, batch, d)."""
    raise NotImplementedError("голова работает с последней осью")
