"""Another way round: Gaussian elimination through QR, a zooming line search, rank-one sums, a projected search in the box."""

import math

import numpy as np


class NothingFound(RuntimeError):
    pass


def must(ok, name):
    if not ok:
        raise ValueError(f"{name}: not a suitable argument")


def floats(name, values, dims=1):
    out = np.asarray(values, dtype=np.float64).copy()
    must(out.ndim == dims and out.size > 0 and bool(np.isfinite(out).all()), name)
    return out


def whole(name, value):
    must(isinstance(value, (int, np.integer)) and not isinstance(value, bool) and value > 0, name)


# Newton


def newton_step(g, H, mu=1.0):
    g = floats("g", g)
    H = floats("H", H, 2)
    must(H.shape == (len(g), len(g)), "H")
    must(mu > 0, "mu")
    scale = np.sqrt(np.abs(H).max(axis=1))
    must((scale > 0).all(), "H")
    Q, R = np.linalg.qr(H)
    diagonal = np.abs(np.diag(R))
    must(diagonal.min() > 1e-14 * diagonal.max(), "H")
    right = Q.T @ g
    answer = np.zeros(len(g))
    for i in reversed(range(len(g))):
        answer[i] = (right[i] - R[i, i + 1 :] @ answer[i + 1 :]) / R[i, i]
    return -mu * answer


def newton(gradient, hessian, start, mu=1.0, tolerance=1e-8, max_iter=50):
    w = floats("start", start)
    must(tolerance > 0, "tolerance")
    whole("max_iter", max_iter)
    done = 0
    while True:
        g = np.asarray(gradient(w), dtype=float)
        if math.sqrt(g @ g) <= tolerance:
            return w, done, True
        if done == max_iter:
            return w, done, False
        w = w + newton_step(g, hessian(w), mu)
        done += 1


# The strong conditions: bracket, then zoom


def wolfe_step(f, gradient, w, direction, c1=1e-4, c2=0.9):
    must(c1 > 0, "c1")
    must(c1 < c2 < 1, "c2")
    w, d = floats("w", w), floats("direction", direction)
    must(w.shape == d.shape, "direction")
    phi0 = f(w)
    slope0 = float(np.dot(gradient(w), d))
    must(slope0 < 0, "direction")

    def value(a):
        out = f(w + a * d)
        return out if out == out else math.inf

    def enough(a, phi):
        return phi <= phi0 + c1 * a * slope0 + 1e-15 * abs(phi0)

    def zoom(low, high):
        for _ in range(80):
            a = 0.5 * (low + high)
            phi = value(a)
            if not enough(a, phi):
                high = a
                continue
            slope = float(np.dot(gradient(w + a * d), d))
            if slope >= c2 * slope0 and slope <= -c2 * slope0:
                return a
            if slope > 0:
                high = a
            else:
                low = a
        raise NothingFound("the interval has shrunk to nothing")

    before, a = 0.0, 1.0
    for attempt in range(50):
        phi = value(a)
        if not enough(a, phi):
            return zoom(before, a)
        slope = float(np.dot(gradient(w + a * d), d))
        if slope >= c2 * slope0 and (a == 1.0 or slope <= -c2 * slope0):
            return a
        if slope > 0:
            return zoom(before, a)
        before, a = a, 3 * a
    raise NothingFound("it goes down for ever")


# BFGS


def bfgs_update(C, s, y):
    C = floats("C", C, 2)
    must(C.shape[0] == C.shape[1], "C")
    s, y = floats("s", s), floats("y", y)
    must(s.shape == C.shape[:1], "s")
    must(y.shape == C.shape[:1] and float(s @ y) > 0, "y")
    sy, Cy = s @ y, C @ y
    return C + (1 + y @ Cy / sy) / sy * s[:, None] * s - (Cy[:, None] * s + s[:, None] * Cy) / sy


def loop(f, gradient, start, tolerance, max_iter, direct, learn):
    w = floats("start", start)
    must(tolerance > 0, "tolerance")
    whole("max_iter", max_iter)
    g = np.asarray(gradient(w))
    for done in range(max_iter + 1):
        if np.sqrt((g**2).sum()) <= tolerance:
            return w, done, True
        if done == max_iter:
            break
        d = direct(g)
        try:
            a = wolfe_step(f, gradient, w, d)
        except NothingFound:
            break
        moved = w + a * d
        fresh = np.asarray(gradient(moved))
        learn(moved - w, fresh - g)
        w, g = moved, fresh
    return w, done, False


def bfgs(f, gradient, start, tolerance=1e-6, max_iter=200):
    box = {}

    def direct(g):
        box.setdefault("C", np.identity(len(g)))
        return -(box["C"] @ g)

    def learn(s, y):
        box["C"] = bfgs_update(box["C"], s, y)

    return loop(f, gradient, start, tolerance, max_iter, direct, learn)


# L-BFGS by recursion over the pairs


def apply(pairs, gamma, v):
    """C v: the newest pair peels off, the rest is the same task."""
    if not pairs:
        return gamma * v
    *older, (s, y) = pairs
    rho = 1.0 / np.dot(s, y)
    inner = apply(older, gamma, v - rho * np.dot(s, v) * y)
    return inner - rho * np.dot(y, inner) * s + rho * np.dot(s, v) * s


def direction_from(pairs, g):
    gamma = 1.0
    if pairs:
        s, y = pairs[-1]
        gamma = np.dot(s, y) / np.dot(y, y)
    return -apply(pairs, gamma, g)


def lbfgs_direction(g, S, Y):
    g = floats("g", g)
    S, Y = np.asarray(S, dtype=float), np.asarray(Y, dtype=float)
    must(S.ndim == 2 and S.shape[1] == len(g) and np.isfinite(S).all(), "S")
    must(Y.shape == S.shape and np.isfinite(Y).all(), "Y")
    pairs = list(zip(S, Y))
    must(all(np.dot(s, y) > 0 for s, y in pairs), "Y")
    return direction_from(pairs, g)


def lbfgs(f, gradient, start, memory=10, tolerance=1e-6, max_iter=200):
    whole("memory", memory)
    pairs = []

    def learn(s, y):
        pairs.append((s, y))
        del pairs[:-memory]

    return loop(f, gradient, start, tolerance, max_iter, lambda g: direction_from(pairs, g), learn)


# The box: parameters held by a wall stand still, the others follow L-BFGS along the projected path


def lbfgsb(f, gradient, start, low, high, memory=10, tolerance=1e-6, max_iter=200):
    w = floats("start", start)
    low, high = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    must(low.shape == w.shape and not np.isnan(low).any(), "low")
    must(high.shape == w.shape and not np.isnan(high).any(), "high")
    must((low <= high).all(), "low")
    must(tolerance > 0, "tolerance")
    whole("memory", memory)
    whole("max_iter", max_iter)

    def inside(x):
        return np.minimum(np.maximum(x, low), high)

    w = inside(w)
    value, g = f(w), gradient(w)
    pairs = []
    for done in range(max_iter + 1):
        gap = np.abs(w - inside(w - g)).max()
        if gap <= tolerance:
            return w, done, True
        if done == max_iter:
            break
        near = min(1e-3, gap)
        held = ((w <= low + near) & (g > 0)) | ((w >= high - near) & (g < 0))
        d = -g.copy()
        free = ~held
        if free.any():
            useful = [(s[free], y[free]) for s, y in pairs if s[free] @ y[free] > 1e-10 * (y[free] @ y[free])]
            d[free] = direction_from(useful, g[free])
            if d[free] @ g[free] >= 0:
                d[free] = -g[free]
        a, found = 1.0, None
        for _ in range(60):
            trial = inside(w + a * d)
            new = f(trial)
            if new <= value + 1e-4 * (g @ (trial - w)) + 1e-15 * abs(value):
                found = trial
                break
            a /= 2
        if found is None or np.array_equal(found, w):
            break
        fresh = gradient(found)
        pairs = (pairs + [(found - w, fresh - g)])[-memory:]
        w, value, g = found, new, fresh
    return w, done, False


# Natural gradient


def split(blocks, size):
    if blocks is None:
        return [list(range(size))]
    lists = [[int(i) for i in block] for block in blocks]
    everything = [i for block in lists for i in block]
    must(len(everything) == size and set(everything) == set(range(size)), "blocks")
    return lists


def moments(part):
    mean = sum(part) / len(part)
    return sum(np.outer(row - mean, row - mean) for row in part) / len(part)


def fisher_matrix(G, blocks=None):
    G = floats("G", G, 2)
    label = np.empty(G.shape[1], dtype=int)
    for number, block in enumerate(split(blocks, G.shape[1])):
        label[block] = number
    return moments(G) * (label[:, None] == label)


def natural_step(G, g, mu, damping, blocks=None):
    G, g = floats("G", G, 2), floats("g", g)
    must(len(g) == G.shape[1], "g")
    must(mu > 0, "mu")
    must(damping >= 0, "damping")
    out = np.zeros(len(g))
    for block in split(blocks, len(g)):
        matrix = moments(G[:, block])
        matrix.flat[:: len(block) + 1] += damping
        values, vectors = np.linalg.eigh(matrix)
        must(values.min() > 1e-13 * values.max() and values.max() > 0, "damping")
        out[block] = -mu * (vectors @ ((vectors.T @ g[block]) / values))
    return out


def natural_descent(per_object, start, mu, damping, steps, blocks=None):
    w = floats("start", start)
    whole("steps", steps)
    while steps:
        G = per_object(w)
        w = w + natural_step(G, np.mean(G, axis=0), mu, damping, blocks)
        steps -= 1
    return w
