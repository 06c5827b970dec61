"""LSTM, обычная и со смотровыми глазками: допишите классы ниже.

Проверить файл дома: `grader check sequences/lstm solution.py`.
"""

import torch
from torch import Tensor, nn


class LSTMCell(nn.Module):
    """Один шаг LSTM.

    [f, i, g, o] = weight @ [h, x] + bias     строки в порядке: забывание, вход, кандидат, выход
    c' = sigmoid(f) * c + sigmoid(i) * tanh(g)
    h' = sigmoid(o) * tanh(c')

    Параметры: weight (4 * hidden_size, hidden_size + input_size), bias (4 * hidden_size,); начальные значения
    равномерны от -1 / sqrt(hidden_size) до 1 / sqrt(hidden_size) и берутся из rng.
    """

    def __init__(self, input_size: int, hidden_size: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("начните с super().__init__() и self.weight = nn.Parameter(...)")

    def forward(self, x: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
        """x (batch, input_size), h и c (batch, hidden_size) -> следующие (h, c)."""
        raise NotImplementedError("поставьте h и x рядом, умножьте на weight.T, прибавьте bias, разрежьте на четыре")


class LSTM(nn.Module):
    """Слой, идущий по последовательности; его LSTMCell лежит в атрибуте cell."""

    def __init__(self, input_size: int, hidden_size: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("создайте self.cell")

    def forward(self, x: Tensor, state: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x (time, batch, input_size), state (h, c) или None вместо нулей -> все h и последние (h, c)."""
        raise NotImplementedError("вызывайте ячейку на каждом шаге и сохраняйте каждое h")


class PeepholeLSTMCell(nn.Module):
    """Один шаг LSTM со смотровыми глазками.

    f = sigmoid(weight_f @ [c, h, x] + bias_f)
    i = sigmoid(weight_i @ [c, h, x] + bias_i)
    c' = f * c + i * tanh(weight_c @ [h, x] + bias_c)
    o = sigmoid(weight_o @ [c', h, x] + bias_o)
    h' = o * tanh(c')

    Параметры: weight_f, weight_i, weight_o (hidden_size, 2 * hidden_size + input_size),
    weight_c (hidden_size, hidden_size + input_size), bias_f, bias_i, bias_c, bias_o (hidden_size,).
    """

    def __init__(self, input_size: int, hidden_size: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("восемь параметров; начальные значения — как у LSTMCell")

    def forward(self, x: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
        """x (batch, input_size), h и c (batch, hidden_size) -> следующие (h, c)."""
        raise NotImplementedError("фильтр выхода вычисляется после новой памяти")


class PeepholeLSTM(nn.Module):
    """Слой, идущий по последовательности; его PeepholeLSTMCell лежит в атрибуте cell."""

    def __init__(self, input_size: int, hidden_size: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("создайте self.cell")

    def forward(self, x: Tensor, state: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x (time, batch, input_size), state (h, c) или None вместо нулей -> все h и последние (h, c)."""
        raise NotImplementedError("цикл по времени тот же, что и в LSTM")
