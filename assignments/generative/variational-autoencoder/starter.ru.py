"""Вариационный автокодировщик: замените всё, что вызывает NotImplementedError.

Проверить файл дома: `grader check generative/variational-autoencoder solution.py`.
"""

import torch
from torch import Tensor, nn


class VAE(nn.Module):
    """Слои encoder, mean, log_variance, decoder, logits; атрибут latent — длина скрытого вектора."""

    def __init__(self, n: int, hidden: int, latent: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("сначала super().__init__(), затем пять слоёв и их значения из rng")

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """x (b, n) -> mean и log_variance, оба (b, latent)."""
        raise NotImplementedError("оба линейны по одному слою с tanh")

    def decode(self, z: Tensor) -> Tensor:
        """z (b, latent) -> логиты (b, n)."""
        raise NotImplementedError("сигмоиды здесь нет")


def reparameterise(mean: Tensor, log_variance: Tensor, noise: Tensor) -> Tensor:
    """Случайный вектор из нормального распределения как функция от mean, log_variance и noise, все (b, latent)."""
    raise NotImplementedError("стандартное отклонение — корень из дисперсии")


def kl(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Дивергенция от стандартного нормального распределения для каждого объекта: (b,)."""
    raise NotImplementedError("формула из условия, сумма по скрытому вектору")


def elbo(model: nn.Module, x: Tensor, noise: Tensor) -> Tensor:
    """Нижняя граница log p(x) для каждого объекта: x (b, n), noise (b, latent) -> (b,)."""
    raise NotImplementedError("model.encode, reparameterise, model.decode, затем оба слагаемых")


def train(model: nn.Module, X: Tensor, *, steps: int, batch: int, rate: float, rng: torch.Generator) -> list[float]:
    """Шаги Adam, увеличивающие среднее elbo; возвращает это среднее для каждого шага."""
    raise NotImplementedError("на каждом шаге номера объектов и шум берутся из rng; Adam идёт вниз")


def generate(model: nn.Module, z: Tensor) -> Tensor:
    """z (b, latent) -> вероятности пикселей (b, n), без градиентов."""
    raise NotImplementedError("кодировщик здесь не нужен")
