"""Notes, aliases, features in time. Check it with `grader check audio/tones solution.py`."""

import numpy as np


def same_note(f1: float, f2: float, tolerance: float = 0.01) -> bool:
    """Whether the frequencies are a whole number of octaves apart, but for the tolerance."""
    raise NotImplementedError("start here: log2(f1 / f2) and the nearest whole number")


def nyquist(rate: float) -> float:
    """The highest frequency that `rate` samples a second can hold, in hertz."""
    raise NotImplementedError("half of the rate")


def alias(f: float, rate: float) -> float:
    """The frequency, from 0 to rate / 2, at which a sampled tone of `f` hertz is heard."""
    raise NotImplementedError("the distance to the nearest multiple of the rate")


def mono(x: np.ndarray) -> np.ndarray:
    """The mean of the channels: x (n, channels) -> (n,)."""
    raise NotImplementedError("a mean along one of the axes")


def envelope(x: np.ndarray, frame: int, hop: int) -> np.ndarray:
    """The largest absolute value of each frame: x (n,) -> (frames,)."""
    raise NotImplementedError("a function that cuts a signal into frames helps in all three")


def rms(x: np.ndarray, frame: int, hop: int) -> np.ndarray:
    """The root mean square of each frame: x (n,) -> (frames,)."""
    raise NotImplementedError("squares, mean, root")


def zero_crossing_rate(x: np.ndarray, frame: int, hop: int) -> np.ndarray:
    """How often neighbours in each frame differ in sign, divided by `frame`: x (n,) -> (frames,)."""
    raise NotImplementedError("which samples are below zero, and which neighbours differ in that")


def summary(features: np.ndarray) -> np.ndarray:
    """Means, then standard deviations, of the columns: features (frames, k) -> (2 k,)."""
    raise NotImplementedError("two statistics of each column")
