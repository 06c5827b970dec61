"""SVM-RFE и случайный лес. Проверка: `grader check selection/embedded solution.py`."""

import numpy as np


def linear_svm(X: np.ndarray, y: np.ndarray, C: float = 1.0) -> tuple[np.ndarray, float]:
    """Веса w (d,) и b — минимум |w|^2 / 2 плюс C на сумму квадратов нехватки отступов."""
    raise NotImplementedError("начните отсюда: градиент как функция w и b, дальше любой путь к малому градиенту")


def svm_rfe(X: np.ndarray, y: np.ndarray, k: int, step: int = 1, C: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Номера k оставшихся признаков (k,) по возрастанию и ранги всех (d,)."""
    raise NotImplementedError("обучить на оставшихся столбцах, отбросить наименьшие, помнить исходные номера")


def occurrences(trees: list[dict[str, np.ndarray]], d: int) -> np.ndarray:
    """Сколько раз каждый признак проверяется на каждой глубине: (d, depth + 1)."""
    raise NotImplementedError("пройти каждое дерево со списком вершин и их глубин")


def forest_importance(trees: list[dict[str, np.ndarray]], d: int) -> np.ndarray:
    """Доля каждого признака (d,), вхождение на глубине t весит 2^-t."""
    raise NotImplementedError("occurrences, веса, доли")
