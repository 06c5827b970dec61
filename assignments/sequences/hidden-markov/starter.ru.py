"""Проверьте решение: `grader check sequences/hidden-markov solution.py`."""

import numpy as np


def hidden_markov(X: np.ndarray) -> np.ndarray:
    """Столбцы со средним 0 и стандартным отклонением 1; форма (n, d)."""
    raise NotImplementedError("начните со среднего каждого столбца")
