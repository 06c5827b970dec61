"""Диффузионные модели: замените всё, что вызывает NotImplementedError.

Проверить файл дома: `grader check generative/diffusion solution.py`.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


def linear_schedule(T: int, low: float, high: float) -> Tensor:
    """beta (T,) в двойной точности: равные расстояния от low до high."""
    raise NotImplementedError("torch.linspace или формула арифметической прогрессии")


def cosine_schedule(T: int, s: float = 0.008) -> Tensor:
    """beta (T,) в двойной точности: 1 - f(t + 1) / f(t), но не больше 0.999."""
    raise NotImplementedError("сначала f в T + 1 точке")


def alpha_bar(beta: Tensor) -> Tensor:
    """Произведения 1 - beta_i по i = 0, ..., t для каждого t: (T,)."""
    raise NotImplementedError("проверяйте beta здесь: эту функцию вызывают все остальные")


def q_step(x: Tensor, t: int, noise: Tensor, beta: Tensor) -> Tensor:
    """Один шаг зашумления: x, noise (n, ...) -> (n, ...)."""
    raise NotImplementedError("beta[t] — в двойной точности, а x может быть в одинарной")


def q_sample(x0: Tensor, t: Tensor, noise: Tensor, beta: Tensor) -> Tensor:
    """Все шаги от 0 до t сразу: x0, noise (n, ...), t (n,) -> (n, ...)."""
    raise NotImplementedError("у alpha_bar(beta)[t] форма (n,): осей не хватает")


def noise_loss(
    model: Callable, x0: Tensor, t: Tensor, noise: Tensor, beta: Tensor, condition: Tensor | None = None
) -> Tensor:
    """Средний квадрат разности model(x_t, t, condition) - noise: тензор без осей."""
    raise NotImplementedError("x_t даёт q_sample")


def train(
    model: nn.Module,
    X: Tensor,
    y: Tensor | None,
    beta: Tensor,
    *,
    steps: int,
    batch: int,
    rate: float,
    rng: torch.Generator,
) -> list[float]:
    """Шаги Adam по noise_loss; возвращает потери каждого шага."""
    raise NotImplementedError("на каждом шаге номера объектов, t и шум берутся из rng")


def p_step(x: Tensor, t: int, predicted: Tensor, noise: Tensor, beta: Tensor) -> Tensor:
    """Один шаг назад: x, predicted, noise (n, ...) -> (n, ...)."""
    raise NotImplementedError("чем отличается шаг t = 0?")


def sample(model: Callable, beta: Tensor, start: Tensor, noises: Tensor, condition: Tensor | None = None) -> Tensor:
    """Объекты из шума start (n, ...); noises (T, n, ...), шагу t принадлежит noises[t]."""
    raise NotImplementedError("от t = T - 1 вниз до 0, без градиентов")
