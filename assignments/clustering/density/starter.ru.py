"""Кластеры любой формы. Проверка: `grader check clustering/density solution.py`."""

import numpy as np


def mean_shift(X: np.ndarray, radius: float, max_iter: int = 300) -> tuple[np.ndarray, np.ndarray]:
    """Центры самых полных окон (k, m) и для каждого объекта номер ближайшего из них (n,)."""
    raise NotImplementedError("начните отсюда: двигайте одно окно, пока в нём не окажутся те же объекты, что и раньше")


def dbscan(X: np.ndarray, eps: float, min_points: int) -> np.ndarray:
    """Метки (n,): кластеры 0, 1, ... и шум -1."""
    raise NotImplementedError("какие объекты основные? затем наращивайте от них кластеры, без рекурсии")


def threshold_graph(distances: np.ndarray, radius: float) -> np.ndarray:
    """Матрица смежности (n, n), bool: ребро там, где расстояние не больше radius, без петель."""
    raise NotImplementedError("сравните и очистите диагональ")


def graph_clusters(distances: np.ndarray, radius: float) -> np.ndarray:
    """Компоненты порогового графа, пронумерованные в порядке своих первых объектов: (n,)."""
    raise NotImplementedError("обойдите граф из каждого объекта, у которого ещё нет метки")


def similarity(X: np.ndarray, sigma: float) -> np.ndarray:
    """W_ij = exp(-||x_i - x_j||^2 / (2 sigma^2)), на диагонали нули: (n, n)."""
    raise NotImplementedError("сначала квадраты расстояний")


def laplacian(W: np.ndarray) -> np.ndarray:
    """Нормированный лапласиан (n, n)."""
    raise NotImplementedError("степени — это суммы строк; среди них бывают нули")


def spectral_embedding(W: np.ndarray, k: int) -> np.ndarray:
    """Строки единичной длины из k собственных векторов с наименьшими собственными значениями: (n, k)."""
    raise NotImplementedError("numpy.linalg.eigh упорядочивает собственные значения по возрастанию")


def spectral_clustering(X: np.ndarray, k: int, sigma: float) -> np.ndarray:
    """k-средних на этом представлении: метки (n,)."""
    raise NotImplementedError("соедините остальные три; k-средних начинайте со строк, далёких друг от друга")
