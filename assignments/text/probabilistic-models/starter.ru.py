"""Тематическая модель и n-граммы. Проверка: `grader check text/probabilistic-models solution.py`."""

import numpy as np


def conditional(n_dk: np.ndarray, n_kw: np.ndarray, word: int, alpha: float, beta: float) -> np.ndarray:
    """Вероятности (K,) тем одного токена; счётчики n_dk (K,) и n_kw (K, V) взяты без него."""
    raise NotImplementedError("начните отсюда: доля каждой темы в документе, умноженная на долю слова в теме")


def log_likelihood(n_kw: np.ndarray, beta: float) -> float:
    """ln p(w | z) по счётчикам n_kw (K, V)."""
    raise NotImplementedError("math.lgamma, тема за темой")


def lda(
    documents: list[np.ndarray], V: int, K: int, alpha: float, beta: float, sweeps: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """theta (n, K), phi (K, V) и history (sweeps,) сэмплирования по Гиббсу."""
    raise NotImplementedError("разыграйте тему каждого токена, сосчитайте; затем убрать, разыграть, вернуть")


class Ngrams:
    """Следующее слово по n - 1 предыдущему; к каждому счётчику прибавлено k."""

    def __init__(self, n: int, k: float = 1.0) -> None:
        raise NotImplementedError("сохраните n и k")

    def fit(self, sentences: list[list[str]]) -> None:
        """Заново считает, что следует за каждым контекстом, и запоминает словарь."""
        raise NotImplementedError("расставьте метки вокруг предложения и пройдите по нему")

    def probability(self, word: str, context: list[str]) -> float:
        """p(word | последние n - 1 слов контекста)."""
        raise NotImplementedError("сначала приведите контекст к длине n - 1")

    def perplexity(self, sentences: list[list[str]]) -> float:
        """exp от среднего -ln p по всем словам и концам предложений."""
        raise NotImplementedError("те же шаги, что и в fit")

    def generate(self, rng: np.random.Generator, limit: int) -> list[str]:
        """Предложение не длиннее limit слов, разыгранное слово за словом."""
        raise NotImplementedError("вероятности всего словаря, затем розыгрыш")
