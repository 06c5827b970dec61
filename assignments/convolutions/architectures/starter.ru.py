"""LeNet, AlexNet, VGG: допишите то, что ниже.

Проверить файл дома: `grader check convolutions/architectures solution.py`.
"""

from torch import Tensor, nn


class LeNet5(nn.Module):
    """Оценки (n, 10) для чёрно-белых картинок (n, 1, 32, 32); слои c1, c3, c5, f6, output."""

    def __init__(self) -> None:
        raise NotImplementedError("начните с super().__init__() и self.c1 = nn.Conv2d(...)")

    def forward(self, x: Tensor) -> Tensor:
        """Свёртка, tanh, среднее по 2 x 2 — дважды; затем линейные слои."""
        raise NotImplementedError("проверьте форму x и пройдите по таблице из условия")


def trace(config: list, shape: tuple) -> list:
    """(название, форма после слоя, число его параметров) для каждого слоя."""
    raise NotImplementedError("ведите форму от слоя к слою")


def count(config: list, shape: tuple) -> int:
    """Число параметров; сама сеть при этом не строится."""
    raise NotImplementedError("число параметров каждого слоя есть в trace")


def build(config: list, shape: tuple) -> nn.Sequential:
    """Сама сеть: по модулю на каждый слой."""
    raise NotImplementedError("форма перед слоем подсказывает, сколько у него входных каналов")


def alexnet() -> list:
    """AlexNet с одной ветвью."""
    raise NotImplementedError("список кортежей; после каждого слоя с параметрами, кроме последнего, стоит ReLU")


def vgg(depth: int) -> list:
    """VGG-16 или VGG-19."""
    raise NotImplementedError("сколько свёрток в каждом из пяти блоков?")
