"""Word2Vec с нуля. Проверка: `grader check text/word2vec solution.py`."""

import numpy as np


def build(sentences: list[list[str]], min_count: int) -> list[str]:
    """`"<unk>"`, затем слова, встретившиеся не меньше `min_count` раз, начиная с самого частого."""
    raise NotImplementedError("начните отсюда: посчитайте слова всех предложений")


def encode(sentences: list[list[str]], words: list[str]) -> list[np.ndarray]:
    """Номера слов каждого предложения; 0 — слово, которого нет в `words`."""
    raise NotImplementedError("номер слова — его место в words")


def keep_probability(counts: np.ndarray, t: float = 1e-3) -> np.ndarray:
    """min(1, sqrt(t / f)) для каждого слова, (V,)."""
    raise NotImplementedError("f — доля среди всех вхождений")


def subsample(ids: list[np.ndarray], counts: np.ndarray, t: float, rng: np.random.Generator) -> list[np.ndarray]:
    """Предложения без выброшенных вхождений."""
    raise NotImplementedError("своя монета для каждого вхождения")


def windows(ids: list[np.ndarray], window: int) -> tuple[np.ndarray, np.ndarray]:
    """Контексты (n, 2 * window), -1 там, где слова нет, и цели (n,)."""
    raise NotImplementedError("предложение за предложением, слово за словом")


def cbow(
    W_in: np.ndarray, W_out: np.ndarray, contexts: np.ndarray, targets: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray]:
    """Средняя ошибка по примерам и её градиенты по W_in и W_out."""
    raise NotImplementedError("сначала ошибка, затем обратный путь через z, h и строки W_in")


def train_cbow(
    ids: list[np.ndarray], V: int, d: int, *, window: int, rate: float, epochs: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """W_in и W_out после обучения пакетами по 32."""
    raise NotImplementedError("начальные векторы; затем перемешать, нарезать на пакеты, сделать шаг")


def pairs(ids: list[np.ndarray], window: int) -> np.ndarray:
    """Все пары (слово, сосед), (m, 2)."""
    raise NotImplementedError("какие места достаточно близки и лежат в том же предложении?")


def noise(counts: np.ndarray) -> np.ndarray:
    """Вероятности (V,), с которыми выбираются отрицательные слова."""
    raise NotImplementedError("числа вхождений в степени 0.75, сумма равна 1")


def skipgram(
    W_in: np.ndarray, W_out: np.ndarray, centers: np.ndarray, contexts: np.ndarray, negatives: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray]:
    """Средняя ошибка по парам и её градиенты по W_in и W_out; у `negatives` форма (n, r)."""
    raise NotImplementedError("запишите ошибку через np.logaddexp, затем производную по каждому произведению")


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
    """W_in и W_out после обучения пакетами по 32, с новыми отрицательными словами для каждой пары."""
    raise NotImplementedError("как train_cbow, а отрицательные слова — по noise")


def nearest(W: np.ndarray, i: int, k: int) -> np.ndarray:
    """k строк с наибольшим косинусом со строкой i, без самой i."""
    raise NotImplementedError("разделите строки на их длины")
