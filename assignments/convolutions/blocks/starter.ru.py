"""Inception, ResNet, U-Net: допишите то, что ниже.

Проверить файл дома: `grader check convolutions/blocks solution.py`.
"""

from torch import Tensor, nn


class Inception(nn.Module):
    """Четыре ветви, объединённые по каналам: 1 x 1, 3 x 3, 5 x 5, пулинг."""

    def __init__(self, c: int, c1: int, r3: int, c3: int, r5: int, c5: int, cp: int) -> None:
        raise NotImplementedError("начните с super().__init__() и self.one = nn.Conv2d(c, c1, 1)")

    def forward(self, x: Tensor) -> Tensor:
        """(n, c, h, w) -> (n, c1 + c3 + c5 + cp, h, w)."""
        raise NotImplementedError("ReLU после каждой свёртки, затем torch.cat по каналам")


class ResidualBlock(nn.Module):
    """ReLU(F(x) + S(x)); атрибуты conv1, bn1, conv2, bn2, shortcut."""

    def __init__(self, c_in: int, c_out: int, stride: int = 1) -> None:
        raise NotImplementedError("там, где форма не меняется, shortcut — это nn.Identity()")

    def forward(self, x: Tensor) -> Tensor:
        """(n, c_in, h, w) -> (n, c_out, ...), стороны делятся на шаг."""
        raise NotImplementedError("последняя ReLU стоит после сложения")


class UNet(nn.Module):
    """Оценки пикселей; атрибуты down, bottom, up, merge, head."""

    def __init__(self, c_in: int, c_out: int, width: int = 8, depth: int = 2) -> None:
        raise NotImplementedError("пригодится функция, которая создаёт пару свёрток")

    def forward(self, x: Tensor) -> Tensor:
        """(n, c_in, h, w) -> (n, c_out, h, w)."""
        raise NotImplementedError("результат каждого down[i] понадобится на пути вверх")


def predict_mask(model: nn.Module, X: Tensor) -> Tensor:
    """Какие оценки модели больше 0 в режиме применения."""
    raise NotImplementedError("запомните режимы, model.eval(), torch.no_grad(), и верните режимы обратно")
