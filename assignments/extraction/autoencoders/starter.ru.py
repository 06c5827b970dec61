"""Автокодировщики: допишите функции. Проверка дома: `grader check extraction/autoencoders solution.py`."""

from collections.abc import Callable

import torch
from torch import Tensor, nn


class Autoencoder(nn.Module):
    """Из объектов (l, n) — коды (l, m) и восстановленные объекты (l, n)."""

    def __init__(
        self, n: int, hidden: int, m: int, activation: str = "tanh", *, rng: torch.Generator | None = None
    ) -> None:
        raise NotImplementedError("начните с super().__init__(), затем self.encoder и self.decoder")

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Пара (code, restored)."""
        raise NotImplementedError("сначала кодировщик")


def restoration(model: nn.Module, x: Tensor) -> Tensor:
    """Средняя норма d(c(x)) - x, скаляр."""
    raise NotImplementedError("одна норма на объект; какой у неё градиент там, где она равна 0?")


def sparse_loss(model: nn.Module, x: Tensor, tau: float) -> Tensor:
    """Среднее от ||d(c(x)) - x|| + tau ||c(x)||_1, скаляр."""
    raise NotImplementedError("одна сумма модулей на код")


def denoising_loss(model: nn.Module, x: Tensor, noise: Tensor) -> Tensor:
    """Средняя норма d(c(x + noise)) - x, скаляр."""
    raise NotImplementedError("что видит сеть и с чем сравнивается результат")


def contractive_loss(model: nn.Module, x: Tensor, lam: float) -> Tensor:
    """Среднее от ||d(c(x)) - x|| + lam ||J||_F^2, где J — якобиан кодировщика; скаляр."""
    raise NotImplementedError("torch.autograd.grad даёт производные одного числа кода")


def train(model: nn.Module, X: Tensor, loss: Callable[[nn.Module, Tensor], Tensor], steps: int, rate: float) -> Tensor:
    """Шаги Adam по loss(model, X); возвращает потери (steps,) перед каждым шагом."""
    raise NotImplementedError("один torch.optim.Adam на все шаги")
