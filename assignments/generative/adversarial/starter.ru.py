"""Генеративно-состязательные сети: напишите тела функций и методов.

Проверка дома: `grader check generative/adversarial solution.py`.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


def objective(real: Tensor, fake: Tensor) -> Tensor:
    """E log D(x) + E log(1 - D(G(z))) по логитам настоящих и поддельных объектов."""
    raise NotImplementedError("какая функция PyTorch сразу даёт логарифм сигмоиды?")


def discriminator_loss(real: Tensor, fake: Tensor) -> Tensor:
    """То, что уменьшает дискриминатор."""
    raise NotImplementedError("целевая функция с одной поправкой")


def generator_loss(fake: Tensor, saturating: bool = False) -> Tensor:
    """-E log D(G(z)), а с saturating — E log(1 - D(G(z)))."""
    raise NotImplementedError("обе убывают, когда D(G(z)) растёт")


def train_gan(
    G: nn.Module, D: nn.Module, X: Tensor, steps: int, *, batch: int, rate: float, latent: int, rng: torch.Generator
) -> Tensor:
    """Обучает обе сети по очереди; история (steps, 2): потери дискриминатора и генератора."""
    raise NotImplementedError("два оптимизатора и две половины в каждом шаге")


def train_cgan(
    G: nn.Module,
    D: nn.Module,
    X: Tensor,
    y: Tensor,
    steps: int,
    *,
    classes: int,
    batch: int,
    rate: float,
    latent: int,
    rng: torch.Generator,
) -> Tensor:
    """То же с метками: нули и единица за шумом и за объектом."""
    raise NotImplementedError("что здесь общего с train_gan?")


def critic_objective(real: Tensor, fake: Tensor) -> Tensor:
    """E f(G(z)) - E f(x) по значениям критика."""
    raise NotImplementedError("два средних")


def critic_loss(critic: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor, eps: Tensor, lam: float) -> Tensor:
    """Целевая функция критика и lam E(|градиент| - 1)^2 в точках eps real + (1 - eps) fake."""
    raise NotImplementedError("torch.autograd.grad, причём результат должен войти в граф")


def fade(old: Tensor, new: Tensor, alpha: float) -> Tensor:
    """Доля 1 - alpha удвоенного old и доля alpha от new."""
    raise NotImplementedError("каждый пиксель old превращается в четыре равных")


class Growing(nn.Module):
    """Изображения (n, 1, 4 2^k, 4 2^k) по шуму (n, latent) после k вызовов grow; слои лежат в start, blocks, heads."""

    def __init__(self, latent: int, channels: int) -> None:
        raise NotImplementedError("начните с super().__init__()")

    def grow(self) -> None:
        """Ещё один блок и ещё одна голова; то, что есть, не меняется."""
        raise NotImplementedError("добавьте по модулю в оба списка")

    def forward(self, z: Tensor, alpha: float = 1.0) -> Tensor:
        """Изображения по шуму; последний слой вводится с долей alpha."""
        raise NotImplementedError("блок за блоком, затем не больше двух голов")
