"""Plain Python: sums over samples and formulas as they stand, numbers of `math` and `cmath`."""

import cmath
import math

import numpy as np


def _signal(x, window=1):
    if np.ndim(x) != 1 or len(x) < window:
        raise ValueError("x: a vector with at least one window is needed")
    samples = [float(v) for v in x]
    if not all(math.isfinite(v) for v in samples):
        raise ValueError("x: all samples must be finite")
    return samples


def _above(value, name):
    if not value > 0:
        raise ValueError(f"{name}: must be above 0")


def _least(value, least, name):
    if value < least:
        raise ValueError(f"{name}: must be at least {least}")


def _hann(n):
    return [math.sin(math.pi * j / n) ** 2 for j in range(n)]


def spectrogram(x, rate, window, hop):
    _above(rate, "rate")
    _least(window, 2, "window")
    _least(hop, 1, "hop")
    x, w = _signal(x, window), _hann(window)
    roots = [cmath.exp(-2j * cmath.pi * j / window) for j in range(window)]
    rows = range(window // 2 + 1)
    power, times = [[] for _ in rows], []
    start = 0
    while start + window <= len(x):
        frame = [a * b for a, b in zip(w, x[start : start + window])]
        for k in rows:
            y = sum(v * roots[j * k % window] for j, v in enumerate(frame))
            power[k].append(y.real**2 + y.imag**2)
        times.append((start + window / 2) / rate)
        start += hop
    return np.array([k * rate / window for k in rows]), np.array(times), np.array(power)


def _each(function, values, name):
    values = np.asarray(values)
    flat = [float(v) for v in values.ravel()]
    if not flat or not all(0 <= v < math.inf for v in flat):
        raise ValueError(f"{name}: finite numbers of at least 0 are needed")
    return np.array([function(v) for v in flat]).reshape(values.shape)


def hz_to_mel(f):
    return _each(lambda v: 1125 * math.log(1 + v / 700), f, "f")


def mel_to_hz(m):
    return _each(lambda v: 700 * (math.exp(v / 1125) - 1), m, "m")


def mel_filters(rate, window, n_mels, low=0.0, high=None):
    _above(rate, "rate")
    _least(window, 2, "window")
    _least(n_mels, 1, "n_mels")
    high = rate / 2 if high is None else high
    if high > rate / 2:
        raise ValueError("high: must be at most rate / 2")
    if low < 0 or low >= high:
        raise ValueError("low: must be at least 0 and below high")
    first, last = float(hz_to_mel(low)), float(hz_to_mel(high))
    corners = [float(mel_to_hz(first + (last - first) * q / (n_mels + 1))) for q in range(n_mels + 2)]
    filters = []
    for a, b, c in zip(corners, corners[1:], corners[2:]):
        row = []
        for k in range(window // 2 + 1):
            f = k * rate / window
            if a < f <= b:
                row.append((f - a) / (b - a))
            elif b < f < c:
                row.append((c - f) / (c - b))
            else:
                row.append(0.0)
        filters.append(row)
    return np.array(filters)


def mel_spectrogram(x, rate, window, hop, n_mels=40):
    _, times, power = spectrogram(x, rate, window, hop)
    filters = mel_filters(rate, window, n_mels).tolist()
    columns = power.T.tolist()
    return np.array([[sum(a * b for a, b in zip(row, column)) for column in columns] for row in filters])


def cepstrum(mel, n_mfcc=13, floor=1e-10):
    _above(floor, "floor")
    if np.ndim(mel) != 2 or np.size(mel) == 0:
        raise ValueError("mel: a matrix is needed")
    columns = np.asarray(mel).T.tolist()
    if not all(0 <= v < math.inf for column in columns for v in column):
        raise ValueError("mel: finite numbers of at least 0 are needed")
    size = len(mel)
    if not 1 <= n_mfcc <= size:
        raise ValueError("n_mfcc: from 1 to the number of rows")
    result = []
    for q in range(n_mfcc):
        scale = math.sqrt((2 if q else 1) / size)
        waves = [scale * math.cos(math.pi * q * (m + 0.5) / size) for m in range(size)]
        result.append([sum(c * math.log(max(v, floor)) for c, v in zip(waves, column)) for column in columns])
    return np.array(result)


def mfcc(x, rate, window, hop, n_mels=40, n_mfcc=13, floor=1e-10):
    return cepstrum(mel_spectrogram(x, rate, window, hop, n_mels), n_mfcc, floor)


def cqt_frequencies(low, bins, n_bins):
    _above(low, "low")
    _least(bins, 1, "bins")
    _least(n_bins, 1, "n_bins")
    return np.array([low * 2 ** (k / bins) for k in range(n_bins)])


def cqt(x, rate, low, bins, n_bins, hop):
    x = _signal(x)
    _above(rate, "rate")
    _least(hop, 1, "hop")
    frequencies = cqt_frequencies(low, bins, n_bins).tolist()
    if frequencies[-1] > rate / 2:
        raise ValueError("n_bins: the highest frequency is above rate / 2")
    quality = 1 / (2 ** (1 / bins) - 1)
    rows = []
    for f in frequencies:
        n = math.ceil(quality * rate / f)
        kernel = [w * cmath.exp(-2j * cmath.pi * f * j / rate) for j, w in enumerate(_hann(n))]
        row = []
        for middle in range(0, len(x), hop):
            begin = middle - n // 2
            there = range(max(begin, 0), min(begin + n, len(x)))
            row.append(abs(sum(x[s] * kernel[s - begin] for s in there)) / n)
        rows.append(row)
    return np.array(rows)
