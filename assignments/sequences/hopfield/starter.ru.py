"""Сеть Хопфилда: напишите тела функций. Проверка дома: `grader check sequences/hopfield solution.py`."""

import numpy as np


def hebbian(patterns: np.ndarray) -> np.ndarray:
    """Веса (n, n), в которых записаны образцы (p, n) из -1 и 1; на диагонали нули."""
    raise NotImplementedError("все суммы даёт одно матричное произведение")


def energy(W: np.ndarray, s: np.ndarray) -> float:
    """Энергия состояния s (n,)."""
    raise NotImplementedError("не забудьте одну вторую")


def update(W: np.ndarray, s: np.ndarray, i: int) -> np.ndarray:
    """Состояние после того, как нейрон i принял знак своего поля; нулевое поле ничего не меняет."""
    raise NotImplementedError("скопируйте s и найдите поле нейрона i")


def recall(
    W: np.ndarray,
    start: np.ndarray,
    rng: np.random.Generator | None = None,
    order: np.ndarray | None = None,
    max_sweeps: int = 100,
) -> tuple[np.ndarray, list[float], bool]:
    """Состояние, в котором сеть успокоилась, энергии в начале и после каждого нейрона и успокоилась ли она."""
    raise NotImplementedError("обходы, пока один из них ничего не изменит")
