"""Рамки на изображениях: допишите функции. Проверка дома: `grader check convolutions/detection solution.py`."""

from collections.abc import Callable

import numpy as np

Found = tuple[np.ndarray, np.ndarray, np.ndarray]


def box_iou(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """IoU (n, m) рамок A (n, 4) и B (m, 4), строки (x1, y1, x2, y2)."""
    raise NotImplementedError("начните с двух рамок: где начинается и где кончается их общая часть по x")


def mask_iou(a: np.ndarray, b: np.ndarray) -> float:
    """IoU двух булевых масок (h, w)."""
    raise NotImplementedError("посчитайте пиксели в обеих масках и пиксели хотя бы в одной")


def resize(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """Изображение (H, W, c) со сторонами (height, width): новый пиксель — тот старый, в котором лежит его центр."""
    raise NotImplementedError("сначала найдите для каждой новой строки старую")


def nms(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> np.ndarray:
    """Номера рамок (n, 4), оставшихся после подавления немаксимумов; первой идёт лучшая."""
    raise NotImplementedError("начните с порядка оценок")


def detect(
    image: np.ndarray,
    proposals: np.ndarray,
    classify: Callable[[np.ndarray], np.ndarray],
    size: tuple[int, int],
    threshold: float,
    least: float = 0.5,
) -> Found:
    """Рамки (k, 4), метки (k,) и оценки (k,): вырезать, растянуть, классифицировать сразу все, подавить в классах."""
    raise NotImplementedError("начните с вырезок: image[y1:y2, x1:x2] для каждого кандидата")


def yolo_encode(boxes: np.ndarray, labels: np.ndarray, S: int, classes: int, width: float, height: float) -> np.ndarray:
    """Сетка (S, S, 5 + classes) для рамок (n, 4) с метками (n,) на изображении этого размера."""
    raise NotImplementedError("начните с центра рамки: в какой он ячейке")


def yolo_decode(grid: np.ndarray, width: float, height: float, least: float = 0.5) -> Found:
    """Рамки (k, 4), метки (k,) и оценки (k,) ячеек сетки с оценкой не ниже `least`."""
    raise NotImplementedError("начните с оценки каждой ячейки")
