"""Главные компоненты и их родственники: напишите тела функций.

Проверка дома: `grader check extraction/principal-components solution.py`. Объекты записаны по строкам. Результаты —
новые вещественные массивы; аргументы не меняются; неверный аргумент — ValueError, в тексте которого он назван.
"""

import numpy as np


def pca(F: np.ndarray, m: int, center: bool = True) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """G (l, m), U (n, m), все n собственных значений по убыванию и среднее (n,); форма F — (l, n)."""
    raise NotImplementedError("начните со среднего и собственных векторов F^T F для центрированной F")


def lost(values: np.ndarray, k: int) -> float:
    """E(k): сумма отброшенных собственных значений, делённая на сумму всех."""
    raise NotImplementedError("частное двух сумм")


def choose(values: np.ndarray, share: float) -> int:
    """Наименьшее k, не меньшее 1, при котором E(k) <= share."""
    raise NotImplementedError("перебирайте k = 1, 2, ...")


def restore(G: np.ndarray, U: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Объекты (l, n) по их компонентам G (l, m)."""
    raise NotImplementedError("произведение и сумма")


def pca_iterative(
    F: np.ndarray, start: np.ndarray, center: bool = True, tol: float = 1e-10, max_iter: int = 1000
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """G (l, m), U (n, m), values (m,), mean (n,): компонента i ищется от столбца i матрицы start (n, m)."""
    raise NotImplementedError("начните с одной компоненты: умножить на F^T F, поделить на длину, повторить")


def em_step(F: np.ndarray, U: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """G (l, m) методом наименьших квадратов при этом U, затем новый U (n, m) при этой G; без центрирования."""
    raise NotImplementedError("выпишите две системы уравнений")


def empca(
    F: np.ndarray, start: np.ndarray, steps: int, center: bool = True
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """G (l, m), ортонормированный базис U (n, m) и среднее (n,) после steps шагов em_step от start (n, m)."""
    raise NotImplementedError("em_step в цикле, затем ортонормированный базис")


def kernel_pca(K: np.ndarray, m: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Z (l, m), единичные собственные векторы A (l, m) центрированной K (l, l) и m собственных значений."""
    raise NotImplementedError("начните с центрирования строк и столбцов")


def kernel_transform(K_new: np.ndarray, K: np.ndarray, A: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Компоненты (q, m) новых объектов; форма K_new — (q, l)."""
    raise NotImplementedError("какие средние относятся к обучающим объектам")


def classical_mds(D: np.ndarray, m: int) -> np.ndarray:
    """Координаты (n, m) по расстояниям D (n, n)."""
    raise NotImplementedError("квадраты, центрирование, -1/2, собственные векторы")


def stress(D: np.ndarray, Y: np.ndarray) -> float:
    """Сумма (D_ij - ||y_i - y_j||)^2 по парам i < j."""
    raise NotImplementedError("каждая пара один раз")


def smacof(D: np.ndarray, start: np.ndarray, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Точки Y (n, m) после steps шагов и стресс (steps + 1,): для start, затем после каждого шага."""
    raise NotImplementedError("начните с матрицы B для одного шага")
