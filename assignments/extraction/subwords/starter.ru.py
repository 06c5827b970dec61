"""Слова из символьных n-грамм. Проверка: `grader check extraction/subwords solution.py`."""

import numpy as np


def ngrams(word: str, low: int = 3, high: int = 6) -> list[str]:
    """Все отрезки "<word>" длиной от `low` до `high` символов: сначала короткие, при равной длине слева направо."""
    raise NotImplementedError("начните отсюда: цикл по длинам и цикл по местам")


def bucket(ngram: str, buckets: int) -> int:
    """FNV-1a (32 бита) по байтам UTF-8, затем остаток от деления на `buckets`."""
    raise NotImplementedError("xor, потом умножение по модулю 2**32; целые в Python не ограничены, обрезайте сами")


def word_vector(word: str, known: dict[str, int], W: np.ndarray, N: np.ndarray) -> np.ndarray:
    """Сумма строк N (buckets, d) всех n-грамм слова и его строки W (V, d), если оно знакомо -> (d,)."""
    raise NotImplementedError("ngrams и bucket; число строк таблицы — len(N)")


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
    """Новые W, N и C после шага против градиента ошибки на одной паре."""
    raise NotImplementedError("сначала все градиенты, потом таблицы; повторные строки складывает np.add.at")


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
    """Строки слов, W (V, d), N (buckets, d) и C (V, d) после шагов по всем парам во всех эпохах."""
    raise NotImplementedError("строки n-грамм каждого слова — один раз; затем пары в случайном порядке")


def nearest(word: str, k: int, known: dict[str, int], W: np.ndarray, N: np.ndarray) -> list[str]:
    """k знакомых слов (без самого `word`), косинус векторов которых с вектором `word` наибольший."""
    raise NotImplementedError("векторы всех знакомых слов; при равенстве — меньшая строка")
