"""Иерархии кластеров и свойства из теоремы Клейнберга. Проверка: `grader check clustering/hierarchy solution.py`."""

from collections.abc import Callable, Sequence

import numpy as np

Clustering = Callable[[np.ndarray], np.ndarray]  # расстояния (n, n) -> метки (n,)


def hac(distances: np.ndarray, method: str = "average") -> np.ndarray:
    """Дерево (n - 1, 4): для каждого слияния строка a, b, высота, размер."""
    raise NotImplementedError("храните матрицу расстояний между кластерами и обновляйте её после каждого слияния")


def cut_count(tree: np.ndarray, k: int) -> np.ndarray:
    """Метки (n,) для k кластеров: выполняются первые n - k слияний."""
    raise NotImplementedError("кто входит в кластер n + t? пройдите по строкам дерева без рекурсии")


def cut_height(tree: np.ndarray, height: float) -> np.ndarray:
    """Метки (n,) самых крупных кластеров, внутри которых нет слияний выше height."""
    raise NotImplementedError("сначала найдите самое высокое слияние внутри каждого кластера дерева")


def two_means(X: np.ndarray) -> np.ndarray:
    """k-средних с двумя кластерами: метки (n,), у первого объекта метка 0."""
    raise NotImplementedError("начальные центры — объект, самый далёкий от среднего, и объект, самый далёкий от него")


def divisive(X: np.ndarray, k: int) -> np.ndarray:
    """Метки (n,): самый широкий кластер делится надвое, пока кластеров не станет k."""
    raise NotImplementedError("храните список кластеров как массивы номеров объектов")


def same_partition(first: np.ndarray, second: np.ndarray) -> bool:
    """Одинаково ли группируют объекты два вектора меток, как бы ни назывались группы."""
    raise NotImplementedError("переименуйте кластеры в порядке их первых объектов, потом сравните")


def set_partitions(n: int) -> np.ndarray:
    """Все разбиения n объектов: строки меток в лексикографическом порядке."""
    raise NotImplementedError("добавьте следующий объект в каждый из прежних кластеров или сделайте из него новый")


def is_transformation(distances: np.ndarray, changed: np.ndarray, labels: np.ndarray) -> bool:
    """Верно ли, что внутри кластеров расстояния не выросли, а между кластерами не уменьшились."""
    raise NotImplementedError("labels[:, None] == labels показывает, какие пары лежат в одном кластере")


def scale_invariant(cluster: Clustering, distances: np.ndarray, factors: Sequence[float]) -> bool:
    """Сохраняется ли разбиение, если умножить все расстояния на каждый из множителей factors."""
    raise NotImplementedError("вызовите cluster для самих расстояний и для каждого произведения")


def consistent(cluster: Clustering, distances: np.ndarray, changes: Sequence[np.ndarray]) -> bool:
    """Сохраняется ли разбиение для каждой матрицы из changes, которая является Γ-преобразованием."""
    raise NotImplementedError("какие матрицы из changes — Γ-преобразования, решают метки, полученные по distances")


def rich(cluster: Clustering, candidates: Sequence[np.ndarray]) -> bool:
    """Получается ли каждое разбиение хотя бы по одной матрице из candidates."""
    raise NotImplementedError("сколько всего разбиений и сколько разных вам встретилось?")
