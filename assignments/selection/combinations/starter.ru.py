"""Гибриды и ансамбли методов выбора признаков. Проверка: `grader check selection/combinations solution.py`."""

from collections.abc import Callable

import numpy as np


def hybrid(scores: np.ndarray, keep: int, score: Callable[[tuple[int, ...]], float], k: int) -> list[int]:
    """`keep` признаков с наибольшими оценками, из них k признаков прямого отбора в порядке выбора."""
    raise NotImplementedError("начните отсюда: какие признаки оставляет фильтр?")


def vote_sets(sets: list[list[int]], d: int, votes: int) -> np.ndarray:
    """Признаки, которые есть не меньше чем в `votes` наборах, по возрастанию."""
    raise NotImplementedError("посчитайте для каждого признака наборы, в которых он есть")


def vote_models(models: list[Callable[[np.ndarray], np.ndarray]], sets: list[list[int]], X: np.ndarray) -> np.ndarray:
    """Для каждого объекта — класс, который назвало больше всего моделей, (n,)."""
    raise NotImplementedError("сначала ответ каждой модели по её столбцам, затем голосование")


def merge_rankings(R: np.ndarray) -> np.ndarray:
    """Признаки в порядке их средних мест, (d,)."""
    raise NotImplementedError("сначала средние места, затем порядок с учётом равенства")


def merge_scores(S: np.ndarray, how: str = "mean") -> np.ndarray:
    """Среднее или медиана по строкам, каждая из которых приведена к отрезку от 0 до 1, (d,)."""
    raise NotImplementedError("приведите каждую строку отдельно")
