"""Производные матричных функций и блоки. Проверка: `grader check autodiff/matrix-derivatives solution.py`."""

import numpy as np


def mse(predicted: np.ndarray, target: np.ndarray) -> float:
    """Среднее квадратов разностей по всем n k элементам двух матриц (n, k)."""
    raise NotImplementedError("начните отсюда: сравните формы, прежде чем вычитать")


def mse_gradient(predicted: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Производная mse по каждому предсказанному числу, (n, k)."""
    raise NotImplementedError("производная квадрата, делённая на число элементов")


def contraction(pattern: str, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """c[z] += a[x] * b[y] в циклах по всем буквам образца вроде "ij,jk->ik"."""
    raise NotImplementedError("найдите, до какого числа идёт каждая буква, затем переберите их все в циклах")


def contraction_vjp(pattern: str, a: np.ndarray, b: np.ndarray, dC: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(da, db): производные по обоим операндам, если дана производная по результату."""
    raise NotImplementedError("те же циклы с другими действиями внутри")


def sum_vjp(operands: list[np.ndarray], dY: np.ndarray) -> list[np.ndarray]:
    """Y = X_1 + ... + X_n с растягиванием форм; производные по каждому операнду, его же формы."""
    raise NotImplementedError("вдоль каких осей повторялся каждый операнд?")


def matmul_vjp(X1: np.ndarray, X2: np.ndarray, dY: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Y = X1 X2."""
    raise NotImplementedError("формы оставляют единственную возможность")


def hadamard_vjp(factors: list[np.ndarray], dY: np.ndarray) -> list[np.ndarray]:
    """Y = X_1 * ... * X_n поэлементно."""
    raise NotImplementedError("перемножьте остальные; множитель может быть равен нулю")


def map_vjp(derivative, X: np.ndarray, dY: np.ndarray) -> np.ndarray:
    """Y = f(X) поэлементно; derivative — это f'."""
    raise NotImplementedError("цепное правило для каждого элемента")


def inverse_vjp(X: np.ndarray, dY: np.ndarray) -> np.ndarray:
    """Y = X^-1."""
    raise NotImplementedError("не забудьте минус и транспонирования")


def transpose_vjp(dY: np.ndarray, axes: tuple[int, ...] | None = None) -> np.ndarray:
    """Y = X.transpose(axes)."""
    raise NotImplementedError("какая перестановка осей вернёт всё назад?")


def permute_vjp(permutation: np.ndarray, dY: np.ndarray) -> np.ndarray:
    """Y[i] = X[permutation[i]]."""
    raise NotImplementedError("откуда взялся элемент Y[i]?")


def sort_vjp(X: np.ndarray, dY: np.ndarray) -> np.ndarray:
    """Y — это X, отсортированный вдоль последней оси; сортировка устойчива."""
    raise NotImplementedError("перестановка, которую выбрал сам X")


class Linear:
    """Y = X weight + bias."""

    def __init__(self, weight: np.ndarray, bias: np.ndarray) -> None:
        raise NotImplementedError("сохраните оба аргумента")

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Y (n, k) по X (n, m); запомните то, что понадобится в backward."""
        raise NotImplementedError("вычислите Y")

    def backward(self, dY: np.ndarray) -> np.ndarray:
        """Производная по X; записывает weight_gradient и bias_gradient."""
        raise NotImplementedError("три производные: по X, по weight, по bias")


class Map:
    """Y = function(X) поэлементно."""

    def __init__(self, function, derivative) -> None:
        raise NotImplementedError("сохраните оба аргумента")


class Sequential:
    """Блоки друг за другом; сама композиция — тоже блок."""

    def __init__(self, blocks: list) -> None:
        raise NotImplementedError("сохраните блоки")


class Parallel:
    """Сумма того, что блоки получили из одного и того же X; сама композиция — тоже блок."""

    def __init__(self, blocks: list) -> None:
        raise NotImplementedError("сохраните блоки")
