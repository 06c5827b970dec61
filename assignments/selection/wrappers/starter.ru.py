"""Проверьте решение: `grader check selection/wrappers solution.py`."""

import numpy as np


def sfs(X: np.ndarray) -> np.ndarray:
    """Столбцы со средним 0 и стандартным отклонением 1; форма (n, d)."""
    raise NotImplementedError("начните со среднего каждого столбца")


def sbe(X: np.ndarray) -> np.ndarray:
    """Столбцы со средним 0 и стандартным отклонением 1; форма (n, d)."""
    raise NotImplementedError("начните со среднего каждого столбца")


def permutation(X: np.ndarray) -> np.ndarray:
    """Столбцы со средним 0 и стандартным отклонением 1; форма (n, d)."""
    raise NotImplementedError("начните со среднего каждого столбца")


def hill_binary(X: np.ndarray) -> np.ndarray:
    """Столбцы со средним 0 и стандартным отклонением 1; форма (n, d)."""
    raise NotImplementedError("начните со среднего каждого столбца")


def genetic_binary(X: np.ndarray) -> np.ndarray:
    """Столбцы со средним 0 и стандартным отклонением 1; форма (n, d)."""
    raise NotImplementedError("начните со среднего каждого столбца")
