"""Пороговые элементы. Проверка: `grader check deep/boolean-nets solution.py`."""

import numpy as np


def unit(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """[X w + b > 0] для каждой строки X (n, m): целые 0 и 1, (n,)."""
    raise NotImplementedError("начните отсюда: одно произведение матрицы на вектор")


def gate(name: str) -> tuple[np.ndarray, float]:
    """w и b для `and`, `or` и `not`."""
    raise NotImplementedError("какие суммы должны быть больше 0?")


def run(layers: list[tuple[np.ndarray, np.ndarray]], X: np.ndarray) -> np.ndarray:
    """Целые 0 и 1, (n, k): каждый слой (W, b) — это [H W + b > 0] от предыдущего слоя."""
    raise NotImplementedError("цикл по слоям")


def xor() -> list[tuple[np.ndarray, np.ndarray]]:
    """Слои, которые из двух аргументов получают их XOR."""
    raise NotImplementedError("составьте его из уже готовых элементов")


def from_dnf(terms: list[dict[int, bool]], m: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Два слоя для OR термов, каждый из которых — AND литералов {индекс: bool}."""
    raise NotImplementedError("сначала один терм: его веса, затем сдвиг")


def from_cnf(clauses: list[dict[int, bool]], m: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Два слоя для AND дизъюнктов, каждый из которых — OR литералов {индекс: bool}."""
    raise NotImplementedError("на каких входах дизъюнкт ложен?")


def from_table(table: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Два слоя для функции с этими 2^m значениями."""
    raise NotImplementedError("по терму на каждую единицу таблицы")
