"""Word by word, example by example, in plain Python; arrays of numpy hold the vectors alone."""

import math

import numpy as np


def refuse_unless(right, name):
    if not right:
        raise ValueError(f"{name} is wrong")


def check_ids(ids, V=None):
    for sentence in ids:
        array = np.asarray(sentence)
        refuse_unless(array.ndim == 1 and (array.size == 0 or array.dtype.kind in "iu"), "ids")
        refuse_unless(all(0 <= word and (V is None or word < V) for word in array.tolist()), "ids")


def check_whole(name, value, low=1):
    refuse_unless(value >= low, name)


def build(sentences, min_count):
    check_whole("min_count", min_count)
    counts = {}
    for sentence in sentences:
        for word in sentence:
            counts[word] = counts.get(word, 0) + 1
    counts.pop("<unk>", None)
    kept = sorted(word for word in counts if counts[word] >= min_count)
    kept.sort(key=counts.get, reverse=True)
    return ["<unk>"] + kept


def encode(sentences, words):
    refuse_unless(len(words) > 0 and words[0] == "<unk>" and len(set(words)) == len(words), "words")
    place = {words[i]: i for i in range(len(words))}
    return [np.array([place.get(word, 0) for word in sentence], dtype=int) for sentence in sentences]


def check_counts(counts):
    values = np.asarray(counts, dtype=float)
    refuse_unless(values.ndim == 1 and values.size > 0, "counts")
    refuse_unless(bool(np.isfinite(values).all()) and values.min() >= 0 and values.sum() > 0, "counts")
    return values.tolist()


def keep_probability(counts, t=1e-3):
    values = check_counts(counts)
    refuse_unless(0 < t < math.inf, "t")
    total = sum(values)
    return np.array([1.0 if count == 0 else min(1.0, math.sqrt(t * total / count)) for count in values])


def subsample(ids, counts, t, rng):
    keep = keep_probability(counts, t)
    check_ids(ids, len(keep))
    kept = []
    for sentence in ids:
        kept.append(np.array([word for word in sentence if rng.random() < keep[word]], dtype=int))
    return kept


def windows(ids, window):
    check_whole("window", window)
    check_ids(ids)
    contexts, targets = [], []
    for sentence in map(list, ids):
        for i in range(len(sentence)):
            row = []
            for j in range(i - window, i + window + 1):
                if j != i:
                    row.append(sentence[j] if 0 <= j < len(sentence) else -1)
            if max(row) >= 0:
                contexts.append(row)
                targets.append(sentence[i])
    return np.array(contexts, dtype=int).reshape(-1, 2 * window), np.array(targets, dtype=int)


def check_matrices(W_in, W_out):
    inputs, outputs = np.array(W_in, dtype=float), np.array(W_out, dtype=float)
    refuse_unless(inputs.ndim == 2 and inputs.size > 0 and bool(np.isfinite(inputs).all()), "W_in")
    refuse_unless(outputs.shape == inputs.shape and bool(np.isfinite(outputs).all()), "W_out")
    return inputs, outputs


def cbow(W_in, W_out, contexts, targets):
    W_in, W_out = check_matrices(W_in, W_out)
    contexts, targets = np.asarray(contexts), np.asarray(targets)
    n, V = len(contexts), len(W_in)
    refuse_unless(contexts.ndim == 2 and n > 0 and contexts.min() >= -1 and contexts.max() < V, "contexts")
    refuse_unless(targets.shape == (n,) and targets.min() >= 0 and targets.max() < V, "targets")
    loss, dW_in, dW_out = 0.0, np.zeros_like(W_in), np.zeros_like(W_out)
    for row, target in zip(contexts.tolist(), targets.tolist()):
        there = [word for word in row if word >= 0]
        refuse_unless(there, "contexts")
        h = sum(W_in[word] for word in there) / len(there)
        logits = W_out @ h
        top = logits.max()
        total = np.exp(logits - top).sum()
        loss += (top + math.log(total) - logits[target]) / n
        error = np.exp(logits - top) / total / n
        error[target] -= 1 / n
        dW_out += np.outer(error, h)
        for word in there:
            dW_in[word] += error @ W_out / len(there)
    return loss, dW_in, dW_out


def start(ids, V, d, rate, epochs, rng):
    for name, value in (("V", V), ("d", d), ("epochs", epochs)):
        check_whole(name, value)
    refuse_unless(rate > 0, "rate")
    check_ids(ids, V)
    return (2 * rng.random((V, d)) - 1) / (2 * d), np.zeros((V, d))


def shuffled(n, epochs, rng):
    for _ in range(epochs):
        order = list(range(n))
        rng.shuffle(order)
        while order:
            yield np.array(order[:32])
            order = order[32:]


def train_cbow(ids, V, d, *, window, rate, epochs, rng):
    W_in, W_out = start(ids, V, d, rate, epochs, rng)
    contexts, targets = windows(ids, window)
    refuse_unless(len(targets) > 0, "ids")
    for batch in shuffled(len(targets), epochs, rng):
        _, dW_in, dW_out = cbow(W_in, W_out, contexts[batch], targets[batch])
        W_in, W_out = W_in - rate * dW_in, W_out - rate * dW_out
    return W_in, W_out


def pairs(ids, window):
    check_whole("window", window)
    check_ids(ids)
    found = []
    for sentence in map(list, ids):
        for i in range(len(sentence)):
            for j in range(max(0, i - window), min(len(sentence), i + window + 1)):
                if i != j:
                    found.append((sentence[i], sentence[j]))
    return np.array(found, dtype=int).reshape(-1, 2)


def noise(counts):
    powers = [count**0.75 for count in check_counts(counts)]
    return np.array([power / sum(powers) for power in powers])


def sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x > 0 else math.exp(x) / (1 + math.exp(x))


def minus_log_sigmoid(x):
    return math.log1p(math.exp(-x)) if x > 0 else math.log1p(math.exp(x)) - x


def skipgram(W_in, W_out, centers, contexts, negatives):
    W_in, W_out = check_matrices(W_in, W_out)
    V, n = len(W_in), len(centers)
    for name, given in (("centers", centers), ("contexts", contexts), ("negatives", negatives)):
        shape = np.shape(given)
        refuse_unless(len(shape) == (2 if name == "negatives" else 1) and shape[0] == n > 0, name)
        refuse_unless(np.min(given) >= 0 and np.max(given) < V, name)
    loss, dW_in, dW_out = 0.0, np.zeros_like(W_in), np.zeros_like(W_out)
    for center, context, drawn in zip(centers, contexts, negatives):
        for sign, word in [(1, context)] + [(-1, word) for word in drawn]:
            score = sign * float(W_in[center] @ W_out[word])
            loss += minus_log_sigmoid(score) / n
            slope = -sign * sigmoid(-score) / n
            dW_in[center] += slope * W_out[word]
            dW_out[word] += slope * W_in[center]
    return loss, dW_in, dW_out


def train_skipgram(ids, V, d, *, window, negatives, rate, epochs, rng):
    W_in, W_out = start(ids, V, d, rate, epochs, rng)
    check_whole("negatives", negatives)
    examples = pairs(ids, window)
    refuse_unless(len(examples) > 0, "ids")
    counts = [0] * V
    for sentence in ids:
        for word in sentence:
            counts[word] += 1
    law = noise(counts)
    for batch in shuffled(len(examples), epochs, rng):
        drawn = rng.choice(V, (len(batch), negatives), p=law)
        _, dW_in, dW_out = skipgram(W_in, W_out, examples[batch, 0], examples[batch, 1], drawn)
        W_in, W_out = W_in - rate * dW_in, W_out - rate * dW_out
    return W_in, W_out


def nearest(W, i, k):
    W = np.asarray(W, dtype=float)
    refuse_unless(W.ndim == 2 and W.size > 0 and bool(np.isfinite(W).all()), "W")
    refuse_unless(0 <= i < len(W), "i")
    refuse_unless(1 <= k < len(W), "k")

    def cosine(j):
        product = math.sqrt(W[j] @ W[j]) * math.sqrt(W[i] @ W[i])
        return float(W[j] @ W[i]) / product if product > 0 else 0.0

    others = [j for j in range(len(W)) if j != i]
    return np.array(sorted(others, key=cosine, reverse=True)[:k])
