"""SNE и t-SNE: напишите тела функций.

Проверка дома: `grader check extraction/neighbour-embedding solution.py`.
"""

import numpy as np
from torch import Tensor, nn


def kl(p: np.ndarray, q: np.ndarray) -> float:
    """sum p ln(p / q) по всем элементам; при p = 0 слагаемое равно 0, при q = 0 < p ответ — бесконечность."""
    raise NotImplementedError("какие элементы учитываются")


def kl_gaussian(m1: np.ndarray, S1: np.ndarray, m2: np.ndarray, S2: np.ndarray) -> float:
    """KL(N(m1, S1) || N(m2, S2)) для средних (k,) и матриц ковариаций (k, k)."""
    raise NotImplementedError("логарифм определителя без самого определителя")


def conditional(X: np.ndarray, perplexity: float) -> tuple[np.ndarray, np.ndarray]:
    """P (n, n), где в строке i и столбце j стоит p_j|i, и сигмы (n,) для объектов X (n, m)."""
    raise NotImplementedError("сначала квадраты расстояний, потом строка при данной сигме, потом деление пополам")


def sne_q(Y: np.ndarray) -> np.ndarray:
    """q_j|i (n, n) для вложения Y (n, d): суммы строк равны 1, на диагонали нули."""
    raise NotImplementedError("вычтите из показателей наибольший в строке")


def sne_gradient(P: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Градиент (n, d) суммы KL(P_i || Q_i) по Y; P — такая, какую возвращает conditional."""
    raise NotImplementedError("проверьте его конечными разностями")


def joint(P: np.ndarray) -> np.ndarray:
    """p_ij = (p_j|i + p_i|j) / (2 n)."""
    raise NotImplementedError("P и транспонированная P")


def symmetric_q(Y: np.ndarray) -> np.ndarray:
    """q_ij (n, n) симметричного SNE: exp(-квадрат расстояния), делённое на сумму по всем парам разных объектов."""
    raise NotImplementedError("одна сумма на всю таблицу")


def symmetric_gradient(P: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Градиент (n, d) величины KL(P || Q) по Y с Q симметричного SNE; P — такая, какую возвращает joint."""
    raise NotImplementedError("4 и сумма по j")


def tsne_q(Y: np.ndarray) -> np.ndarray:
    """q_ij (n, n) из t-SNE: 1 / (1 + квадрат расстояния), делённое на сумму по всем парам разных объектов."""
    raise NotImplementedError("ядро без диагонали")


def tsne_gradient(P: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Градиент (n, d) величины KL(P || Q) по Y с Q из t-SNE; P — такая, какую возвращает joint."""
    raise NotImplementedError("4 и сумма по j, в которую входит и ядро")


def tsne(
    X: np.ndarray, perplexity: float, start: np.ndarray, steps: int, rate: float, exaggeration: float = 12.0
) -> tuple[np.ndarray, np.ndarray]:
    """Вложение (n, d) после steps шагов из start и KL(P || Q) после каждого шага (steps,)."""
    raise NotImplementedError("сначала V, потом Y; усиление и инерция 0.5 — в первых steps // 4 шагах")


def tsne_loss(P: Tensor, Y: Tensor) -> Tensor:
    """KL(P || Q) с Q из t-SNE: тензор без осей, который PyTorch умеет дифференцировать по Y."""
    raise NotImplementedError("логарифмы Q только вне диагонали")


def parametric_tsne(net: nn.Module, X: Tensor, perplexity: float, steps: int, rate: float) -> nn.Module:
    """Обучает net методом Adam так, чтобы у Y = net(X) была мала tsne_loss; возвращает её."""
    raise NotImplementedError("P один раз, дальше обычный цикл")
