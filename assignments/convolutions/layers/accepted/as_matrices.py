"""Convolution as one product of matrices; transposed convolution as a convolution of an image with zeros in between."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def four(name, x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 4 or x.size == 0 or not np.isfinite(x).all():
        raise ValueError(f"{name} must be a finite array with four axes")
    return x


def at_least(least, **numbers):
    for name, number in numbers.items():
        if int(number) != number or number < least:
            raise ValueError(f"{name} must be whole and at least {least}")


def index(side, p, mode):
    line = np.arange(side)
    if mode == "edge":
        return np.concatenate([np.zeros(p, int), line, np.full(p, side - 1)])
    if mode == "mirror":
        return np.concatenate([line[1 : p + 1][::-1], line, line[: side - 1][::-1][:p]])
    return np.concatenate([line[side - p :], line, line[:p]])


def pad(X, p, mode="zero"):
    X = four("X", X)
    at_least(0, p=p)
    if mode == "zero":
        n, c, h, w = X.shape
        X = np.concatenate([np.zeros((n, c, p, w)), X, np.zeros((n, c, p, w))], axis=2)
        sides = np.zeros((n, c, h + 2 * p, p))
        return np.concatenate([sides, X, sides], axis=3)
    limits = {"edge": p, "mirror": min(X.shape[2:]) - 1, "circular": min(X.shape[2:])}
    if mode not in limits:
        raise ValueError("no such mode")
    if p > limits[mode]:
        raise ValueError("this p is too much")
    return X[:, :, index(X.shape[2], p, mode)][:, :, :, index(X.shape[3], p, mode)]


def conv_size(i, k, s=1, p=0):
    at_least(1, i=i, k=k, s=s)
    at_least(0, p=p)
    if i + 2 * p < k:
        raise ValueError("k is more than there is")
    return int(np.floor((i - k + 2 * p) / s)) + 1


def pool_size(i, k, s):
    return conv_size(i, k, s)


def receptive_field(layers):
    table = np.array([tuple(layer) if np.ndim(layer) else () for layer in layers] or np.zeros((0, 2)), dtype=object)
    if table.ndim != 2 or table.shape[1] != 2 or (table < 1).any() or (table != table // 1).any():
        raise ValueError("layers must be pairs")
    kernels, strides = table.astype(int).T
    return int(1 + ((kernels - 1) * np.cumprod(np.append(1, strides))[:-1]).sum())


def patches(padded, kh, kw, stride):
    """(n, rows, columns, c * kh * kw)"""
    windows = sliding_window_view(padded, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    windows = windows.transpose(0, 2, 3, 1, 4, 5)
    return windows.reshape(*windows.shape[:3], -1)


def prepared(X, K, stride, padding):
    X, K = four("X", X), four("K", K)
    at_least(1, stride=stride)
    at_least(0, padding=padding)
    padded = pad(X, padding)
    if K.shape[1] != X.shape[1] or (np.array(K.shape[2:]) > padded.shape[2:]).any():
        raise ValueError("K does not fit")
    return padded, K, patches(padded, *K.shape[2:], stride)


def added(Y, b, name="b"):
    if b is None:
        return Y
    b = np.asarray(b, dtype=float)
    if b.shape != Y.shape[1:2] or not np.isfinite(b).all():
        raise ValueError(f"{name} has the wrong length")
    return Y + b[None, :, None, None]


def conv(X, K, b=None, stride=1, padding=0):
    _, K, table = prepared(X, K, stride, padding)
    Y = table @ K.reshape(len(K), -1).T
    return added(np.moveaxis(Y, 3, 1), b)


def conv_grad(X, K, dY, stride=1, padding=0):
    padded, K, table = prepared(X, K, stride, padding)
    dY = four("dY", dY)
    if dY.shape != (len(padded), len(K), *table.shape[1:3]):
        raise ValueError("dY has another shape")
    flat = np.moveaxis(dY, 1, 3).reshape(-1, len(K))
    dK = (flat.T @ table.reshape(len(flat), -1)).reshape(K.shape)
    numbers = np.arange(padded.size).reshape(padded.shape)
    places = patches(numbers, *K.shape[2:], stride)
    by_patches = flat @ K.reshape(len(K), -1)
    dX = np.bincount(places.ravel(), by_patches.ravel(), padded.size).reshape(padded.shape)
    h, w = np.shape(X)[2:]
    return dX[:, :, padding : padding + h, padding : padding + w], dK, flat.sum(axis=0)


def pool_windows(X, k, stride, kind):
    X = four("X", X)
    at_least(1, k=k)
    if stride is not None:
        at_least(1, stride=stride)
    if k > min(X.shape[2:]):
        raise ValueError("k is too large")
    if kind not in ("max", "mean", "sum"):
        raise ValueError("kind is unknown")
    step = stride or k
    windows = sliding_window_view(X, (k, k), axis=(2, 3))[:, :, ::step, ::step]
    return X, windows.reshape(*windows.shape[:4], k * k), step


def pool(X, k, stride=None, kind="max"):
    _, windows, _ = pool_windows(X, k, stride, kind)
    return {"max": np.max, "mean": np.mean, "sum": np.sum}[kind](windows, axis=4)


def pool_grad(X, dY, k, stride=None, kind="max"):
    X, windows, step = pool_windows(X, k, stride, kind)
    dY = four("dY", dY)
    if dY.shape != windows.shape[:4]:
        raise ValueError("dY has another shape")
    _, places, _ = pool_windows(np.arange(X.size).reshape(X.shape), k, step, kind)
    places = places.astype(int)
    if kind == "max":
        places = np.take_along_axis(places, windows.argmax(axis=4)[..., None], axis=4)
    shares = np.repeat(dY[..., None], places.shape[4], axis=4) / (k * k if kind == "mean" else 1)
    return np.bincount(places.ravel(), shares.ravel(), X.size).reshape(X.shape)


def transposed(Y, K, stride=1, padding=0, output_padding=0):
    Y, K = four("Y", Y), four("K", K)
    if len(K) != Y.shape[1]:
        raise ValueError("K has other channels")
    at_least(1, stride=stride)
    at_least(0, padding=padding, output_padding=output_padding)
    if output_padding >= stride:
        raise ValueError("output_padding is too large")
    n, D, h, w = Y.shape
    kh, kw = K.shape[2:]
    H, W = (h - 1) * stride + kh + output_padding, (w - 1) * stride + kw + output_padding
    if min(H, W) <= 2 * padding:
        raise ValueError("padding is too large")
    sparse = np.zeros((n, D, H + kh - 1, W + kw - 1))
    rows, columns = kh - 1 + stride * np.arange(h), kw - 1 + stride * np.arange(w)
    sparse[:, :, rows[:, None], columns] = Y
    canvas = conv(sparse, K.swapaxes(0, 1)[:, :, ::-1, ::-1])
    return canvas[:, :, padding : H - padding, padding : W - padding]


def weighted(X, W, name):
    W = np.asarray(W, dtype=float)
    if W.ndim != 2 or W.shape[1] != X.shape[1] or not np.isfinite(W).all():
        raise ValueError(f"{name} has another shape")
    return (W @ X.reshape(len(X), X.shape[1], -1)).reshape(len(X), len(W), *X.shape[2:])


def pointwise(X, W, b=None):
    return added(weighted(four("X", X), W, "W"), b)


def mlpconv(X, K, b, W1, b1, W2, b2):
    X = conv(X, K, b).clip(0)
    X = added(weighted(X, W1, "W1"), b1, "b1").clip(0)
    return added(weighted(X, W2, "W2"), b2, "b2").clip(0)


def global_average(X):
    X = four("X", X)
    return X.reshape(*X.shape[:2], -1).mean(axis=2)


def s_layer(X, templates, threshold):
    X, templates = four("X", X), four("templates", templates)
    _, c, k, width = templates.shape
    if c != X.shape[1] or k != width or k > min(X.shape[2:]):
        raise ValueError("templates have another shape")
    rows = templates.reshape(len(templates), -1)
    lengths = np.linalg.norm(rows, axis=1)
    if (lengths == 0).any():
        raise ValueError("templates must not be zero")
    if not 0 <= threshold < 1:
        raise ValueError("threshold is out of bounds")
    table = patches(X, k, k, 1)
    sizes = np.linalg.norm(table, axis=3)
    table = table / np.where(sizes == 0, 1, sizes)[..., None]
    cosines = np.moveaxis(table @ (rows / lengths[:, None]).T, 3, 1)
    return (cosines - threshold).clip(0) / (1 - threshold)


def c_layer(S, k):
    S = four("S", S)
    at_least(1, k=k)
    n, t, h, w = S.shape
    if k > min(h, w):
        raise ValueError("k is too large")
    blocks = S[:, :, : h // k * k, : w // k * k].reshape(n, t, h // k, k, w // k, k)
    return blocks.max(axis=(3, 5))
