"""Each step as a product of matrices: indices of all frames at once, and no fast transform."""

import numpy as np


def _signal(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or not np.isfinite(x).all():
        raise ValueError("x must be a vector of finite samples")
    return x


def _require(condition, name):
    if not condition:
        raise ValueError(f"{name} is out of its range")


def spectrogram(x, rate, window, hop):
    x = _signal(x)
    _require(rate > 0, "rate")
    _require(2 <= window <= len(x), "window")
    _require(hop >= 1, "hop")
    count = 1 + (len(x) - window) // hop
    starts = hop * np.arange(count)
    j, k = np.arange(window), np.arange(window // 2 + 1)
    waves = np.exp(-2j * np.pi * np.outer(k, j) / window) * (1 - np.cos(2 * np.pi * j / window)) / 2
    y = waves @ x[starts + j[:, None]]
    return k * rate / window, (2 * starts + window) / (2 * rate), (y * y.conj()).real


def hz_to_mel(f):
    f = np.asarray(f, dtype=float)
    _require(((f >= 0) & (f < np.inf)).all(), "f")
    return 1125 * (np.log(700 + f) - np.log(700))


def mel_to_hz(m):
    m = np.asarray(m, dtype=float)
    _require(((m >= 0) & (m < np.inf)).all(), "m")
    return 700 * np.exp(m / 1125) - 700


def mel_filters(rate, window, n_mels, low=0.0, high=None):
    _require(rate > 0, "rate")
    _require(window >= 2, "window")
    _require(n_mels >= 1, "n_mels")
    top = rate / 2 if high is None else high
    _require(top <= rate / 2, "high")
    _require(0 <= low < top, "low")
    ends = hz_to_mel(np.array([low, top]))
    corners = mel_to_hz(ends[0] + (ends[1] - ends[0]) * np.arange(n_mels + 2) / (n_mels + 1))
    f = rate / window * np.arange(window // 2 + 1)
    return np.array([np.interp(f, corners[q : q + 3], [0.0, 1.0, 0.0], left=0.0, right=0.0) for q in range(n_mels)])


def mel_spectrogram(x, rate, window, hop, n_mels=40):
    return np.einsum("qk,kt->qt", mel_filters(rate, window, n_mels), spectrogram(x, rate, window, hop)[-1])


def cepstrum(mel, n_mfcc=13, floor=1e-10):
    mel = np.asarray(mel, dtype=float)
    _require(mel.ndim == 2 and mel.size > 0 and (mel >= 0).all() and (mel < np.inf).all(), "mel")
    size = mel.shape[0]
    _require(1 <= n_mfcc <= size, "n_mfcc")
    _require(floor > 0, "floor")
    logs = np.log(np.where(mel > floor, mel, floor))
    mirrored = np.concatenate([logs, logs[::-1]])  # twice as long and even: its Fourier transform holds the cosines
    turned = np.fft.fft(mirrored, axis=0)[:n_mfcc] * np.exp(-1j * np.pi * np.arange(n_mfcc) / (2 * size))[:, None]
    scales = np.where(np.arange(n_mfcc) == 0, np.sqrt(1 / size), np.sqrt(2 / size)) / 2
    return scales[:, None] * turned.real


def mfcc(x, rate, window, hop, n_mels=40, n_mfcc=13, floor=1e-10):
    return cepstrum(mel_spectrogram(x, rate, window, hop, n_mels), n_mfcc, floor)


def cqt_frequencies(low, bins, n_bins):
    _require(low > 0, "low")
    _require(bins >= 1, "bins")
    _require(n_bins >= 1, "n_bins")
    return np.exp(np.log(low) + np.log(2) / bins * np.arange(n_bins))


def cqt(x, rate, low, bins, n_bins, hop):
    x = _signal(x)
    _require(rate > 0, "rate")
    _require(hop >= 1, "hop")
    frequencies = cqt_frequencies(low, bins, n_bins)
    _require((frequencies <= rate / 2).all(), "n_bins")
    middles = np.arange(0, len(x), hop)
    result = np.zeros((n_bins, len(middles)))
    for k, f in enumerate(frequencies):
        size = int(np.ceil(rate / (f * (2 ** (1 / bins) - 1))))
        j = np.arange(size)
        places = middles[:, None] - size // 2 + j
        samples = np.where((places >= 0) & (places < len(x)), x[np.clip(places, 0, len(x) - 1)], 0.0)
        window = np.sin(np.pi * j / size) ** 2
        angle = 2 * np.pi * f * places / rate
        result[k] = np.hypot((samples * window * np.cos(angle)).sum(axis=1), (samples * window * np.sin(angle)).sum(axis=1)) / size
    return result
