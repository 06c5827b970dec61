"""Скрытая марковская модель. Проверка: `grader check sequences/hidden-markov solution.py`.

start (k,), transition (k, k), emission (k, v) — вероятности, строки — нынешние состояния. seen (T,) — целые числа.
"""

import numpy as np


def forward(start: np.ndarray, transition: np.ndarray, emission: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """(T, k): ln p(x_1 ... x_t, z_t = i)."""
    raise NotImplementedError("начните отсюда: логарифмы модели, затем момент за моментом")


def log_likelihood(start: np.ndarray, transition: np.ndarray, emission: np.ndarray, seen: np.ndarray) -> float:
    """ln p(x_1 ... x_T)."""
    raise NotImplementedError("последняя строка forward")


def viterbi(
    start: np.ndarray, transition: np.ndarray, emission: np.ndarray, seen: np.ndarray
) -> tuple[np.ndarray, float]:
    """Самый вероятный путь (T,) и логарифм его совместной вероятности с наблюдениями."""
    raise NotImplementedError("максимум вместо суммы и указатели на предыдущее состояние")


def posterior(start: np.ndarray, transition: np.ndarray, emission: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """(T, k): p(z_t = i | x_1 ... x_T)."""
    raise NotImplementedError("прямой ход и такой же обратный")


def sample(
    start: np.ndarray, transition: np.ndarray, emission: np.ndarray, length: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Состояния (length,) и наблюдения (length,), разыгранные по модели."""
    raise NotImplementedError("состояние, наблюдение в нём, следующее состояние")
