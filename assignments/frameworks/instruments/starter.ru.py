"""Свои функции, таблица слоёв, журнал: допишите то, что ниже.

Проверьте файл дома: `grader check frameworks/instruments solution.py`.
"""

import torch
from torch import Tensor, nn


class Bilinear(torch.autograd.Function):
    """y_i = scale * x_i^T W z_i для каждой строки: x (n, m), W (m, k), z (n, k), число scale -> y (n,)."""

    @staticmethod
    def forward(ctx, x, W, z, scale):
        raise NotImplementedError("ctx.save_for_backward(x, W, z), ctx.scale = scale, затем формула")

    @staticmethod
    def backward(ctx, grad):
        """grad (n,) -> градиенты по x, W, z (None для тех, что не нужны) и None для scale."""
        raise NotImplementedError("запишите сумму поэлементно и продифференцируйте по каждому аргументу")


def bilinear(x: Tensor, W: Tensor, z: Tensor, scale: float = 1.0) -> Tensor:
    """Проверка аргументов, затем Bilinear.apply."""
    raise NotImplementedError("проверьте формы и то, что все числа конечны, затем Bilinear.apply")


def summary(model: nn.Module, example: Tensor) -> list[tuple[str, tuple[int, ...], int]]:
    """(имя, форма выхода, число параметров) для каждого запуска модуля без вложенных, в порядке запусков."""
    raise NotImplementedError("поставьте forward hook на каждый модуль без вложенных и запустите модель один раз")


def total(rows: list[tuple[str, tuple[int, ...], int]]) -> int:
    """Число параметров во всей таблице."""
    raise NotImplementedError("сложите третьи элементы")


def crc32c(data: bytes) -> int:
    """Контрольная сумма CRC-32C."""
    raise NotImplementedError("сначала бит за битом, как в условии; потом с таблицей")


def record(data: bytes) -> bytes:
    """Длина, её сумма с маской, данные, их сумма с маской."""
    raise NotImplementedError("struct.pack('<Q', ...) превращает число в 8 байтов")


def event(wall_time: float, step: int, tag: str, value: float) -> bytes:
    """Сообщение Event с одной точкой."""
    raise NotImplementedError("сначала напишите функцию для varint, затем соберите сообщение изнутри наружу")


def event_file(entries: list[tuple[float, int, str, float]]) -> bytes:
    """Весь файл: запись с версией, затем по записи на каждую точку (wall_time, step, tag, value)."""
    raise NotImplementedError("соедините записи; версия — первая")
