"""Методы второго порядка. Проверка: `grader check autodiff/second-order solution.py`."""

import numpy as np


def newton_step(g, H, mu: float = 1.0) -> np.ndarray:
    """Изменение w: -mu H^-1 g."""
    raise NotImplementedError("начните отсюда: решите систему H d = g")


def newton(gradient, hessian, start, mu: float = 1.0, tolerance: float = 1e-8, max_iter: int = 50) -> tuple:
    """(w, iterations, converged) метода Ньютона."""
    raise NotImplementedError("перед каждым шагом проверяйте норму градиента")


def wolfe_step(f, gradient, w, direction, c1: float = 1e-4, c2: float = 0.9) -> float:
    """Шаг, при котором выполнены оба условия Вольфе."""
    raise NotImplementedError("начните с 1; слишком длинный шаг — назад, слишком короткий — дальше")


def bfgs_update(C, s, y) -> np.ndarray:
    """Следующее приближение обратного гессиана: (I - rho s y^T) C (I - rho y s^T) + rho s s^T."""
    raise NotImplementedError("s y^T строит np.outer")


def bfgs(f, gradient, start, tolerance: float = 1e-6, max_iter: int = 200) -> tuple:
    """(w, iterations, converged) метода BFGS."""
    raise NotImplementedError("направление -C g, шаг Вольфе вдоль него, пересчёт C")


def lbfgs_direction(g, S, Y) -> np.ndarray:
    """-C g по парам из строк S и Y, без матрицы C."""
    raise NotImplementedError("два цикла по парам")


def lbfgs(f, gradient, start, memory: int = 10, tolerance: float = 1e-6, max_iter: int = 200) -> tuple:
    """(w, iterations, converged) метода L-BFGS."""
    raise NotImplementedError("как bfgs, но вместо C — последние пары")


def lbfgsb(f, gradient, start, low, high, memory: int = 10, tolerance: float = 1e-6, max_iter: int = 200) -> tuple:
    """(w, iterations, converged) метода L-BFGS при low <= w <= high."""
    raise NotImplementedError("каждая точка проходит через np.clip, прежде чем попасть в f и gradient")


def fisher_matrix(G, blocks=None) -> np.ndarray:
    """Ковариационная матрица строк G, с нулями между разными блоками."""
    raise NotImplementedError("вычтите среднее строк")


def natural_step(G, g, mu: float, damping: float, blocks=None) -> np.ndarray:
    """Изменение w: -mu (F + damping I)^-1 g."""
    raise NotImplementedError("блок за блоком")


def natural_descent(per_object, start, mu: float, damping: float, steps: int, blocks=None) -> np.ndarray:
    """w после шагов естественного градиента против среднего градиента."""
    raise NotImplementedError("per_object(w) — это G на каждом шаге")
