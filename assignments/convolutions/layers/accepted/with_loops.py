"""Each output by itself, in loops over images, channels, rows and columns."""

import math

import numpy as np


def checked(name, values, axes):
    values = np.array(values)
    if values.dtype.kind not in "iuf" or values.ndim != axes or values.size == 0 or not np.isfinite(values).all():
        raise ValueError(f"{name}: an array of numbers with {axes} axes")
    return values * 1.0


def counted(name, number, least):
    if isinstance(number, bool) or not isinstance(number, (int, np.integer)) or number < least:
        raise ValueError(f"{name}: a whole number from {least} on")


def alike(name, found, wanted):
    if tuple(found) != tuple(wanted):
        raise ValueError(f"{name}: shape {found}, not {wanted}")


def source(place, side, mode):
    while not 0 <= place < side:
        if mode == "edge":
            place += 1 if place < 0 else -1
        elif mode == "circular":
            place += side if place < 0 else -side
        else:
            place = -place if place < 0 else 2 * (side - 1) - place
    return place


def pad(X, p, mode="zero"):
    X = checked("X", X, 4)
    counted("p", p, 0)
    if mode not in ("zero", "edge", "mirror", "circular"):
        raise ValueError("mode")
    n, c, h, w = X.shape
    if (mode == "mirror" and p >= min(h, w)) or (mode == "circular" and p > min(h, w)):
        raise ValueError("p is too large")
    padded = np.zeros((n, c, h + 2 * p, w + 2 * p))
    for y in range(h + 2 * p):
        for x in range(w + 2 * p):
            if mode != "zero":
                padded[:, :, y, x] = X[:, :, source(y - p, h, mode), source(x - p, w, mode)]
            elif p <= y < p + h and p <= x < p + w:
                padded[:, :, y, x] = X[:, :, y - p, x - p]
    return padded


def conv_size(i, k, s=1, p=0):
    for name, number, least in (("i", i, 1), ("k", k, 1), ("s", s, 1), ("p", p, 0)):
        counted(name, number, least)
    if k > i + 2 * p:
        raise ValueError("k does not fit")
    places, place = 0, 0
    while place + k <= i + 2 * p:
        places, place = places + 1, place + s
    return places


def pool_size(i, k, s):
    return conv_size(i, k, s, 0)


def receptive_field(layers):
    field = 1
    try:
        pairs = [(k, s) for k, s in layers]
        for k, s in pairs:
            counted("layers", k, 1)
            counted("layers", s, 1)
    except TypeError:
        raise ValueError("layers are pairs") from None
    except ValueError as error:
        raise ValueError(f"layers are pairs: {error}") from None
    for k, s in reversed(pairs):
        field = (field - 1) * s + k
    return field


def windows(X, K, stride, padding):
    """Padded images, kernels, and the corner of the window of each output."""
    X, K = checked("X", X, 4), checked("K", K, 4)
    counted("stride", stride, 1)
    counted("padding", padding, 0)
    alike("K", K.shape[1:2], X.shape[1:2])
    padded = pad(X, padding)
    if K.shape[2] > padded.shape[2] or K.shape[3] > padded.shape[3]:
        raise ValueError("K does not fit")
    rows = range(0, padded.shape[2] - K.shape[2] + 1, stride)
    columns = range(0, padded.shape[3] - K.shape[3] + 1, stride)
    return padded, K, rows, columns


def conv(X, K, b=None, stride=1, padding=0):
    X, K, rows, columns = windows(X, K, stride, padding)
    D, _, kh, kw = K.shape
    if b is not None:
        b = checked("b", b, 1)
        alike("b", b.shape, (D,))
    Y = np.zeros((len(X), D, len(rows), len(columns)))
    for d in range(D):
        for row, top in enumerate(rows):
            for column, left in enumerate(columns):
                for n in range(len(X)):
                    Y[n, d, row, column] = np.sum(X[n, :, top : top + kh, left : left + kw] * K[d])
        if b is not None:
            Y[:, d] += b[d]
    return Y


def conv_grad(X, K, dY, stride=1, padding=0):
    h, w = np.shape(X)[2:] if np.ndim(X) == 4 else (0, 0)
    X, K, rows, columns = windows(X, K, stride, padding)
    dY = checked("dY", dY, 4)
    alike("dY", dY.shape, (len(X), len(K), len(rows), len(columns)))
    dX, dK, db = X * 0, K * 0, np.zeros(len(K))
    kh, kw = K.shape[2:]
    for n in range(len(X)):
        for d in range(len(K)):
            for row, top in enumerate(rows):
                for column, left in enumerate(columns):
                    grad = dY[n, d, row, column]
                    dX[n, :, top : top + kh, left : left + kw] += grad * K[d]
                    dK[d] += grad * X[n, :, top : top + kh, left : left + kw]
                    db[d] += grad
    return dX[:, :, padding : padding + h, padding : padding + w], dK, db


def blocks(X, k, stride, kind):
    X = checked("X", X, 4)
    counted("k", k, 1)
    stride = k if stride is None else stride
    counted("stride", stride, 1)
    if k > min(X.shape[2:]):
        raise ValueError("k does not fit")
    if kind not in ("max", "mean", "sum"):
        raise ValueError("kind")
    return X, range(0, X.shape[2] - k + 1, stride), range(0, X.shape[3] - k + 1, stride)


def pool(X, k, stride=None, kind="max"):
    X, rows, columns = blocks(X, k, stride, kind)
    Y = np.zeros((*X.shape[:2], len(rows), len(columns)))
    for row, top in enumerate(rows):
        for column, left in enumerate(columns):
            block = X[:, :, top : top + k, left : left + k]
            Y[:, :, row, column] = block.max((2, 3)) if kind == "max" else block.sum((2, 3))
    return Y / k**2 if kind == "mean" else Y


def pool_grad(X, dY, k, stride=None, kind="max"):
    X, rows, columns = blocks(X, k, stride, kind)
    dY = checked("dY", dY, 4)
    alike("dY", dY.shape, (*X.shape[:2], len(rows), len(columns)))
    dX = np.zeros(X.shape)
    for n in range(X.shape[0]):
        for c in range(X.shape[1]):
            for row, top in enumerate(rows):
                for column, left in enumerate(columns):
                    grad = dY[n, c, row, column]
                    if kind == "max":
                        places = [(y, x) for y in range(top, top + k) for x in range(left, left + k)]
                        best = max(places, key=lambda place: X[n, c, place[0], place[1]])
                        dX[n, c, best[0], best[1]] += grad
                    else:
                        dX[n, c, top : top + k, left : left + k] += grad / (k * k if kind == "mean" else 1)
    return dX


def transposed(Y, K, stride=1, padding=0, output_padding=0):
    Y, K = checked("Y", Y, 4), checked("K", K, 4)
    alike("K", K.shape[:1], Y.shape[1:2])
    counted("stride", stride, 1)
    counted("padding", padding, 0)
    counted("output_padding", output_padding, 0)
    if output_padding >= stride:
        raise ValueError("output_padding must be less than the step")
    (n, D, h, w), (_, c, kh, kw) = Y.shape, K.shape
    H, W = (h - 1) * stride + kh + output_padding, (w - 1) * stride + kw + output_padding
    if 2 * padding >= min(H, W):
        raise ValueError("padding leaves nothing")
    canvas = np.zeros((n, c, H, W))
    for image in range(n):
        for d in range(D):
            for y in range(h):
                for x in range(w):
                    top, left = y * stride, x * stride
                    canvas[image, :, top : top + kh, left : left + kw] += Y[image, d, y, x] * K[d]
    return canvas[:, :, padding : H - padding, padding : W - padding]


def channels(X, name, W, bias, b):
    W = checked(name, W, 2)
    alike(name, W.shape[1:], X.shape[1:2])
    Y = np.zeros((len(X), len(W), *X.shape[2:]))
    if b is not None:
        b = checked(bias, b, 1)
        alike(bias, b.shape, (len(W),))
    for d in range(len(W)):
        for c in range(X.shape[1]):
            Y[:, d] += W[d, c] * X[:, c]
        if b is not None:
            Y[:, d] += b[d]
    return Y


def pointwise(X, W, b=None):
    return channels(checked("X", X, 4), "W", W, "b", b)


def relu(X):
    return X * (X > 0)


def mlpconv(X, K, b, W1, b1, W2, b2):
    X = relu(conv(X, K, b))
    X = relu(channels(X, "W1", W1, "b1", b1))
    return relu(channels(X, "W2", W2, "b2", b2))


def global_average(X):
    X = checked("X", X, 4)
    return np.array([[channel.mean() for channel in image] for image in X])


def s_layer(X, templates, threshold):
    X, templates = checked("X", X, 4), checked("templates", templates, 4)
    alike("templates", templates.shape[1:2], X.shape[1:2])
    alike("templates", templates.shape[2:3], templates.shape[3:])
    k = templates.shape[2]
    if k > min(X.shape[2:]) or any(not template.any() for template in templates):
        raise ValueError("templates")
    if not 0 <= threshold < 1:
        raise ValueError("threshold")
    S = np.zeros((len(X), len(templates), X.shape[2] - k + 1, X.shape[3] - k + 1))
    for n, t, y, x in np.ndindex(*S.shape):
        u, v = X[n, :, y : y + k, x : x + k].ravel().tolist(), templates[t].ravel().tolist()
        length = math.hypot(*u) * math.hypot(*v)
        if length > 0:
            cosine = sum(a * b for a, b in zip(u, v, strict=True)) / length
            S[n, t, y, x] = max(0.0, cosine - threshold) / (1 - threshold)
    return S


def c_layer(S, k):
    S = checked("S", S, 4)
    counted("k", k, 1)
    if k > min(S.shape[2:]):
        raise ValueError("k does not fit")
    C = np.zeros((*S.shape[:2], S.shape[2] // k, S.shape[3] // k))
    for y in range(C.shape[2]):
        for x in range(C.shape[3]):
            C[:, :, y, x] = S[:, :, y * k : y * k + k, x * k : x * k + k].max((2, 3))
    return C
