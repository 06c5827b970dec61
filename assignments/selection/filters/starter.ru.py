"""Одномерные фильтры и правила отсечения. Проверьте решение: `grader check selection/filters solution.py`."""

import numpy as np


def euclid(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Расстояния от стандартизованных столбцов до стандартизованного целевого признака: X (n, d), y (n,) -> (d,)."""
    raise NotImplementedError("начните здесь: функция, которая стандартизует, пригодится и для pearson")


def pearson(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Корреляция Пирсона каждого столбца с целевым признаком: X (n, d), y (n,) -> (d,)."""
    raise NotImplementedError("среднее произведение двух стандартизованных векторов")


def spearman(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Корреляция Спирмена каждого столбца с целевым признаком: X (n, d), y (n,) -> (d,)."""
    raise NotImplementedError("ранги, у равных значений — средний; затем Пирсон")


def pairwise(x: np.ndarray, c: np.ndarray) -> tuple[float, float]:
    """Средние расстояния по парам внутри классов и между ними: x (n,), c (n,) -> (inner, outer)."""
    raise NotImplementedError("сначала двумя циклами, затем сортировкой за O(n log n)")


def conditional_variance(x: np.ndarray, c: np.ndarray) -> float:
    """Средняя дисперсия признака x (n,) внутри классов c (n,); вес класса — его размер."""
    raise NotImplementedError("дисперсия каждого класса и его доля")


def info_gain(a: np.ndarray, c: np.ndarray) -> float:
    """H(c) - H(c | a) в битах для признака a (n,) и классов c (n,)."""
    raise NotImplementedError("таблица частот пригодится и двум следующим функциям")


def gini_gain(a: np.ndarray, c: np.ndarray) -> float:
    """На сколько падает индекс Джини классов c (n,), когда известен признак a (n,)."""
    raise NotImplementedError("как прирост информации, но с другой мерой неоднородности")


def chi2(a: np.ndarray, c: np.ndarray) -> float:
    """Статистика хи-квадрат признака a (n,) и классов c (n,)."""
    raise NotImplementedError("наблюдаемые и ожидаемые частоты")


def top(scores: np.ndarray, k: int) -> np.ndarray:
    """Номера k наибольших оценок scores (d,), от наибольшей."""
    raise NotImplementedError("функция, которая строит порядок с учётом равных, пригодится всем правилам")


def above(scores: np.ndarray, t: float) -> np.ndarray:
    """Номера оценок scores (d,), не меньших t, от наибольшей."""
    raise NotImplementedError("начало того же порядка")


def integral(scores: np.ndarray, share: float) -> np.ndarray:
    """Наименьшее число номеров, от наибольшей оценки, с такой долей суммы всех scores (d,)."""
    raise NotImplementedError("накопленные суммы")


def broken_stick(scores: np.ndarray) -> np.ndarray:
    """Номера оценок scores (d,), доли которых больше кусков сломанной трости."""
    raise NotImplementedError("куски b_1 > b_2 > ..., затем первая доля, которая не больше куска")


def elbow(scores: np.ndarray) -> np.ndarray:
    """Номера оценок scores (d,) до точки, самой далёкой от хорды."""
    raise NotImplementedError("точки (i, i-я по убыванию оценка) и хорда от первой до последней")


def select(X: np.ndarray, y: np.ndarray, measure, rule) -> np.ndarray:
    """Номера, которые оставляет rule(scores); scores — это measure(столбец, y) для столбцов X (n, d)."""
    raise NotImplementedError("мера и правило вместе образуют фильтр")
