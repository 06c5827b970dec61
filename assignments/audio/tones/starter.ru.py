"""Ноты, наложение частот, признаки во времени. Проверка: `grader check audio/tones solution.py`."""

import numpy as np


def same_note(f1: float, f2: float, tolerance: float = 0.01) -> bool:
    """Целое ли число октав между частотами, с точностью до допуска."""
    raise NotImplementedError("начните отсюда: log2(f1 / f2) и ближайшее целое число")


def nyquist(rate: float) -> float:
    """Наибольшая частота в герцах, которую передают `rate` отсчётов в секунду."""
    raise NotImplementedError("половина частоты дискретизации")


def alias(f: float, rate: float) -> float:
    """Частота от 0 до rate / 2, на которой слышен записанный тон `f` герц."""
    raise NotImplementedError("расстояние до ближайшего кратного частоты дискретизации")


def mono(x: np.ndarray) -> np.ndarray:
    """Среднее по каналам: x (n, число каналов) -> (n,)."""
    raise NotImplementedError("среднее вдоль одной из осей")


def envelope(x: np.ndarray, frame: int, hop: int) -> np.ndarray:
    """Наибольшее по модулю значение каждого кадра: x (n,) -> (число кадров,)."""
    raise NotImplementedError("функция, которая режет сигнал на кадры, пригодится всем трём")


def rms(x: np.ndarray, frame: int, hop: int) -> np.ndarray:
    """Среднеквадратичное значение каждого кадра: x (n,) -> (число кадров,)."""
    raise NotImplementedError("квадраты, среднее, корень")


def zero_crossing_rate(x: np.ndarray, frame: int, hop: int) -> np.ndarray:
    """Сколько раз в кадре соседи различаются знаком, делённое на `frame`: x (n,) -> (число кадров,)."""
    raise NotImplementedError("какие отсчёты меньше нуля и какие соседи в этом различаются")


def summary(features: np.ndarray) -> np.ndarray:
    """Средние, затем стандартные отклонения столбцов: features (число кадров, k) -> (2 k,)."""
    raise NotImplementedError("две статистики каждого столбца")
