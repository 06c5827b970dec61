"""Аугментация: допишите функции. Проверка дома: `grader check convolutions/augmentation solution.py`."""

from collections.abc import Iterator

import numpy as np

Pair = tuple[np.ndarray, np.ndarray]


def flip(image: np.ndarray, axis: str) -> np.ndarray:
    """Отражение изображения (h, w, c); axis — "horizontal" (лево и право меняются местами) или "vertical"."""
    raise NotImplementedError("начните с того, вдоль какой оси массива лежат лево и право")


def crop(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    """Часть изображения (height, width, c), левый верхний пиксель которой — в строке `top` и столбце `left`."""
    raise NotImplementedError("начните со строк")


def blur(image: np.ndarray, sigma: float) -> np.ndarray:
    """Размытие по Гауссу с отклонением sigma и радиусом ceil(3 sigma); крайние пиксели повторяются."""
    raise NotImplementedError("начните с весов; их сумма — 1")


def contrast(image: np.ndarray, factor: float) -> np.ndarray:
    """m + factor (x - m), где m — среднее всех значений, с обрезкой до 0 и 1."""
    raise NotImplementedError("начните со среднего")


def saturate(image: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """Каждый канал, умноженный на свой множитель из factors (c,), с обрезкой до 1."""
    raise NotImplementedError("начните с того, где ось каналов")


def gamma(image: np.ndarray, g: float) -> np.ndarray:
    """Каждое значение в степени g."""
    raise NotImplementedError("после проверок — одна строка")


def pair(images: list[np.ndarray], i: int, seed: int, names: list[str]) -> Pair:
    """Изображение i и оно же после преобразований из `names`; силу каждого определяют только seed и i."""
    raise NotImplementedError("начните со своего генератора, созданного по seed и i")


def pairs(images: list[np.ndarray], seed: int, names: list[str]) -> Iterator[Pair]:
    """Пары для всех изображений, по одной."""
    raise NotImplementedError("отдавайте пару каждого номера через yield")
