"""Градиентный спуск и его улучшения. Проверка: `grader check autodiff/first-order solution.py`.

Каждая функция возвращает точки w_0, ..., w_steps по строкам: массив формы (steps + 1, n).
"""

import numpy as np


def gradient_descent(gradient, start: np.ndarray, mu: float, steps: int) -> np.ndarray:
    """w_k = w_{k-1} - mu g_k."""
    raise NotImplementedError("начните отсюда: список с копией start, на каждом шаге к нему добавляется новый массив")


def momentum(gradient, start: np.ndarray, mu: float, steps: int, gamma: float = 0.9) -> np.ndarray:
    """w_{k+1} = w_k - v_k, v_{k+1} = gamma v_k + mu g(w_k)."""
    raise NotImplementedError("какое v использует шаг: старое или новое?")


def nesterov(gradient, start: np.ndarray, mu: float, steps: int, gamma: float = 0.9) -> np.ndarray:
    """Как momentum, но градиент берётся в точке w_k - v_k."""
    raise NotImplementedError("от momentum отличается одной строкой")


def adagrad(gradient, start: np.ndarray, mu: float, steps: int, eps: float = 1e-8) -> np.ndarray:
    """w_k = w_{k-1} - mu / sqrt(G_k + eps) g_k."""
    raise NotImplementedError("сумма квадратов для каждой координаты")


def rmsprop(gradient, start: np.ndarray, mu: float, steps: int, gamma: float = 0.9, eps: float = 1e-8) -> np.ndarray:
    """w_k = w_{k-1} - mu / sqrt(E_k + eps) g_k."""
    raise NotImplementedError("скользящее среднее квадратов для каждой координаты")


def adadelta(gradient, start: np.ndarray, steps: int, gamma: float = 0.9, eps: float = 1e-6) -> np.ndarray:
    """w_k = w_{k-1} - RMS[d]_{k-1} / RMS[g]_k g_k."""
    raise NotImplementedError("два скользящих средних; какое из них отстаёт на шаг?")


def adam(
    gradient,
    start: np.ndarray,
    mu: float,
    steps: int,
    gamma1: float = 0.9,
    gamma2: float = 0.999,
    eps: float = 1e-8,
) -> np.ndarray:
    """w_k = w_{k-1} - mu / sqrt(b_hat_k + eps) m_hat_k."""
    raise NotImplementedError("два скользящих средних и поправка на то, что они начинаются с 0")
