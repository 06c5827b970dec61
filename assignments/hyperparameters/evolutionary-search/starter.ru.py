"""Эволюционный поиск. Проверьте решение: `grader check hyperparameters/evolutionary-search solution.py`."""

import numpy as np


def rand_real(m: int, rng) -> np.ndarray:
    """Случайный вектор из N(0, 1)^m."""
    raise NotImplementedError("начните отсюда: один вызов rng")


def mutate_real(x: np.ndarray, eps: float, rng, share: float = 1.0) -> np.ndarray:
    """x с шумом (стандартное отклонение eps) на случайном подмножестве координат."""
    raise NotImplementedError("монета для каждой координаты, затем шум")


def cross_real(x1: np.ndarray, x2: np.ndarray) -> np.ndarray:
    """Середина между двумя родителями."""
    raise NotImplementedError("(x1 + x2) / 2")


def rand_mixed(space: dict, rng) -> dict:
    """Случайная настройка из пространства чисел и категорий."""
    raise NotImplementedError("возьмите каждый параметр по его виду")


def mutate_mixed(setting: dict, space: dict, rng, eps: float = 0.1, shift: int = 2) -> dict:
    """Настройка, в которой изменён один параметр."""
    raise NotImplementedError("выберите параметр и измените его по его виду")


def cross_mixed(first: dict, second: dict, space: dict, rng) -> dict:
    """Потомок двух настроек."""
    raise NotImplementedError("для категорий монета, для чисел среднее")


def to_onehot(category, categories: list) -> np.ndarray:
    """1 на месте категории, 0 на остальных."""
    raise NotImplementedError("строка единичной матрицы")


def from_onehot(x: np.ndarray, categories: list):
    """Категория, которой соответствует наибольшая компонента."""
    raise NotImplementedError("argmax")


def setting_from_vector(x: np.ndarray, space: dict) -> dict:
    """Настройка из смешанного пространства, которую задаёт вектор чисел."""
    raise NotImplementedError("сколько компонент нужно каждому параметру и как их прочитать?")


def hill_climbing(loss, start, mutate, budget: int) -> tuple:
    """Последний объект, который был не хуже, его ошибка и история."""
    raise NotImplementedError("мутируйте текущий объект; оставляйте то, что не хуже")


def acceptance(d: float, t: float) -> float:
    """Вероятность шага, который увеличивает ошибку на d, при температуре t."""
    raise NotImplementedError("не забудьте про t = 0")


def simulated_annealing(loss, start, mutate, temperatures, rng) -> tuple:
    """Лучший из встреченных объектов, его ошибка и история."""
    raise NotImplementedError("как подъём в гору, но текущий объект не всегда лучший")


def genetic(loss, rand, mutate, cross, size: int, generations: int, rng, elite: int = 1) -> tuple:
    """Лучший объект, его ошибка и лучшая ошибка каждого поколения."""
    raise NotImplementedError("популяция; турниры; потомки; элита")
