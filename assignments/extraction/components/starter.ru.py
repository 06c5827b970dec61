"""Независимые и канонические компоненты. Проверка: `grader check extraction/components solution.py`."""

import numpy as np


def whiten(X: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """X (n, k) -> Z (n, k) со средним 0 и Z^T Z / n = I; симметричная V (k, k); среднее (k,).

    z = V (x - mean) для каждой строки, где V = C^(-1/2), а C — ковариационная матрица (с делением на n).
    """
    raise NotImplementedError("начните отсюда: np.linalg.eigh от ковариационной матрицы")


def fastica_step(Z: np.ndarray, W: np.ndarray, g: str = "tanh") -> np.ndarray:
    """Шаг для всех строк W (k, k), затем симметричная декорреляция; g — "tanh" или "cube"."""
    raise NotImplementedError("сначала M: E[z g(w z)] - E[g'(w z)] w для каждой строки; потом (M M^T)^(-1/2) M")


def fastica(
    X: np.ndarray, start: np.ndarray, g: str = "tanh", steps: int = 200, tol: float = 1e-6
) -> tuple[np.ndarray, np.ndarray, bool]:
    """X (n, k), start (k, k) -> источники S (n, k), unmixing (k, k), сошлось ли; S = (X - mean) unmixing^T."""
    raise NotImplementedError("отбелить, декоррелировать start, затем шаги, пока направления меняются")


def cca(X: np.ndarray, Y: np.ndarray, k: int, ridge: float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """X (n, p), Y (n, q) -> A (p, k), B (q, k), корреляции (k,), начиная с наибольшей."""
    raise NotImplementedError("центрировать, отбелить C_xy с обеих сторон, разложить, вернуться к признакам")
