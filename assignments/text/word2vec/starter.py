"""Word2Vec from scratch. To check: `grader check text/word2vec solution.py`."""

import numpy as np


def build(sentences: list[list[str]], min_count: int) -> list[str]:
    """`"<unk>"`, then the words that occur at least `min_count` times, the most frequent first."""
    raise NotImplementedError("start here: count the words of all sentences")


def encode(sentences: list[list[str]], words: list[str]) -> list[np.ndarray]:
    """The ids of the words of each sentence, 0 for a word that is not in `words`."""
    raise NotImplementedError("the id of a word is its place in words")


def keep_probability(counts: np.ndarray, t: float = 1e-3) -> np.ndarray:
    """min(1, sqrt(t / f)) for each word, (V,)."""
    raise NotImplementedError("f is a share of all occurrences")


def subsample(ids: list[np.ndarray], counts: np.ndarray, t: float, rng: np.random.Generator) -> list[np.ndarray]:
    """The sentences without the occurrences that were dropped."""
    raise NotImplementedError("a coin for each occurrence")


def windows(ids: list[np.ndarray], window: int) -> tuple[np.ndarray, np.ndarray]:
    """Contexts (n, 2 * window), -1 where there is no word, and targets (n,)."""
    raise NotImplementedError("sentence by sentence, word by word")


def cbow(
    W_in: np.ndarray, W_out: np.ndarray, contexts: np.ndarray, targets: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray]:
    """The mean loss over the examples, and its gradients by W_in and W_out."""
    raise NotImplementedError("first the loss, then the way back through z, h and the rows of W_in")


def train_cbow(
    ids: list[np.ndarray], V: int, d: int, *, window: int, rate: float, epochs: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """W_in and W_out after training in batches of 32."""
    raise NotImplementedError("first vectors; then shuffle, cut into batches, step")


def pairs(ids: list[np.ndarray], window: int) -> np.ndarray:
    """All pairs (word, neighbour), (m, 2)."""
    raise NotImplementedError("which places are near enough and within the sentence?")


def noise(counts: np.ndarray) -> np.ndarray:
    """The probabilities (V,) with which negatives are drawn."""
    raise NotImplementedError("counts to the power 0.75, with the sum 1")


def skipgram(
    W_in: np.ndarray, W_out: np.ndarray, centers: np.ndarray, contexts: np.ndarray, negatives: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray]:
    """The mean loss over the pairs, and its gradients by W_in and W_out; `negatives` is (n, r)."""
    raise NotImplementedError("write the loss by np.logaddexp, then the derivative by each product")


def train_skipgram(
    ids: list[np.ndarray],
    V: int,
    d: int,
    *,
    window: int,
    negatives: int,
    rate: float,
    epochs: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """W_in and W_out after training in batches of 32, with new negatives for each pair."""
    raise NotImplementedError("as train_cbow, and negatives by noise")


def nearest(W: np.ndarray, i: int, k: int) -> np.ndarray:
    """The k rows with the largest cosine with row i, without i."""
    raise NotImplementedError("divide the rows by their lengths")
