"""Plain Python: lists of counts, a wheel of fortune for every draw, and probabilities of n-grams from two counters."""

import math
from collections import Counter

import numpy as np


def _check(holds, name):
    if not holds:
        raise ValueError(f"{name} is out of its range")


def _draw(weights, rng):
    point = rng.uniform(0, sum(weights))
    for place, weight in enumerate(weights):
        point -= weight
        if point < 0:
            return place
    return len(weights) - 1


def conditional(n_dk, n_kw, word, alpha, beta):
    n_dk, n_kw = np.asarray(n_dk).tolist(), np.asarray(n_kw).tolist()
    _check(len(n_dk) == len(n_kw) and all(count >= 0 for count in n_dk), "n_dk")
    _check(all(count >= 0 for row in n_kw for count in row), "n_kw")
    _check(0 <= word < len(n_kw[0]), "word")
    _check(alpha > 0, "alpha")
    _check(beta > 0, "beta")
    shares = [(row[word] + beta) / (sum(row) + beta * len(row)) for row in n_kw]
    weights = [(count + alpha) * share for count, share in zip(n_dk, shares)]
    total = sum(weights)
    return np.array([weight / total for weight in weights])


def log_likelihood(n_kw, beta):
    _check(np.min(n_kw) >= 0, "n_kw")
    _check(beta > 0, "beta")
    result = 0.0
    for row in np.asarray(n_kw).tolist():
        result += math.lgamma(beta * len(row)) - math.lgamma(sum(row) + beta * len(row))
        for count in row:
            result += math.lgamma(count + beta) - math.lgamma(beta)
    return result


def lda(documents, V, K, alpha, beta, sweeps, rng):
    _check(len(documents) > 0, "documents")
    _check(K >= 1, "K")
    _check(alpha > 0, "alpha")
    _check(beta > 0, "beta")
    _check(sweeps >= 1, "sweeps")
    tokens = [(d, int(word)) for d, document in enumerate(documents) for word in document]
    _check(all(0 <= word < V for _, word in tokens), "documents")
    in_document = [[0] * K for _ in documents]
    in_topic = [[0] * V for _ in range(K)]
    sizes = [0] * K
    topics = []

    def count(token, topic, one):
        in_document[token[0]][topic] += one
        in_topic[topic][token[1]] += one
        sizes[topic] += one

    for token in tokens:
        topics.append(int(rng.integers(K)))
        count(token, topics[-1], 1)
    history = []
    for _ in range(sweeps):
        for place, (d, word) in enumerate(tokens):
            count((d, word), topics[place], -1)
            topics[place] = _draw(
                [
                    (in_document[d][k] + alpha) * (in_topic[k][word] + beta) / (sizes[k] + V * beta)
                    for k in range(K)
                ],
                rng,
            )
            count((d, word), topics[place], 1)
        history.append(log_likelihood(in_topic, beta))
    theta = [[(count + alpha) / (sum(row) + K * alpha) for count in row] for row in in_document]
    phi = [[(count + beta) / (sum(row) + V * beta) for count in row] for row in in_topic]
    return np.array(theta), np.array(phi), np.array(history)


class Ngrams:
    def __init__(self, n, k=1.0):
        _check(n >= 1, "n")
        _check(k > 0, "k")
        self.n, self.k = n, k

    def fit(self, sentences):
        _check(len(sentences) > 0, "sentences")
        self.words = ["</s>", "<unk>"]
        for words in sentences:
            for word in words:
                if word not in self.words:
                    self.words.append(word)
        self.grams, self.contexts = Counter(), Counter()
        for gram in self.all_grams(sentences):
            self.grams[gram] += 1
            self.contexts[gram[:-1]] += 1

    def all_grams(self, sentences):
        for words in sentences:
            padded = ["<s>"] * (self.n - 1) + list(words) + ["</s>"]
            for first in range(len(words) + 1):
                yield tuple(padded[first : first + self.n])

    def known(self, word):
        return word if word == "<s>" or word in self.words else "<unk>"

    def probability(self, word, context):
        context = ["<s>"] * (self.n - 1) + list(context)
        context = tuple(self.known(other) for other in context[len(context) - self.n + 1 :])
        return (self.grams[(*context, self.known(word))] + self.k) / (
            self.contexts[context] + self.k * len(self.words)
        )

    def perplexity(self, sentences):
        _check(len(sentences) > 0, "sentences")
        bits = [-math.log2(self.probability(gram[-1], gram[:-1])) for gram in self.all_grams(sentences)]
        return 2 ** (sum(bits) / len(bits))

    def generate(self, rng, limit):
        _check(limit >= 1, "limit")
        words = []
        while len(words) < limit:
            word = self.words[_draw([self.probability(word, words) for word in self.words], rng)]
            if word == "</s>":
                return words
            words.append(word)
        return words
