"""Everything as products with matrices of zeros and ones; int arrays are made by counting."""

from collections import Counter
from itertools import chain

import numpy as np


def need(condition, message):
    if not condition:
        raise ValueError(message)


def build(sentences, min_count):
    need(min_count >= 1, "min_count must be at least 1")
    counted = Counter(chain.from_iterable(sentences))
    known = (word for word, count in counted.items() if count >= min_count and word != "<unk>")
    return ["<unk>", *sorted(known, key=lambda word: (-counted[word], word))]


def encode(sentences, words):
    different = len(set(words)) == len(words)
    need(words and words[0] == "<unk>" and different, "words must begin with <unk>, without repeats")
    number = {word: i for i, word in enumerate(words)}
    return [np.fromiter((number.get(word, 0) for word in sentence), dtype=np.int32) for sentence in sentences]


def frequencies(counts):
    counts = np.asarray(counts, dtype=float)
    need(counts.ndim == 1 and len(counts) and np.all(np.isfinite(counts)), "counts must be numbers")
    need(np.all(counts >= 0) and counts.any(), "counts must not be negative, and not all 0")
    return counts / counts.sum()


def keep_probability(counts, t=1e-3):
    f = frequencies(counts)
    need(t > 0, "t must be above 0")
    with np.errstate(divide="ignore"):
        return np.minimum(1.0, np.sqrt(t / f))


def checked(ids, V=None):
    need(isinstance(ids, (list, tuple)), "ids must be a list of arrays")
    ids = [np.asarray(sentence) if len(sentence) else np.zeros(0, dtype=int) for sentence in ids]
    need(all(s.ndim == 1 and s.dtype.kind in "iu" for s in ids), "ids must be whole numbers")
    need(all(s.size == 0 or s.min() >= 0 for s in ids), "ids must not be negative")
    need(V is None or all(s.size == 0 or s.max() < V for s in ids), "ids must be below V")
    return ids


def subsample(ids, counts, t, rng):
    keep = keep_probability(counts, t)
    return [s[rng.uniform(size=s.shape) <= keep[s]] for s in checked(ids, len(keep))]


def windows(ids, window):
    need(window >= 1, "window must be at least 1")
    contexts, targets = [np.zeros((0, 2 * window), dtype=int)], [np.zeros(0, dtype=int)]
    for sentence in checked(ids):
        if len(sentence) < 2:
            continue
        edge = np.full(window, -1)
        padded = np.concatenate([edge, sentence, edge])
        rows = np.lib.stride_tricks.sliding_window_view(padded, 2 * window + 1)
        contexts.append(np.delete(rows, window, axis=1))
        targets.append(sentence)
    return np.concatenate(contexts), np.concatenate(targets)


def pairs(ids, window):
    contexts, targets = windows(ids, window)
    found = np.stack([np.repeat(targets, 2 * window), contexts.ravel()], axis=1)
    return found[found[:, 1] >= 0]


def one_hot(indices, V):
    """(..., V): a one for each index, nothing for -1."""
    return (np.asarray(indices)[..., None] == np.arange(V)).astype(float)


def matrices(W_in, W_out):
    W_in, W_out = np.asarray(W_in, dtype=float), np.asarray(W_out, dtype=float)
    need(W_in.ndim == 2 and W_in.size and np.isfinite(W_in).all(), "W_in must be a matrix")
    need(W_out.shape == W_in.shape and np.isfinite(W_out).all(), "W_out must have the shape of W_in")
    return W_in, W_out


def within(name, indices, shape, low, V):
    indices = np.asarray(indices)
    need(indices.ndim == len(shape) and indices.size, f"{name} has the wrong number of axes")
    need(len(indices) == shape[0], f"{name} has the wrong length")
    need(indices.min() >= low and indices.max() < V, f"{name} is out of range")
    return indices


def cbow(W_in, W_out, contexts, targets):
    W_in, W_out = matrices(W_in, W_out)
    V = len(W_in)
    contexts = within("contexts", contexts, (len(contexts), None), -1, V)
    need((contexts >= 0).any(axis=1).all(), "contexts must have a word in each row")
    T = one_hot(within("targets", targets, (len(contexts),), 0, V), V)
    C = one_hot(contexts, V).sum(axis=1)
    C = C / C.sum(axis=1, keepdims=True)
    H = C @ W_in
    Z = H @ W_out.T
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    E = (np.exp(log_p) - T) / len(T)
    return -(T * log_p).sum() / len(T), C.T @ E @ W_out, E.T @ H


def first(V, d, rate, epochs, rng):
    need(V >= 1, "V must be at least 1")
    need(d >= 1, "d must be at least 1")
    need(rate > 0, "rate must be above 0")
    need(epochs >= 1, "epochs must be at least 1")
    return rng.uniform(-1 / (2 * d), 1 / (2 * d), (V, d)), np.zeros((V, d))


def descend(W, examples, rate, epochs, rng, gradients):
    for _ in range(epochs):
        order = rng.permutation(examples)
        for batch in np.split(order, range(32, examples, 32)):
            for matrix, gradient in zip(W, gradients(batch)[1:]):
                matrix -= rate * gradient
    return W


def train_cbow(ids, V, d, *, window, rate, epochs, rng):
    W = first(V, d, rate, epochs, rng)
    contexts, targets = windows(checked(ids, V), window)
    need(len(targets), "ids must hold two words in a row")
    return descend(W, len(targets), rate, epochs, rng, lambda batch: cbow(*W, contexts[batch], targets[batch]))


def noise(counts):
    powers = frequencies(counts) ** 0.75
    return powers / powers.sum()


def skipgram(W_in, W_out, centers, contexts, negatives):
    W_in, W_out = matrices(W_in, W_out)
    V, n = len(W_in), len(centers)
    C = one_hot(within("centers", centers, (n,), 0, V), V)
    P = one_hot(within("contexts", contexts, (n,), 0, V), V)
    N = one_hot(within("negatives", negatives, (n, None), 0, V), V).sum(axis=1)  # how often each is a negative
    S = C @ W_in @ W_out.T  # (n, V)
    loss = (P * np.logaddexp(0, -S) + N * np.logaddexp(0, S)).sum() / n
    p = np.where(S > 0, 1 / (1 + np.exp(-np.abs(S))), np.exp(-np.abs(S)) / (1 + np.exp(-np.abs(S))))
    E = (N * p - P * (1 - p)) / n
    return loss, C.T @ E @ W_out, E.T @ C @ W_in


def train_skipgram(ids, V, d, *, window, negatives, rate, epochs, rng):
    W = first(V, d, rate, epochs, rng)
    need(negatives >= 1, "negatives must be at least 1")
    sentences = checked(ids, V)
    examples = pairs(sentences, window)
    need(len(examples), "ids must hold two words in a row")
    limits = np.cumsum(noise(np.bincount(np.concatenate(sentences), minlength=V)))

    def gradients(batch):
        drawn = np.searchsorted(limits, limits[-1] * rng.random((len(batch), negatives)), side="right")
        return skipgram(*W, *examples[batch].T, drawn)

    return descend(W, len(examples), rate, epochs, rng, gradients)


def nearest(W, i, k):
    W = np.asarray(W, dtype=float)
    need(W.ndim == 2 and W.size and np.isfinite(W).all(), "W must be a matrix")
    need(0 <= i < len(W), "i must be a row of W")
    need(1 <= k < len(W), "k must be from 1, below the number of rows")
    size = np.sqrt((W**2).sum(axis=1))
    cosine = np.divide(W @ W[i], size * size[i], out=np.zeros(len(W)), where=size * size[i] > 0)
    order = np.lexsort((np.arange(len(W)), -cosine))
    return order[order != i][:k]
