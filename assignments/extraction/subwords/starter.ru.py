"""Проверьте решение: `grader check extraction/subwords solution.py`."""

import numpy as np


def subwords(X: np.ndarray) -> np.ndarray:
    """Столбцы со средним 0 и стандартным отклонением 1; форма (n, d)."""
    raise NotImplementedError("начните со среднего каждого столбца")
