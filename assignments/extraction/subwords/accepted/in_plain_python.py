"""Lists and dicts of floats; arrays only at the door."""

import math

import numpy as np


def _need(condition, name):
    if not condition:
        raise ValueError(f"{name} is wrong")


def ngrams(word, low=3, high=6):
    _need(word, "word")
    _need(low >= 1, "low")
    _need(high >= low, "high")
    word = "<" + word + ">"
    result = []
    for n in range(low, high + 1):
        for i in range(len(word) - n + 1):
            result.append(word[i : i + n])
    return result


def bucket(ngram, buckets):
    _need(ngram, "ngram")
    _need(buckets >= 1, "buckets")
    h = 0x811C9DC5
    for byte in bytes(ngram, "utf-8"):
        h ^= byte
        h *= 0x01000193
        h &= 0xFFFFFFFF
    return h % buckets


def _rows(word, buckets):
    return [bucket(g, buckets) for g in ngrams(word)]


def _check(word, known, W, N):
    _need(word, "word")
    _need(np.isfinite(W).all(), "W")
    _need(np.isfinite(N).all() and np.shape(N)[1] == np.shape(W)[1], "N")
    _need(all(0 <= row < len(W) for row in known.values()), "known")


def _sum(lists):
    return [math.fsum(column) for column in zip(*lists)]


def word_vector(word, known, W, N):
    _check(word, known, W, N)
    rows = [list(N[row]) for row in _rows(word, len(N))]
    if word in known:
        rows.append(list(W[known[word]]))
    return np.array(_sum(rows))


def _sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def _dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def _move(W, N, C, own, rows, targets, rate):
    """One step on lists, in place."""
    inputs = [N[row] for row in rows] + ([] if own is None else [W[own]])
    h = [sum(column) for column in zip(*inputs)]
    by_h, by_c = [0.0] * len(h), []
    for place, target in enumerate(targets):
        g = _sigmoid(_dot(h, C[target])) - (place == 0)
        by_h = [a + g * c for a, c in zip(by_h, C[target])]
        by_c.append(g)
    for g, target in zip(by_c, targets):
        C[target] = [c - rate * g * x for c, x in zip(C[target], h)]
    for row in rows:
        N[row] = [v - rate * x for v, x in zip(N[row], by_h)]
    if own is not None:
        W[own] = [v - rate * x for v, x in zip(W[own], by_h)]


def step(word, context, negatives, known, W, N, C, rate):
    _check(word, known, W, N)
    _need(np.shape(C) == np.shape(W) and np.isfinite(C).all(), "C")
    _need(0 <= context < len(C), "context")
    _need(all(0 <= i < len(C) for i in negatives), "negatives")
    _need(rate > 0, "rate")
    W, N, C = W.tolist(), N.tolist(), C.tolist()
    targets = [int(context)] + [int(i) for i in negatives]
    _move(W, N, C, known.get(word), _rows(word, len(N)), targets, rate)
    return np.array(W), np.array(N), np.array(C)


def train(sentences, d, *, buckets, window, negatives, rate, epochs, rng):
    for name, value in (("d", d), ("buckets", buckets), ("window", window), ("negatives", negatives), ("epochs", epochs)):
        _need(value >= 1, name)
    _need(rate > 0, "rate")
    known, counts = {}, []
    for word in sorted(w for sentence in sentences for w in sentence):
        _need(word, "sentences")
        if word not in known:
            known[word] = len(known)
            counts.append(0)
        counts[known[word]] += 1
    examples = []
    for sentence in sentences:
        for i, word in enumerate(sentence):
            for j in range(max(0, i - window), min(len(sentence), i + window + 1)):
                if i != j:
                    examples.append((known[word], known[sentence[j]]))
    _need(examples, "sentences")
    rows = [_rows(word, buckets) for word in known]
    edges = np.cumsum([count**0.75 for count in counts])
    W = ((rng.random((len(known), d)) - 0.5) / d).tolist()
    N = ((rng.random((buckets, d)) - 0.5) / d).tolist()
    C = [[0.0] * d for _ in known]
    for _ in range(epochs):
        rng.shuffle(examples)
        draws = np.searchsorted(edges, rng.random((len(examples), negatives)) * edges[-1], side="right")
        for (word, context), others in zip(examples, draws.tolist()):
            _move(W, N, C, word, rows[word], [int(context), *others], rate)
    return known, np.array(W), np.array(N), np.array(C)


def nearest(word, k, known, W, N):
    _check(word, known, W, N)
    others = [other for other in known if other != word]
    _need(1 <= k <= len(others), "k")
    v = word_vector(word, known, W, N)

    def cosine(other):
        u = word_vector(other, known, W, N)
        lengths = math.sqrt(_dot(u, u)) * math.sqrt(_dot(v, v))
        return _dot(u, v) / lengths if lengths > 0 else 0.0

    return sorted(others, key=lambda other: (-cosine(other), known[other]))[:k]
