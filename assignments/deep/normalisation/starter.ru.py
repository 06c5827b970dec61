"""Дропаут, пакетная нормализация, инициализация: напишите тела функций и методов.

Проверка дома: `grader check deep/normalisation solution.py`.
"""

import numpy as np


def draw_mask(shape: tuple[int, ...], p: float, rng: np.random.Generator) -> np.ndarray:
    """Логический массив этой формы; каждый элемент сам по себе равен False с вероятностью p."""
    raise NotImplementedError("сравните равномерные числа из rng с p")


def dropout(x: np.ndarray, mask: np.ndarray, p: float) -> np.ndarray:
    """x / (1 - p) там, где в маске True, и 0 в остальных местах."""
    raise NotImplementedError("сначала проверьте p и форму маски")


def dropout_grad(dY: np.ndarray, mask: np.ndarray, p: float) -> np.ndarray:
    """Градиент по x, если dY — градиент по dropout(x, mask, p)."""
    raise NotImplementedError("чему равна производная выхода по его входу")


class Dropout:
    """Слой: при обучении — новая маска в каждом прямом проходе, при предсказании масок нет."""

    def __init__(self, p: float) -> None:
        raise NotImplementedError("запомните p")

    def forward(self, x: np.ndarray, rng: np.random.Generator | None, train: bool = True) -> np.ndarray:
        """x любой формы -> та же форма; запоминает то, что понадобится в backward."""
        raise NotImplementedError("что нужно backward после обучения, а что — после предсказания")

    def backward(self, dY: np.ndarray) -> np.ndarray:
        """Градиент по x последнего вызова forward."""
        raise NotImplementedError("возьмите маску последнего forward")


class BatchNorm:
    """y = gamma (x - среднее) / sqrt(дисперсия + eps) + beta для каждого из d признаков.

    Атрибуты, все формы (d,): gamma, beta, running_mean, running_var, gamma_gradient, beta_gradient.
    """

    def __init__(self, d: int, eps: float = 1e-5, momentum: float = 0.1) -> None:
        raise NotImplementedError("создайте атрибуты")

    def forward(self, X: np.ndarray, train: bool = True) -> np.ndarray:
        """(n, d) -> (n, d); при train — по статистикам пакета, которые ещё и обновляют накопленные."""
        raise NotImplementedError("начните со среднего и дисперсии каждого столбца")

    def backward(self, dY: np.ndarray) -> np.ndarray:
        """(n, d) -> (n, d): градиент по последнему X; записывает gamma_gradient и beta_gradient."""
        raise NotImplementedError("сначала выведите формулу на бумаге для одного столбца")


def variance(scheme: str, n_in: int, n_out: int) -> float:
    """Дисперсия веса; scheme — lecun, xavier, he_in или he_out."""
    raise NotImplementedError("загляните в таблицу условия")


def init(scheme: str, n_in: int, n_out: int, rng: np.random.Generator, kind: str = "normal") -> np.ndarray:
    """Случайные веса (n_in, n_out) со средним 0 и этой дисперсией; kind — normal или uniform."""
    raise NotImplementedError("у какого отклонения и у какого отрезка такая дисперсия")


def signal(weights: list[np.ndarray], X: np.ndarray, activation: str) -> np.ndarray:
    """Дисперсии (L + 1,) матрицы X и выходов каждого из L слоёв; activation — linear, tanh или relu."""
    raise NotImplementedError("прогоните данные вперёд и запомните по числу на слой")


def gradient_signal(weights: list[np.ndarray], X: np.ndarray, activation: str, dY: np.ndarray) -> np.ndarray:
    """Дисперсии (L + 1,) градиентов по X и по выходам каждого слоя; последняя — дисперсия dY."""
    raise NotImplementedError("пройдите вперёд, запомните суммы и возвращайтесь от dY")
