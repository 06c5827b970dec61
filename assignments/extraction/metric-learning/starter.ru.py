"""Метрики, один пример, перенос, контраст: напишите тела функций и методов.

Проверка дома: `grader check extraction/metric-learning solution.py`.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


def triplet_loss(a: Tensor, p: Tensor, n: Tensor, margin: float) -> Tensor:
    """Среднее max(|a - p| - |a - n| + margin, 0) по тройкам эмбеддингов (k, d)."""
    raise NotImplementedError("у какой нормы градиент в нуле равен 0")


def triplets(labels: Tensor, count: int, rng: torch.Generator) -> Tensor:
    """Случайные номера (count, 3) якорей, положительных и отрицательных объектов для меток (n,)."""
    raise NotImplementedError("какие объекты могут быть якорями")


def train_siamese(
    net: nn.Module, X: Tensor, triples: Tensor, loss: Callable[[Tensor, Tensor, Tensor], Tensor], rate: float
) -> Tensor:
    """Шаг Adam на каждый пакет троек (steps, k, 3); потери (steps,) до каждого шага."""
    raise NotImplementedError("какой режим нужен сети")


class OneShot:
    """Классификатор по центроидам эмбеддингов и косинусному сходству; классы добавляются по нескольким объектам."""

    def __init__(self, net: nn.Module) -> None:
        self.centroids: dict[str, Tensor] = {}
        raise NotImplementedError("что хранить от сети")

    def add(self, name: str, objects: Tensor) -> None:
        """Добавляет класс по его объектам (k, ...)."""
        raise NotImplementedError("сначала запомните режимы всех модулей")

    def classify(self, X: Tensor) -> list[str]:
        """Имя самого похожего класса для каждого объекта из X (n, ...)."""
        raise NotImplementedError("чему равен косинус с нулевым вектором")


def features(network: nn.Module, X: Tensor, layer: str) -> Tensor:
    """Выход слоя с этим именем на объектах X (n, ...): копия (n, d)."""
    raise NotImplementedError("выход слоя видит хук")


def crops(images: Tensor, size: int, rng: torch.Generator) -> Tensor:
    """Случайный квадрат (n, c, size, size) из каждого изображения (n, c, h, w)."""
    raise NotImplementedError("сколько мест возможно")


def nt_xent(z1: Tensor, z2: Tensor, tau: float) -> Tensor:
    """Потери сравнительного обучения для двух версий (n, d) каждого из n объектов при температуре tau."""
    raise NotImplementedError("начните с косинусов (2n, 2n)")


def nt_xent_grad(z1: Tensor, z2: Tensor, tau: float) -> tuple[Tensor, Tensor]:
    """Градиенты nt_xent по z1 и по z2, по формуле."""
    raise NotImplementedError("сначала по косинусам, потом по векторам")


def train_contrastive(
    net: nn.Module,
    images: Tensor,
    size: int,
    loss: Callable[[Tensor, Tensor], Tensor],
    steps: int,
    rate: float,
    rng: torch.Generator,
) -> Tensor:
    """Шаги Adam, на каждом — два новых кропа каждого изображения; потери (steps,) до каждого шага."""
    raise NotImplementedError("как в train_siamese")
