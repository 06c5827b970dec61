"""Topics and n-grams: fill in the bodies below. Check: `grader check text/probabilistic-models solution.py`."""

import numpy as np


def conditional(n_dk: np.ndarray, n_kw: np.ndarray, word: int, alpha: float, beta: float) -> np.ndarray:
    """The probabilities (K,) of the topics of one token; n_dk (K,) and n_kw (K, V) are counted without it."""
    raise NotImplementedError("start here: the share of each topic in the document, times that of the word in it")


def log_likelihood(n_kw: np.ndarray, beta: float) -> float:
    """ln p(w | z) of the counts n_kw (K, V)."""
    raise NotImplementedError("math.lgamma, topic by topic")


def lda(
    documents: list[np.ndarray], V: int, K: int, alpha: float, beta: float, sweeps: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """theta (n, K), phi (K, V) and history (sweeps,) of collapsed Gibbs sampling."""
    raise NotImplementedError("draw a topic for every token, count, then take out, draw, put back")


class Ngrams:
    """The next word by the n - 1 words before it, with k added to every count."""

    def __init__(self, n: int, k: float = 1.0) -> None:
        raise NotImplementedError("keep n and k")

    def fit(self, sentences: list[list[str]]) -> None:
        """Count anew what follows each context, and keep the vocabulary."""
        raise NotImplementedError("set the marks around each sentence, then walk through it")

    def probability(self, word: str, context: list[str]) -> float:
        """p(word | the last n - 1 words of context)."""
        raise NotImplementedError("first make the context n - 1 words long")

    def perplexity(self, sentences: list[list[str]]) -> float:
        """exp of the mean of -ln p over all words and ends of sentences."""
        raise NotImplementedError("the same steps as in fit")

    def generate(self, rng: np.random.Generator, limit: int) -> list[str]:
        """A sentence of at most limit words, drawn word by word."""
        raise NotImplementedError("the probabilities of the whole vocabulary, then a draw")
