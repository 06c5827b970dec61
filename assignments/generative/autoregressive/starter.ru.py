"""Изображения по пикселям: допишите функции и классы ниже.

Проверить файл дома: `grader check generative/autoregressive solution.py`.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


def log_prob(model: Callable[[Tensor], Tensor], images: Tensor) -> Tensor:
    """Изображения (n, 1, h, w) из нулей и единиц -> ln p(x) каждого, (n,). Модель даёт логит для каждого пикселя."""
    raise NotImplementedError("один вызов модели, затем логарифм для каждого пикселя")


def sample(model: Callable[[Tensor], Tensor], n: int, h: int, w: int, *, rng: torch.Generator | None = None) -> Tensor:
    """Новые изображения (n, 1, h, w), пиксель за пикселем: строки сверху вниз, в строке слева направо."""
    raise NotImplementedError("начните с нулей и для каждого пикселя один раз спросите модель")


class MaskedConv(nn.Conv2d):
    """Свёртка, которая не видит более поздних пикселей; вид "A" не видит и сам пиксель.

    Параметры: weight (c_out, c_in, k, k), bias (c_out,).
    """

    def __init__(self, kind: str, c_in: int, c_out: int, k: int) -> None:
        raise NotImplementedError("проверьте аргументы, вызовите super().__init__(...), запишите маску как буфер")

    def forward(self, x: Tensor) -> Tensor:
        """x (n, c_in, h, w) -> (n, c_out, h, w)."""
        raise NotImplementedError("свёртка с weight, умноженным на маску")


class PixelCNN(nn.Module):
    """first: MaskedConv A, 5 x 5; hidden: список MaskedConv B, 3 x 3; head: свёртка 1 x 1."""

    def __init__(self, width: int = 16, layers: int = 3) -> None:
        raise NotImplementedError("создайте self.first, self.hidden (nn.ModuleList) и self.head")

    def forward(self, x: Tensor) -> Tensor:
        """x (n, 1, h, w) -> логиты (n, 1, h, w)."""
        raise NotImplementedError("ReLU стоит после каждой маскированной свёртки")


class RowLSTM(nn.Module):
    """inputs: nn.Conv1d 1 -> 4 * width; states: nn.Conv1d width -> 4 * width; head: nn.Conv2d width -> 1."""

    def __init__(self, width: int = 16) -> None:
        raise NotImplementedError("создайте self.inputs, self.states и self.head")

    def forward(self, x: Tensor) -> Tensor:
        """x (n, 1, h, w) -> логиты (n, 1, h, w)."""
        raise NotImplementedError("цикл по строкам, который передаёт дальше h и c (n, width, w)")
