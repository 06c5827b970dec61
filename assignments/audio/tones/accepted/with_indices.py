"""A matrix of places for all frames, running sums, and numpy's logarithm and rounding."""

import numpy as np


def _check(holds, name):
    if not holds:
        raise ValueError(f"{name} is out of its range")


def same_note(f1, f2, tolerance=0.01):
    _check(f1 > 0, "f1")
    _check(f2 > 0, "f2")
    _check(tolerance >= 0, "tolerance")
    octaves = np.log2(f1 / f2)
    return np.abs(octaves - np.rint(octaves)) <= tolerance


def nyquist(rate):
    _check(rate > 0, "rate")
    return np.float64(rate) * 0.5


def alias(f, rate):
    _check(f >= 0, "f")
    _check(rate > 0, "rate")
    return abs(f - rate * round(f / rate))


def _floats(values, axes, name):
    array = np.asarray(values).astype(float)
    _check(array.ndim == axes and array.size > 0 and np.isfinite(array).all(), name)
    return array


def mono(x):
    x = _floats(x, 2, "x")
    return x @ np.full(x.shape[1], 1 / x.shape[1])


def _places(x, frame, hop):
    _check(hop >= 1, "hop")
    _check(1 <= frame <= len(x), "frame")
    return np.arange(0, len(x) - frame + 1, hop)[:, None] + np.arange(frame)


def envelope(x, frame, hop):
    x = _floats(x, 1, "x")
    return np.amax(np.abs(x)[_places(x, frame, hop)], axis=1)


def rms(x, frame, hop):
    x = _floats(x, 1, "x")
    return np.linalg.norm(x[_places(x, frame, hop)], axis=1) / np.sqrt(frame)


def zero_crossing_rate(x, frame, hop):
    x = _floats(x, 1, "x")
    places = _places(x, frame, hop)
    signs = np.where(x >= 0, 1, -1)[places]
    return np.abs(np.diff(signs, axis=1)).sum(axis=1) / (2 * frame)


def summary(features):
    features = _floats(features, 2, "features")
    centred = features - features.mean(axis=0)
    return np.hstack([features.mean(axis=0), np.sqrt((centred**2).mean(axis=0))])
