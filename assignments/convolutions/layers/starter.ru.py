"""Свёртка и пулинг. Проверка: `grader check convolutions/layers solution.py`."""

import numpy as np


def pad(X: np.ndarray, p: int, mode: str = "zero") -> np.ndarray:
    """X (n, c, h, w), с каждой стороны на p пикселей больше: "zero", "edge", "mirror" или "circular"."""
    raise NotImplementedError("из какой строки и какого столбца X берётся каждый пиксель? numpy.pad запрещена")


def conv_size(i: int, k: int, s: int = 1, p: int = 0) -> int:
    """Сторона выхода свёртки: изображение i, ядро k, шаг s, дополнение p."""
    raise NotImplementedError("начните отсюда: во скольких местах может стоять ядро?")


def pool_size(i: int, k: int, s: int) -> int:
    """Сторона выхода пулинга: изображение i, окно k, шаг s."""
    raise NotImplementedError("то же без дополнения")


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """Сколько пикселей видит пиксель последнего выхода; layers — пары (ядро, шаг) от первого слоя."""
    raise NotImplementedError("храните два числа: сколько уже видно и какой длины стал шаг")


def conv(X: np.ndarray, K: np.ndarray, b: np.ndarray | None = None, stride: int = 1, padding: int = 0) -> np.ndarray:
    """X (n, c, h, w), K (D, c, kh, kw), b (D,) или None -> (n, D, rows, columns)."""
    raise NotImplementedError("сначала одно изображение, один канал и шаг 1")


def conv_grad(
    X: np.ndarray, K: np.ndarray, dY: np.ndarray, stride: int = 1, padding: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """dY той же формы, что результат conv -> (dX, dK, db)."""
    raise NotImplementedError("те же циклы, что в conv, с другими произведениями внутри")


def pool(X: np.ndarray, k: int, stride: int | None = None, kind: str = "max") -> np.ndarray:
    """Окна k на k, kind "max", "mean" или "sum" -> (n, c, rows, columns); без stride шаг равен k."""
    raise NotImplementedError("каналы не смешиваются")


def pool_grad(X: np.ndarray, dY: np.ndarray, k: int, stride: int | None = None, kind: str = "max") -> np.ndarray:
    """dY той же формы, что результат pool -> dX формы X; из равных максимумов всё получает первый по строкам."""
    raise NotImplementedError("каким пикселям достаётся каждое число из dY?")


def transposed(Y: np.ndarray, K: np.ndarray, stride: int = 1, padding: int = 0, output_padding: int = 0) -> np.ndarray:
    """Y (n, D, h, w), K (D, c, kh, kw) -> (n, c, H, W): каждое число из Y кладёт своё ядро на холст."""
    raise NotImplementedError("посмотрите, как conv_grad вычисляет dX")


def pointwise(X: np.ndarray, W: np.ndarray, b: np.ndarray | None = None) -> np.ndarray:
    """X (n, c, h, w), W (D, c), b (D,) или None -> (n, D, h, w)."""
    raise NotImplementedError("произведение матриц в каждом пикселе")


def mlpconv(
    X: np.ndarray, K: np.ndarray, b: np.ndarray, W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray
) -> np.ndarray:
    """conv, pointwise, pointwise, и max(0, .) после каждого."""
    raise NotImplementedError("три строки, когда остальное готово")


def global_average(X: np.ndarray) -> np.ndarray:
    """X (n, c, h, w) -> (n, c)."""
    raise NotImplementedError("среднее по всем пикселям")


def s_layer(X: np.ndarray, templates: np.ndarray, threshold: float) -> np.ndarray:
    """X (n, c, h, w), templates (t, c, k, k) -> (n, t, h - k + 1, w - k + 1): косинусы выше порога."""
    raise NotImplementedError("сначала скалярные произведения, затем длины окон")


def c_layer(S: np.ndarray, k: int) -> np.ndarray:
    """S (n, t, h, w) -> (n, t, h // k, w // k): максимум каждого блока."""
    raise NotImplementedError("какая из функций выше это делает?")
