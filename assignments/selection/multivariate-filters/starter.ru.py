"""CFS и марковское одеяло. Проверьте решение: `grader check selection/multivariate-filters solution.py`."""

import numpy as np


def merit(r_fc: np.ndarray, r_ff: np.ndarray) -> float:
    """Качество k признаков: корреляции r_fc (k,) с целевым и r_ff (k, k) между собой, по модулю."""
    raise NotImplementedError("начните здесь: сумма, сумма без диагонали, корень")


def cfs(X: np.ndarray, y: np.ndarray, patience: int = 5) -> list[int]:
    """Лучший набор, найденный поиском по первому наилучшему: X (n, d), y (n,) -> номера по возрастанию."""
    raise NotImplementedError("сначала корреляции, затем открытые наборы, встреченные наборы, лучший набор")


def blanket(X: np.ndarray, f: int, active: list[int], size: int) -> list[int]:
    """size активных признаков, ближайших к f по модулю корреляции: X (n, d), целые числа."""
    raise NotImplementedError("округлите корреляции перед сортировкой")


def expected_kl(X: np.ndarray, y: np.ndarray, f: int, blanket: list[int]) -> float:
    """Что f сообщает о классах y (n,), когда одеяло известно, в натах: X (n, d), целые числа."""
    raise NotImplementedError("посчитайте объекты с равными m, равными (m, x), равными (m, c), равными (m, x, c)")


def markov_filter(X: np.ndarray, y: np.ndarray, keep: int, size: int) -> list[int]:
    """Удалённые признаки в порядке удаления, пока не останется keep: X (n, d), y (n,), целые числа."""
    raise NotImplementedError("после каждого удаления — новые одеяла")
