"""Words from character n-grams. Check it with `grader check extraction/subwords solution.py`."""

import numpy as np


def ngrams(word: str, low: int = 3, high: int = 6) -> list[str]:
    """All runs of `low` to `high` characters of "<word>": the shortest first, each length from left to right."""
    raise NotImplementedError("start here: two loops, one over lengths, one over places")


def bucket(ngram: str, buckets: int) -> int:
    """FNV-1a with 32 bits over the bytes of UTF-8, modulo `buckets`."""
    raise NotImplementedError("xor, then multiply, modulo 2**32; Python's ints have no limit, so cut them")


def word_vector(word: str, known: dict[str, int], W: np.ndarray, N: np.ndarray) -> np.ndarray:
    """The sum of the rows of N (buckets, d) of the word's n-grams, and of its row of W (V, d) if known -> (d,)."""
    raise NotImplementedError("ngrams and bucket; the number of buckets is len(N)")


def step(
    word: str,
    context: int,
    negatives: np.ndarray,
    known: dict[str, int],
    W: np.ndarray,
    N: np.ndarray,
    C: np.ndarray,
    rate: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """New W, N and C after a step against the gradient of the loss of one pair."""
    raise NotImplementedError("all gradients first, then the tables; np.add.at adds repeated rows up")


def train(
    sentences: list[list[str]],
    d: int,
    *,
    buckets: int,
    window: int,
    negatives: int,
    rate: float,
    epochs: int,
    rng: np.random.Generator,
) -> tuple[dict[str, int], np.ndarray, np.ndarray, np.ndarray]:
    """The rows of the words, W (V, d), N (buckets, d) and C (V, d), after a step for each pair in each epoch."""
    raise NotImplementedError("rows of n-grams once for each word; then pairs in a random order")


def nearest(word: str, k: int, known: dict[str, int], W: np.ndarray, N: np.ndarray) -> list[str]:
    """The k known words, without `word`, whose vectors have the largest cosine with that of `word`."""
    raise NotImplementedError("vectors of all known words; ties go to the lower row")
