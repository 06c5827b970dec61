"""Предварительные задачи: допишите функции. Проверка дома: `grader check extraction/pretext-tasks solution.py`."""

import numpy as np


def rotations(images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Изображения (4n, s, s, c), повёрнутые на 0–3 четверти оборота против часовой стрелки, и метки (4n,)."""
    raise NotImplementedError("начните с одного изображения; какие оси — строки и столбцы")


def context_pair(
    image: np.ndarray, size: int, gap: int, position: int, top: int, left: int
) -> tuple[np.ndarray, np.ndarray]:
    """Фрагмент в точке (top, left) и его сосед в этом положении, оба (size, size, c)."""
    raise NotImplementedError("на сколько пикселей сдвинуты соседи")


def context_pairs(
    image: np.ndarray, size: int, gap: int, count: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Случайные центральные фрагменты и соседи, (count, size, size, c), и положения (count,)."""
    raise NotImplementedError("в каких строках и столбцах может лежать центральный фрагмент")


def jigsaw(image: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Изображение (h, w, c), на месте i которого — часть order[i]."""
    raise NotImplementedError("сначала разрежьте изображение на девять частей")


def restore(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Изображение (h, w, c), которое jigsaw перемешала в этом порядке."""
    raise NotImplementedError("на какое место возвращается часть с места i")


def draw_order(rng: np.random.Generator) -> np.ndarray:
    """Порядок (9,), все равновероятны."""
    raise NotImplementedError("это умеет сам генератор")


def hide(
    image: np.ndarray, top: int, left: int, height: int, width: int, fill: float = 0.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Изображение (h, w, c) с закрытой частью, сама часть (height, width, c), маска (h, w)."""
    raise NotImplementedError("скопируйте, прежде чем закрывать")


def grey(image: np.ndarray) -> np.ndarray:
    """0.299 красного + 0.587 зелёного + 0.114 синего в трёх каналах, (h, w, 3)."""
    raise NotImplementedError("начните с одного канала")


def colour_pair(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Серое изображение и само изображение, оба (h, w, 3)."""
    raise NotImplementedError("начните с grey")
