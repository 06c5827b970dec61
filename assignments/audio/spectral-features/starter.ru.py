"""Спектрограммы, мел-признаки, constant Q. Проверка: `grader check audio/spectral-features solution.py`."""

import numpy as np


def spectrogram(x: np.ndarray, rate: float, window: int, hop: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Частоты (window // 2 + 1,), моменты времени (кадры,) и мощности (window // 2 + 1, кадры) сигнала x (n,)."""
    raise NotImplementedError("начните отсюда: периодическое окно Ханна, затем кадры, затем np.fft.rfft")


def hz_to_mel(f: float | np.ndarray) -> float | np.ndarray:
    """Частоты в герцах, переведённые в мелы; число или массив любой формы."""
    raise NotImplementedError("1125 ln(1 + f / 700)")


def mel_to_hz(m: float | np.ndarray) -> float | np.ndarray:
    """Функция, обратная к `hz_to_mel`."""
    raise NotImplementedError("выразите f из формулы hz_to_mel")


def mel_filters(rate: float, window: int, n_mels: int, low: float = 0.0, high: float | None = None) -> np.ndarray:
    """Треугольные фильтры (n_mels, window // 2 + 1)."""
    raise NotImplementedError("n_mels + 2 угла с равным шагом в мелах, переведённые в герцы")


def mel_spectrogram(x: np.ndarray, rate: float, window: int, hop: int, n_mels: int = 40) -> np.ndarray:
    """Мощность, которую каждый фильтр пропускает в каждом кадре: (n_mels, кадры)."""
    raise NotImplementedError("фильтры, умноженные на мощности")


def cepstrum(mel: np.ndarray, n_mfcc: int = 13, floor: float = 1e-10) -> np.ndarray:
    """Первые коэффициенты косинусного преобразования логарифмов: mel (M, кадры) -> (n_mfcc, кадры)."""
    raise NotImplementedError("ln max(mel, floor), затем DCT-II вдоль каждого столбца")


def mfcc(
    x: np.ndarray, rate: float, window: int, hop: int, n_mels: int = 40, n_mfcc: int = 13, floor: float = 1e-10
) -> np.ndarray:
    """Кепстр мел-спектрограммы: (n_mfcc, кадры)."""
    raise NotImplementedError("mel_spectrogram, затем cepstrum")


def cqt_frequencies(low: float, bins: int, n_bins: int) -> np.ndarray:
    """Частоты (n_bins,), начиная с `low`, по `bins` в октаве."""
    raise NotImplementedError("low * 2^(k / bins)")


def cqt(x: np.ndarray, rate: float, low: float, bins: int, n_bins: int, hop: int) -> np.ndarray:
    """Преобразование constant Q: (n_bins, 1 + (n - 1) // hop)."""
    raise NotImplementedError("у каждой частоты окно своей длины вокруг отсчётов 0, hop, 2 hop, ...")
