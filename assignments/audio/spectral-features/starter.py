"""Spectrograms, mel features, constant Q. Check it with `grader check audio/spectral-features solution.py`."""

import numpy as np


def spectrogram(x: np.ndarray, rate: float, window: int, hop: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Frequencies (window // 2 + 1,), times (frames,) and powers (window // 2 + 1, frames) of the signal x (n,)."""
    raise NotImplementedError("start here: the periodic Hann window, then frames, then np.fft.rfft")


def hz_to_mel(f: float | np.ndarray) -> float | np.ndarray:
    """Frequencies in hertz, in mel; a number or an array of any shape."""
    raise NotImplementedError("1125 ln(1 + f / 700)")


def mel_to_hz(m: float | np.ndarray) -> float | np.ndarray:
    """The inverse of `hz_to_mel`."""
    raise NotImplementedError("solve the formula of hz_to_mel for f")


def mel_filters(rate: float, window: int, n_mels: int, low: float = 0.0, high: float | None = None) -> np.ndarray:
    """Triangular filters (n_mels, window // 2 + 1)."""
    raise NotImplementedError("n_mels + 2 corners with equal steps in mel, turned into hertz")


def mel_spectrogram(x: np.ndarray, rate: float, window: int, hop: int, n_mels: int = 40) -> np.ndarray:
    """The power that each filter lets through in each frame: (n_mels, frames)."""
    raise NotImplementedError("filters times powers")


def cepstrum(mel: np.ndarray, n_mfcc: int = 13, floor: float = 1e-10) -> np.ndarray:
    """The first coefficients of the cosine transform of logarithms: mel (M, frames) -> (n_mfcc, frames)."""
    raise NotImplementedError("ln max(mel, floor), then DCT-II down each column")


def mfcc(
    x: np.ndarray, rate: float, window: int, hop: int, n_mels: int = 40, n_mfcc: int = 13, floor: float = 1e-10
) -> np.ndarray:
    """The cepstrum of the mel spectrogram: (n_mfcc, frames)."""
    raise NotImplementedError("mel_spectrogram, then cepstrum")


def cqt_frequencies(low: float, bins: int, n_bins: int) -> np.ndarray:
    """The frequencies (n_bins,) from `low` on, `bins` in an octave."""
    raise NotImplementedError("low * 2^(k / bins)")


def cqt(x: np.ndarray, rate: float, low: float, bins: int, n_bins: int, hop: int) -> np.ndarray:
    """The constant-Q transform: (n_bins, 1 + (n - 1) // hop)."""
    raise NotImplementedError("for each frequency a window of its own length around 0, hop, 2 hop, ...")
