"""A language model of n-grams with add-k smoothing (lecture 7, section 32, L07.language_model).

G. Lidstone, "Note on the general case of the Bayes-Laplace formula for inductive or a posteriori probabilities",
Transactions of the Faculty of Actuaries 8 (1920).
S. Chen, J. Goodman, "An empirical study of smoothing techniques for language modeling", Computer Speech and Language 13
(1999).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.random import Generator

from reference.checks.numbers import positive, whole
from reference.checks.randomness import generator
from reference.checks.text import text, tokens

START, END, UNKNOWN = "<s>", "</s>", "<unk>"


class Ngrams:
    """The next word by the n - 1 words before it: ``p(w | c) = (count(c w) + k) / (count(c) + k V)``.

    A sentence is preceded by n - 1 times ``<s>`` and followed by one ``</s>``. The V words that can come next are those
    of the sentences of `fit`, ``</s>`` and ``<unk>``, which stands for all others; ``<s>`` is none of them.

    Parameters: ``n`` of at least 1; ``k`` above 0.
    Returns: a model, to be fitted.
    Raises: ValueError naming ``n`` or ``k``, and in the methods ``sentences``, ``word``, ``context``, ``rng`` or
    ``limit``.
    Complexity: O(T (L + n) + V log V) to fit to T words in sentences of at most L; O(L + n + f) for the probability of
    a word after L others, if f words have followed the context, and O(L + n + V f) for a word of ``generate``; O(n) and
    O(n + V) are possible. Memory O(n T).
    Source: lecture 7, section 32; Lidstone 1920; Chen, Goodman 1999.

    >>> Ngrams(2).fit([["a", "b"], ["a"]]).probability("b", ["a"])  # (1 + 1) / (2 + 4)
    0.3333333333333333
    """

    def __init__(self, n: int, k: float = 1.0) -> None:
        self.n = whole("n", n)
        self.k = positive("k", k)
        self.vocabulary_: dict[str, int] = {}
        self.counts_: dict[tuple[str, ...], Counter[str]] = {}

    def fit(self, sentences: Sequence[Sequence[str]]) -> Ngrams:
        """Count anew, from lists of words, of which at least one list; return the model."""
        texts = _sentences(sentences)
        known = sorted({word for words in texts for word in words} | {END, UNKNOWN})
        self.vocabulary_ = {word: place for place, word in enumerate(known)}
        self.counts_ = defaultdict(Counter)
        for words in texts:
            for word, context in self._steps(words):
                self.counts_[context][word] += 1
        return self

    def probability(self, word: str, context: Sequence[str]) -> float:
        """Of ``word``, or ``</s>``, after the last n - 1 words of ``context``; a shorter one begins a sentence."""
        return self._probability(self._known(text("word", word)), self._last(tokens("context", context)))

    def perplexity(self, sentences: Sequence[Sequence[str]]) -> float:
        """``exp(-mean ln p)`` over all words of the sentences and an ``</s>`` after each of them."""
        steps = [step for words in _sentences(sentences) for step in self._steps(words)]
        return math.exp(-math.fsum(math.log(self._probability(*step)) for step in steps) / len(steps))

    def generate(self, rng: Generator, limit: int) -> list[str]:
        """A sentence drawn word by word, without its ``</s>``, or its first ``limit`` words."""
        generator("rng", rng)
        words: list[str] = []
        for _ in range(whole("limit", limit)):
            context = self._last(words)
            p = np.array([self._probability(word, context) for word in self.vocabulary_])
            word = list(self.vocabulary_)[rng.choice(len(p), p=p / p.sum())]
            if word == END:
                break
            words.append(word)
        return words

    def _probability(self, word: str, context: tuple[str, ...]) -> float:
        followers = self.counts_.get(context, Counter())
        return (followers[word] + self.k) / (followers.total() + self.k * len(self.vocabulary_))

    def _steps(self, words: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each word of a sentence and its end, with what stands before it."""
        for place, word in enumerate([*words, END]):
            yield self._known(word), self._last(words[:place])

    def _last(self, words: list[str]) -> tuple[str, ...]:
        padded = [START] * (self.n - 1) + words
        return tuple(word if word == START else self._known(word) for word in padded[len(words) :])

    def _known(self, word: str) -> str:
        return word if word in self.vocabulary_ else UNKNOWN


def _sentences(sentences: Sequence[Sequence[str]]) -> list[list[str]]:
    if not isinstance(sentences, list | tuple) or not sentences:
        raise ValueError("sentences must be a list of at least one list of words")
    return [tokens("sentences", words) for words in sentences]
