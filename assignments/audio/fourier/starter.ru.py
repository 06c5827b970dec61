"""Дискретное преобразование Фурье. Проверка: `grader check audio/fourier solution.py`."""

import numpy as np


def dft(x: np.ndarray) -> np.ndarray:
    """Преобразование по определению: x (n,) -> (n,), комплексный вектор."""
    raise NotImplementedError("начните отсюда: матрица экспонент, умноженная на сигнал")


def fft(x: np.ndarray) -> np.ndarray:
    """То же за O(n log n) операций при любом n."""
    raise NotImplementedError("сначала n = 2^q делением пополам, затем любое n через свёртку длины 2^q")


def ifft(y: np.ndarray) -> np.ndarray:
    """Обратное преобразование за O(n log n) операций."""
    raise NotImplementedError("сопряжение, преобразование, сопряжение, деление")


def frequencies(n: int, rate: float) -> np.ndarray:
    """Частота в герцах каждого из n коэффициентов при `rate` отсчётах в секунду."""
    raise NotImplementedError("k * rate / n при k меньше n/2, дальше (k - n) * rate / n")
