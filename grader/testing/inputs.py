"""Inputs that many suites need: groups, partitions, matrices, pictures, tones, sentences, bad arguments.

Each builder draws from the generator that it is given, a suite's `rng`, and from nothing else: so every student has
inputs of their own, and the same in every upload. What a builder makes of a generator is part of the suites that use it
and of the marks that were given, and no hash of a suite tells of it. So a builder is not changed; another one is added.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

GRID = 2.0**20  # steps in a unit: what lies on the grid is shifted by FAR and scaled by TINY without any rounding
FAR = 2.0**20
TINY = 2.0**-60


def fresh(rng: np.random.Generator) -> np.random.Generator:
    """A generator of its own, to be handed over: arguments are copied on their way in, so one alone would repeat."""
    return np.random.default_rng(int(rng.integers(1 << 40)))


# -- objects and groups ----------------------------------------------------------------------------------


def planted_partition(rng: np.random.Generator, sizes: Sequence[int]) -> Ints:
    """Labels (sum of ``sizes``,) in a random order: ``sizes[j]`` objects have the label j."""
    return rng.permutation(np.repeat(np.arange(len(sizes)), sizes))


def blobs(
    rng: np.random.Generator, n: int, m: int, k: int, *, apart: float = 3.0, spread: float = 0.3
) -> tuple[Floats, Ints]:
    """Objects (n, m) around k random places, and to which of them each belongs (n,).

    ``apart`` is the deviation of the places around the origin in each feature, ``spread`` that of the objects around
    their place. Places may come near to each other, and a place may be left without objects.
    """
    places = rng.normal(size=(k, m)) * apart
    labels = rng.integers(k, size=n)
    return places[labels] + spread * rng.normal(size=(n, m)), labels


def on_a_grid(X: Floats) -> Floats:
    """``X`` rounded to steps of 1 / GRID, so that adding FAR or multiplying by TINY changes no difference."""
    return np.round(GRID * X) / GRID


def distances_of(X: NDArray[Any], metric: Literal["euclidean", "manhattan", "largest"] = "euclidean") -> Floats:
    """The distances (n, n) between all objects (n, m); ``largest`` is the largest difference of a feature."""
    differences = np.abs(X[:, None, :] - X[None, :, :])
    ways = {
        "euclidean": lambda: np.sqrt((differences**2).sum(axis=2)),
        "manhattan": lambda: differences.sum(axis=2),
        "largest": lambda: differences.max(axis=2),
    }
    return np.asarray(ways[metric]())


# -- matrices --------------------------------------------------------------------------------------------


def orthogonal(rng: np.random.Generator, n: int) -> Floats:
    """An orthogonal matrix (n, n)."""
    return np.linalg.qr(rng.normal(size=(n, n)))[0]


def positive_definite(rng: np.random.Generator, n: int, condition: float = 10.0) -> Floats:
    """A symmetric matrix (n, n) whose eigenvalues go from 1 to ``condition`` by equal factors, in random directions."""
    basis = orthogonal(rng, n)
    return (basis * np.geomspace(1, condition, n)) @ basis.T


def with_one(value: float) -> Floats:
    """A matrix (4, 2) of whole numbers with one such value in it."""
    matrix = np.arange(8.0).reshape(4, 2)
    matrix[2, 1] = value
    return matrix


def bad_matrices() -> tuple[Floats, ...]:
    """What is no matrix of objects: other numbers of axes, no objects, no features, one NaN or infinity."""
    shapes = ((4,), (0, 2), (4, 0), (4, 2, 1))
    return (*map(np.zeros, shapes), *map(with_one, (np.nan, np.inf, -np.inf)))


def randn(torch_rng: Any, *shape: int) -> Any:
    """A tensor of standard normal numbers in double precision, drawn from a suite's `torch_rng`."""
    import torch

    return torch.randn(shape, generator=torch_rng, dtype=torch.float64)


# -- pictures, sounds, texts -----------------------------------------------------------------------------


def smooth_image(rng: np.random.Generator, height: int, width: int, channels: int = 3, *, waves: int = 4) -> Floats:
    """A picture (height, width, channels) without edges; in each channel the values go from 0 to 1.

    Each channel is a sum of ``waves`` cosines with at most two periods along a side. Where all its values are equal,
    as of one pixel, they are 0.5.
    """
    rows, columns = np.arange(height)[:, None] / height, np.arange(width)[None, :] / width
    image = np.zeros((height, width, channels))
    for channel in range(channels):
        for down, right, phase in rng.uniform((-2, -2, 0), (2, 2, 1), size=(waves, 3)):
            image[:, :, channel] += np.cos(2 * np.pi * (down * rows + right * columns + phase))
    low, high = image.min(axis=(0, 1)), image.max(axis=(0, 1))
    flat = high - low < 1e-9
    return np.where(flat, 0.5, (image - low) / np.where(flat, 1.0, high - low))


def tones(rng: np.random.Generator, n: int, rate: float, frequencies: Sequence[float]) -> Floats:
    """A signal of ``n`` samples, ``rate`` a second: the sum of a tone for each of the ``frequencies`` (hertz).

    Amplitudes are drawn from 0.5 to 1, phases from the whole circle.
    """
    times = np.arange(n) / rate
    drawn = rng.uniform((0.5, 0), (1, 1), size=(len(frequencies), 2))
    signal = np.zeros(n)
    for frequency, (amplitude, phase) in zip(frequencies, drawn, strict=True):
        signal += amplitude * np.cos(2 * np.pi * (frequency * times + phase))
    return signal


_WORDS = {
    "en": (
        ("the",),
        ("old", "young", "quiet", "clever", "tired", "merry"),
        ("cat", "dog", "student", "teacher", "child", "sailor", "doctor", "neighbour"),
        ("sleeps", "reads", "sings", "waits", "laughs", "works"),
        ("at home", "in the garden", "by the river", "by the window", "on the bridge", "under a tree"),
        ("today", "in the morning", "every day", "at night"),
    ),
    "ru": (
        ("этот",),
        ("старый", "молодой", "тихий", "умный", "усталый", "весёлый"),
        ("кот", "пёс", "студент", "учитель", "ребёнок", "моряк", "врач", "сосед"),
        ("спит", "читает", "поёт", "ждёт", "смеётся", "работает"),
        ("дома", "в саду", "у реки", "у окна", "на мосту", "под деревом"),
        ("сегодня", "по утрам", "каждый день", "ночью"),
    ),
}


def sentences(rng: np.random.Generator, count: int, language: Literal["en", "ru"] = "en") -> list[list[str]]:
    """``count`` sentences as lists of words in lower case, 4 to 10 words each, without marks of punctuation.

    Who does what where; of what kind he is and when it is, half of the sentences tell. Some forty words occur.
    """
    made = []
    for _ in range(count):
        chosen = [part[int(rng.integers(len(part)))] for part in _WORDS[language]]
        tells = np.array([True, False, True, True, True, False]) | (rng.random(6) < 0.5)
        made.append(" ".join(word for word, told in zip(chosen, tells, strict=True) if told).split())
    return made
