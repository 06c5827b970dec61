"""Насколько хорош генератор? Напишите тела функций.

Проверка дома: `grader check generative/evaluation solution.py`.
"""

from collections.abc import Callable

import numpy as np


def wasserstein_1d(a: np.ndarray, b: np.ndarray, wa: np.ndarray | None = None, wb: np.ndarray | None = None) -> float:
    """Площадь между функциями распределения a (n,) и b (m,) с весами wa (n,), wb (m,)."""
    raise NotImplementedError("отсортируйте числа обеих выборок; как ведут себя функции между соседними числами")


def transport(p: np.ndarray, q: np.ndarray, cost: np.ndarray) -> tuple[float, np.ndarray]:
    """Наименьшая стоимость перевозки p (n,) в q (m,) и план (n, m), который столько стоит."""
    raise NotImplementedError("запишите суммы строк и суммы столбцов как A_eq для linprog")


def sinkhorn(p: np.ndarray, q: np.ndarray, cost: np.ndarray, eps: float, steps: int) -> tuple[float, np.ndarray]:
    """Стоимость плана Синкхорна после steps шагов, без энтропии, и сам план (n, m)."""
    raise NotImplementedError("f по строкам, затем g по столбцам, всё в логарифмах")


def coverage(samples: np.ndarray, centers: np.ndarray, radius: float, least: float = 0.01) -> dict:
    """Словарь: covered — сколько мод покрыто; shares (k,) — доли от всех объектов; outside — доля вне мод."""
    raise NotImplementedError("сначала ближайший центр для каждого объекта")


def nearest_training(samples: np.ndarray, train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Расстояние (n,) от каждого объекта до ближайшего обучающего и номер этого обучающего (n,)."""
    raise NotImplementedError("вычесть, возвести в квадрат, сложить")


def assess(samples: np.ndarray, train: np.ndarray, log_density: Callable, copy_radius: float, level: float) -> dict:
    """Словарь из номеров объектов: copies, implausible, repeated, good; каждый — в первой подходящей группе."""
    raise NotImplementedError("один вызов log_density, дальше группа за группой")
