"""Plain Python numbers and loops over samples."""

import math

import numpy as np


def _above(value, name):
    if not value > 0:
        raise ValueError(f"{name}: must be above 0")


def same_note(f1, f2, tolerance=0.01):
    _above(f1, "f1")
    _above(f2, "f2")
    if tolerance < 0:
        raise ValueError("tolerance: must not be negative")
    ratio = max(f1, f2) / min(f1, f2)
    while ratio > math.sqrt(2):
        ratio /= 2
    return abs(math.log(ratio, 2)) <= tolerance


def nyquist(rate):
    _above(rate, "rate")
    return rate / 2


def alias(f, rate):
    _above(rate, "rate")
    if f < 0:
        raise ValueError("f: must not be negative")
    while f > rate:
        f -= rate
    return rate - f if f > rate / 2 else f


def _table(values, name):
    if np.ndim(values) != 2 or np.size(values) == 0:
        raise ValueError(f"{name}: a matrix is needed")
    rows = [[float(v) for v in row] for row in values]
    if not all(math.isfinite(v) for row in rows for v in row):
        raise ValueError(f"{name}: all numbers must be finite")
    return rows


def mono(x):
    return np.array([sum(row) / len(row) for row in _table(x, "x")])


def _frames(x, frame, hop):
    if frame < 1:
        raise ValueError("frame: must be at least 1")
    if hop < 1:
        raise ValueError("hop: must be at least 1")
    if np.ndim(x) != 1 or len(x) < frame:
        raise ValueError("x: a vector with at least one frame is needed")
    samples = [float(v) for v in x]
    if not all(math.isfinite(v) for v in samples):
        raise ValueError("x: all samples must be finite")
    return [samples[start : start + frame] for start in range(0, len(samples) - frame + 1, hop)]


def envelope(x, frame, hop):
    return np.array([max(max(part), -min(part)) for part in _frames(x, frame, hop)])


def rms(x, frame, hop):
    return np.array([math.sqrt(math.fsum(v * v for v in part) / frame) for part in _frames(x, frame, hop)])


def zero_crossing_rate(x, frame, hop):
    result = []
    for part in _frames(x, frame, hop):
        result.append(sum(1 for a, b in zip(part, part[1:]) if (a < 0) != (b < 0)) / frame)
    return np.array(result)


def summary(features):
    columns = list(zip(*_table(features, "features")))
    means = [sum(column) / len(column) for column in columns]
    spreads = [math.sqrt(sum((v - m) ** 2 for v in c) / len(c)) for c, m in zip(columns, means)]
    return np.array(means + spreads)
