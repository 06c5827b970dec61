"""Вокруг k-средних. Проверка: `grader check clustering/centers solution.py`."""

import numpy as np


def random_start(X: np.ndarray, k: int, rng: np.random.Generator) -> np.ndarray:
    """k разных объектов, все наборы из k равновероятны: (k, m)."""
    raise NotImplementedError("начните отсюда: номера без возвращения")


def kmeans_pp(X: np.ndarray, k: int, rng: np.random.Generator) -> np.ndarray:
    """k объектов; вероятность следующего пропорциональна квадрату расстояния до ближайшего из выбранных."""
    raise NotImplementedError("храните квадрат расстояния от каждого объекта до ближайшего выбранного и обновляйте его")


def kmedians(X: np.ndarray, start: np.ndarray, max_iter: int = 300) -> tuple[np.ndarray, np.ndarray]:
    """Центры (k, m) и метки (n,) для манхэттенского расстояния."""
    raise NotImplementedError("алгоритм Ллойда с другим расстоянием и другим центром")


def log_densities(X: np.ndarray, means: np.ndarray, covariances: np.ndarray) -> np.ndarray:
    """ln N(x_i | mu_j, S_j), форма (n, k)."""
    raise NotImplementedError("решение системы и логарифм определителя; ни самого определителя, ни exp")


def soft_labels(X: np.ndarray, weights: np.ndarray, means: np.ndarray, covariances: np.ndarray) -> np.ndarray:
    """Вероятности r_ij, форма (n, k)."""
    raise NotImplementedError("прежде чем брать exp, вычтите наибольший логарифм строки")


def hard_labels(soft: np.ndarray) -> np.ndarray:
    """Самая вероятная компонента каждого объекта, (n,)."""
    raise NotImplementedError("из равновероятных компонент — первая")


def gmm(X: np.ndarray, start: np.ndarray, max_iter: int = 100, tol: float = 1e-6, reg: float = 1e-6) -> tuple:
    """Веса (k,), средние (k, m), ковариации (k, m, m) и история среднего логарифма правдоподобия."""
    raise NotImplementedError("оформите каждый из двух шагов отдельной функцией")


def elbow_curve(X: np.ndarray, ks: list[int], cluster) -> np.ndarray:
    """Для каждого k — сумма квадратов расстояний до ближайшего из центров cluster(X, k)."""
    raise NotImplementedError("один вызов cluster на каждое k")


def knee(ks: list[int], curve: np.ndarray) -> int:
    """То k, чья точка дальше всех от хорды."""
    raise NotImplementedError("прямая через первую и последнюю точки")


def silhouette(X: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(b_i - a_i) / max(a_i, b_i) для каждого объекта, (n,)."""
    raise NotImplementedError("среднее расстояние от объекта до каждого кластера, до своего — без самого объекта")


def mean_silhouette(X: np.ndarray, labels: np.ndarray) -> float:
    """Среднее силуэтов."""
    raise NotImplementedError("среднее от silhouette(X, labels)")
