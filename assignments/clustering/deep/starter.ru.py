"""Нейросетевая кластеризация: допишите то, что ниже.

Проверить файл дома: `grader check clustering/deep solution.py`.
"""

import torch
from torch import Tensor, nn


def embed(network: nn.Module, X: Tensor, batch_size: int = 256) -> Tensor:
    """Выходы замороженной сети для объектов X (n, ...): (n, d), по batch_size объектов за раз."""
    raise NotImplementedError("режим eval, без градиентов, а после вызова всё как было")


def kmeans(z: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """Центры (k, d) и метки (n,) для строк z (n, d); начальные центры — далёкие друг от друга строки."""
    raise NotImplementedError("выберите начальные центры, затем относите строки и сдвигайте центры до неизменных меток")


def two_stage(network: nn.Module, X: Tensor, k: int) -> Tensor:
    """Метки (n,), которые k-средних даёт на эмбеддингах."""
    raise NotImplementedError("соедините оба этапа")


def clustering_accuracy(labels: Tensor, classes: Tensor) -> float:
    """Доля объектов, чей класс совпал с классом их кластера, при наилучшем взаимно однозначном сопоставлении."""
    raise NotImplementedError("посчитайте объекты каждого класса в каждом кластере и переберите все сопоставления")


def soft_assignment(z: Tensor, centers: Tensor, alpha: float = 1.0) -> Tensor:
    """q (n, k): (1 + ||z_i - c_j||^2 / alpha)^(-(alpha + 1) / 2), каждая строка делится на свою сумму."""
    raise NotImplementedError("сначала логарифмы, остальное сделает softmax")


def target_distribution(q: Tensor) -> Tensor:
    """p (n, k): q_ij^2 / sum_i q_ij, каждая строка делится на свою сумму; градиент через p не идёт."""
    raise NotImplementedError("сначала суммы по столбцам, потом по строкам")


def clustering_loss(p: Tensor, q: Tensor) -> Tensor:
    """1/n sum_i sum_j p_ij ln(p_ij / q_ij)."""
    raise NotImplementedError("слагаемое с p_ij = 0 равно 0")


def reconstruction_loss(x: Tensor, restored: Tensor) -> Tensor:
    """1/n sum_i ||x_i - restored_i||^2."""
    raise NotImplementedError("среднее берётся только по объектам")


class DeepClustering(nn.Module):
    """Кодировщик с двумя головами.

    encoder, decoder: nn.Sequential (линейный слой, ReLU, линейный слой); centers (n_clusters, n_latent), вначале нули.
    Начальные веса и сдвиги равномерны от -1 / sqrt(a) до 1 / sqrt(a), где a — число входов слоя, и берутся из rng.
    """

    def __init__(
        self,
        n_features: int,
        n_hidden: int,
        n_latent: int,
        n_clusters: int,
        *,
        rng: torch.Generator | None = None,
    ) -> None:
        raise NotImplementedError("сначала super().__init__(), затем self.encoder, self.decoder, self.centers")

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """По объектам (n, n_features) — коды (n, n_latent), восстановленные объекты, мягкие метки (n, n_clusters)."""
        raise NotImplementedError("обе головы видят одни и те же коды")


def train(
    model: DeepClustering, X: Tensor, steps: int, *, rate: float = 0.01, weight: float = 0.1, refresh: int = 10
) -> Tensor:
    """Шаги Adam для reconstruction_loss + weight * clustering_loss; цель обновляется каждые refresh шагов.

    Возвращает потери перед каждым шагом (steps,).
    """
    raise NotImplementedError("один оптимизатор на все шаги; в каждом шаге вся матрица X")


def start_centers(model: DeepClustering, X: Tensor) -> Tensor:
    """Записывает в модель центры, найденные k-средних на кодах; возвращает найденные при этом метки (n,)."""
    raise NotImplementedError("копируйте в параметр, не заменяйте его")


def assign(model: DeepClustering, X: Tensor) -> Tensor:
    """Самый вероятный кластер каждого объекта: метки (n,)."""
    raise NotImplementedError("наибольший элемент в каждой строке мягких меток")
