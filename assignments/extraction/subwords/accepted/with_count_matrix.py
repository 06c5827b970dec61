"""A word is a row of counts, how often each row of N stands in it; everything else is a product of matrices."""

import functools

import numpy as np


@functools.lru_cache(maxsize=None)
def bucket(ngram, buckets):
    if not ngram:
        raise ValueError("ngram is empty")
    if buckets < 1:
        raise ValueError("buckets must be 1 or more")
    return functools.reduce(lambda h, b: ((h ^ b) * 16777619) & (2**32 - 1), ngram.encode(), 2166136261) % buckets


def ngrams(word, low=3, high=6):
    if not word:
        raise ValueError("word is empty")
    if low < 1:
        raise ValueError("low must be 1 or more")
    if high < low:
        raise ValueError("high is below the other bound")
    word = f"<{word}>"
    starts = range(len(word))
    return [word[i : i + n] for n in range(low, high + 1) for i in starts if i + n <= len(word)]


def counts_of(word, buckets):
    return np.bincount([bucket(g, buckets) for g in ngrams(word)], minlength=buckets)


def check(word, known, W, N):
    if not word:
        raise ValueError("word is empty")
    for name, table in (("W", W), ("N", N)):
        if table.ndim != 2 or not np.isfinite(table).all():
            raise ValueError(f"{name} must be a finite matrix")
    if N.shape[1] != W.shape[1]:
        raise ValueError("N and W have different widths")
    if known and not 0 <= min(known.values()) <= max(known.values()) < len(W):
        raise ValueError("known has a row that is not there")


def own_row(word, known, V):
    one = np.zeros(V)
    if word in known:
        one[known[word]] = 1
    return one


def word_vector(word, known, W, N):
    check(word, known, W, N)
    return counts_of(word, len(N)) @ N + own_row(word, known, len(W)) @ W


def moved(n, w, targets, W, N, C, rate):
    """The three tables after a step; n and w say how often each row is in the sum."""
    h = n @ N + w @ W
    products = C[targets] @ h
    g = 0.5 * (1 + np.tanh(products / 2))
    g[0] -= 1
    by_h = g @ C[targets]
    chosen = np.zeros((len(targets), len(C)))
    chosen[np.arange(len(targets)), targets] = 1
    return W - rate * np.outer(w, by_h), N - rate * np.outer(n, by_h), C - rate * np.outer(g @ chosen, h)


def step(word, context, negatives, known, W, N, C, rate):
    check(word, known, W, N)
    if C.shape != W.shape:
        raise ValueError("C must have the shape of W")
    targets = np.concatenate([[context], negatives]).astype(int)
    for name, ids in (("context", targets[:1]), ("negatives", targets[1:])):
        if (ids < 0).any() or (ids >= len(C)).any():
            raise ValueError(f"{name} is out of range")
    if rate <= 0:
        raise ValueError("rate must be above 0")
    return moved(counts_of(word, len(N)), own_row(word, known, len(W)), targets, W, N, C, rate)


def train(sentences, d, *, buckets, window, negatives, rate, epochs, rng):
    arguments = {"d": d, "buckets": buckets, "window": window, "negatives": negatives, "epochs": epochs}
    for name, value in arguments.items():
        if value < 1:
            raise ValueError(f"{name} must be 1 or more")
    if rate <= 0:
        raise ValueError("rate must be above 0")
    flat = [word for sentence in sentences for word in sentence]
    if not all(flat):
        raise ValueError("sentences hold an empty word")
    words, count = np.unique(np.array(flat, dtype=str), return_counts=True)
    known = {str(word): int(i) for i, word in enumerate(words)}
    examples = np.array(
        [
            (known[a], known[sentence[j]])
            for sentence in sentences
            for i, a in enumerate(sentence)
            for j in range(len(sentence))
            if 0 < abs(i - j) <= window
        ]
    )
    if len(examples) == 0:
        raise ValueError("sentences have no two words in one")
    V, law = len(known), count**0.75 / (count**0.75).sum()
    W, N = rng.uniform(-0.5 / d, 0.5 / d, size=(V, d)), rng.uniform(-0.5 / d, 0.5 / d, size=(buckets, d))
    C = np.zeros((V, d))
    places = [np.unique([bucket(g, buckets) for g in ngrams(w)], return_counts=True) for w in known]
    for _ in range(epochs):
        for word, context in rng.permutation(examples):
            rows, times = places[word]
            targets = np.append(context, rng.choice(V, size=negatives, p=law))
            part = moved(times.astype(float), np.ones(1), targets, W[[word]], N[rows], C, rate)
            W[word], N[rows], C = part[0][0], part[1], part[2]
    return known, W, N, C


def nearest(word, k, known, W, N):
    check(word, known, W, N)
    others = [other for other in sorted(known, key=known.get) if other != word]
    if not 1 <= k <= len(others):
        raise ValueError("k is out of range")
    vectors = np.array([word_vector(other, known, W, N) for other in [*others, word]])
    lengths = np.linalg.norm(vectors, axis=1)
    vectors = vectors / np.where(lengths > 0, lengths, 1.0)[:, None]
    cosines = np.round((vectors[:-1] * vectors[-1]).sum(axis=1), 12)
    return [others[i] for i in np.lexsort((np.arange(len(others)), -cosines))[:k]]
