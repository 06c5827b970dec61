"""Проверьте решение: `grader check selection/combinations solution.py`."""

import numpy as np


def hybrid(X: np.ndarray) -> np.ndarray:
    """Столбцы со средним 0 и стандартным отклонением 1; форма (n, d)."""
    raise NotImplementedError("начните со среднего каждого столбца")


def ensembles(X: np.ndarray) -> np.ndarray:
    """Столбцы со средним 0 и стандартным отклонением 1; форма (n, d)."""
    raise NotImplementedError("начните со среднего каждого столбца")
