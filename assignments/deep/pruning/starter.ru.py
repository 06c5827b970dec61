"""Прореживание и заморозка: напишите тела функций и методов.

Проверка дома: `grader check deep/pruning solution.py`.
"""

from torch import Tensor, nn


def saliency(a: Tensor, H: Tensor | None = None) -> Tensor:
    """a_i^2 / [H^-1]_ii для весов a (p,) и гессиана H (p, p); без H — |a_i|."""
    raise NotImplementedError("диагональ обратной матрицы")


def prune(a: Tensor, scores: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """a (p,) с нулями на местах count наименьших оценок scores (p,) и логический тензор (p,): какие веса остались."""
    raise NotImplementedError("какая сортировка оставляет равные оценки в порядке номеров")


class ResidualStack(nn.Module):
    """x <- x + block(x) для всех блоков; они лежат в атрибуте blocks, это nn.ModuleList."""

    def __init__(self, blocks: list[nn.Module]) -> None:
        raise NotImplementedError("начните с super().__init__()")

    def forward(self, x: Tensor) -> Tensor:
        """Состояние после последнего блока, той же формы, что x."""
        raise NotImplementedError("один блок за другим")


def block_sizes(stack: nn.Module, X: Tensor) -> Tensor:
    """Средняя норма (k,) того, что прибавляет каждый блок для объектов X (n, ...), в режиме предсказания."""
    raise NotImplementedError("сначала запомните режимы всех модулей")


def prune_blocks(stack: nn.Module, X: Tensor, keep: int) -> ResidualStack:
    """Копия стопки из keep блоков с наибольшими размерами, в прежнем порядке."""
    raise NotImplementedError("отсортируйте размеры, как в prune")


def freeze(model: nn.Module, prefix: str) -> int:
    """Параметрам с этим префиксом не нужны градиенты; возвращает, сколько в них чисел."""
    raise NotImplementedError("пройдите по model.named_parameters()")


def unfreeze(model: nn.Module, prefix: str) -> int:
    """Параметрам с этим префиксом снова нужны градиенты; возвращает, сколько в них чисел."""
    raise NotImplementedError("те же параметры, что и в freeze")


def transfer(
    base: nn.Module, head: nn.Module, X: Tensor, y: Tensor, *, head_steps: int, all_steps: int, rate: float
) -> Tensor:
    """Обучает head(base(X)) предсказывать классы y: сначала голову, потом всё; возвращает потери перед шагами."""
    raise NotImplementedError("в каком режиме основа в первой фазе и какие градиенты лежат в ней заранее")
