"""Методы-обёртки: подмножества признаков выбирает качество модели.

Проверьте решение дома: `grader check selection/wrappers solution.py`.
"""

from collections.abc import Callable

import numpy as np

Score = Callable[[tuple[int, ...]], float]


def sfs(score: Score, d: int, k: int) -> list[int]:
    """k индексов в порядке добавления, каждый — с наибольшей оценкой на своём шаге."""
    raise NotImplementedError("на каждом шаге спросите о каждом оставшемся признаке")


def sbe(score: Score, d: int, k: int) -> list[int]:
    """d - k индексов в порядке удаления; без каждого из них оценка на его шаге наибольшая."""
    raise NotImplementedError("зеркало sfs: без какого признака оценка наибольшая?")


def permutation_importance(
    predict: Callable[[np.ndarray], np.ndarray],
    loss: Callable[[np.ndarray, np.ndarray], float],
    X: np.ndarray,
    y: np.ndarray,
    rng: np.random.Generator,
    repeats: int = 5,
) -> np.ndarray:
    """Насколько в среднем растёт ошибка, если переставить один столбец X (n, d): (d,)."""
    raise NotImplementedError("исходная ошибка; затем для каждой перестановки — копия X")


def hill_binary(
    score: Score, start: np.ndarray, budget: int, rng: np.random.Generator
) -> tuple[np.ndarray, float, list[float]]:
    """Последняя маска (d,), её оценка и оценка текущей маски после каждого из `budget` вопросов."""
    raise NotImplementedError("поменяйте один бит в копии, спросите, оставьте то, что не хуже")


def genetic_binary(
    score: Score, d: int, size: int, generations: int, rng: np.random.Generator, elite: int = 1
) -> tuple[np.ndarray, float, list[float]]:
    """Лучшая маска (d,), её оценка и лучшая оценка каждого поколения, считая первое."""
    raise NotImplementedError("храните маски вместе с оценками; одна функция для родителя, другая для потомка")
