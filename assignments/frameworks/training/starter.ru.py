"""Модули, данные, цикл обучения: замените всё, что вызывает NotImplementedError.

Проверить файл дома: `grader check frameworks/training solution.py`.
"""

from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn
from torch.utils.data import Dataset


class Radial(nn.Module):
    """exp(-e^log_gamma[j] |x - centers[j]|^2) для каждого центра j.

    Параметры centers (n_out, n_in), стандартные нормальные числа из rng, и log_gamma (n_out,), нули; буфер seen, int64:
    число объектов, пришедших в режиме обучения.
    """

    def __init__(self, n_in: int, n_out: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("начните с super().__init__(); остальное — nn.Parameter и register_buffer")

    def forward(self, x: Tensor) -> Tensor:
        """x (n, n_in) -> (n, n_out)."""
        raise NotImplementedError("режим — в self.training; x[:, None, :] - self.centers имеет форму (n, n_out, n_in)")


def image_net(classes: int = 10) -> nn.Sequential:
    """Восемь слоёв от картинок (n, 3, 32, 32) до логитов (n, classes)."""
    raise NotImplementedError("какого размера карты после каждого пулинга?")


class Parts(Dataset):
    """Объекты всех частей подряд; read(k) -> (X_k, y_k), в памяти не больше одной части."""

    def __init__(self, read: Callable[[int], tuple[Tensor, Tensor]], sizes: list[int]) -> None:
        raise NotImplementedError("здесь ничего не читается")

    def __len__(self) -> int:
        raise NotImplementedError("число объектов во всех частях")

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        """Копия одного объекта: (x, y). За пределами набора — IndexError."""
        raise NotImplementedError("в какой части лежит объект и в памяти ли она?")


def part_batches(
    read: Callable[[int], tuple[Tensor, Tensor]], sizes: list[int], batch: int, rng: torch.Generator
) -> Iterator[tuple[Tensor, Tensor]]:
    """Пакеты (X, y), до batch объектов одной части: случайный порядок частей и объектов в каждой из них."""
    raise NotImplementedError("цикл по torch.randperm(len(sizes), generator=rng) и yield")


def evaluate(model: nn.Module, X: Tensor, y: Tensor, batch: int = 256) -> tuple[float, float]:
    """(средняя кросс-энтропия, доля верных ответов) в режиме eval; модель остаётся какой была."""
    raise NotImplementedError("сначала запомните режим каждого модуля из model.modules()")


def fit(
    model: nn.Module,
    X: Tensor,
    y: Tensor,
    *,
    epochs: int,
    batch: int,
    rate: float,
    rng: torch.Generator,
    X_val: Tensor,
    y_val: Tensor,
) -> dict[str, list[float]]:
    """Обучение методом Adam; списки train_loss, val_loss, val_accuracy с числом для каждой эпохи."""
    raise NotImplementedError("в каждой эпохе: model.train(), шаг на каждый пакет, evaluate")
