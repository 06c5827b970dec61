"""How often words stay and how often they are negatives; the vectors of 24 words in four planted groups.

Seen at a glance: a law of the negatives that is not flatter than the text, words that stay with a wrong probability,
vectors of one group that point in different directions, a training that learns nothing. Three dots: not written yet.
"""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top left, both axes logarithmic: against a word's share of the text, the probability that an occurrence "
        "stays, blue: 1 up to the share 0.001, then falling with the slope -1/2. The probability to be a negative, "
        "red, rises more slowly than the share itself, the dotted line: above it for rare words, below it for "
        "frequent ones. Top right: cosines between the vectors of CBOW of 24 words, sorted by their groups: four dark "
        "blocks on the diagonal, light squares elsewhere. Below: the vectors of CBOW, left, and of skip-gram, right, "
        "along the two directions in which they differ most; each group has a colour, and its six points lie "
        "together, away from those of the other groups."
    ),
    "ru": (
        "Вверху слева, обе оси логарифмические: по доле слова в тексте отложена вероятность того, что вхождение "
        "останется (синяя): до доли 0.001 она равна 1, дальше падает с наклоном -1/2. Вероятность оказаться "
        "отрицательным словом (красная) растёт медленнее самой доли (пунктир): для редких слов она выше, для частых "
        "ниже. Вверху справа — косинусы между векторами CBOW для 24 слов, упорядоченных по группам: четыре тёмных "
        "квадрата на диагонали, вокруг светло. Внизу — векторы CBOW (слева) и skip-gram (справа) вдоль двух "
        "направлений, в которых они различаются сильнее всего; цвет — группа, и шесть её точек лежат рядом, вдали от "
        "точек других групп."
    ),
}

BLUE, RED = "#0072B2", "#D55E00"
COLOURS = (BLUE, RED, "#009E73", "#CC79A7")
GROUPS, SIZE = 4, 6
V = GROUPS * SIZE


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(6.8, 5.8)
    figure.set_layout_engine("constrained")
    panels = figure.subplots(2, 2).flat
    parts: dict[str, Callable[[Axes], None]] = {
        "keep_probability, noise": lambda panel: _laws(solution, panel),
        "cos(W_in), train_cbow": lambda panel: _cosines(_cbow(solution), panel),
        "W_in, train_cbow": lambda panel: _vectors(_cbow(solution), panel),
        "W_in, train_skipgram": lambda panel: _vectors(_skipgram(solution), panel),
    }
    for (title, part), panel in zip(parts.items(), panels, strict=True):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(panel)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _laws(solution: SimpleNamespace, panel: Axes) -> None:
    counts = np.round(np.geomspace(1, 40000, 25)).astype(int)
    shares = counts / counts.sum()
    panel.plot(shares, shares, ":", color="#555555", linewidth=1.0)
    panel.set(xscale="log", yscale="log", xlabel="$f$")
    panel.plot(shares, solution.keep_probability(counts.copy()), color=BLUE, linewidth=1.4, label="keep_probability")
    panel.plot(shares, solution.noise(counts.copy()), color=RED, linewidth=1.4, label="noise")
    panel.legend(fontsize=7, loc="lower right")


def _text() -> list[np.ndarray]:
    rng = np.random.default_rng(4)
    return [SIZE * int(rng.integers(GROUPS)) + rng.integers(SIZE, size=8) for _ in range(150)]


def _cbow(solution: SimpleNamespace) -> np.ndarray:
    rng = np.random.default_rng(5)
    return np.asarray(solution.train_cbow(_text(), V, 8, window=2, rate=2.0, epochs=6, rng=rng)[0])


def _skipgram(solution: SimpleNamespace) -> np.ndarray:
    rng = np.random.default_rng(6)
    found = solution.train_skipgram(_text(), V, 8, window=2, negatives=5, rate=1.0, epochs=3, rng=rng)
    return np.asarray(found[0])


def _cosines(W: np.ndarray, panel: Axes) -> None:
    units = W / np.linalg.norm(W, axis=1, keepdims=True)
    panel.imshow(units @ units.T, "Blues", vmin=-0.5, vmax=1.0, interpolation="none")
    panel.set(xticks=range(0, V, SIZE), yticks=range(0, V, SIZE))


def _vectors(W: np.ndarray, panel: Axes) -> None:
    centred = W - W.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, -2:]
    flat = centred @ (axes * np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]]))
    for group, colour in enumerate(COLOURS):
        panel.plot(*flat[group * SIZE : (group + 1) * SIZE].T, "o", color=colour, markersize=5)
    panel.plot([0], [0], "+", color="#555555")
    panel.set_aspect("equal", "datalim")
