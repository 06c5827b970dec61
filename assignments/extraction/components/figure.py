"""Two sources, their mixtures, white mixtures and what FastICA finds; two tables and their canonical variates.

Seen at a glance: objects that are not white, a rotation that was not found, sources that are still mixed, variates of
a pair that do not correlate or do so with the wrong sign.
"""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Six panels. Above: a grid of objects, mixtures of two independent sources, is a slanting parallelogram; after "
        "whiten it is a square that stands askew, as wide as it is high; the columns of S, found by fastica, "
        "are a square with sides along the axes. Below, left: the two sources in time, a sine and a zigzag, as S "
        "gives them back from their mixtures, above each other, each on a dotted line which is the source "
        "itself, up to "
        "its sign. Middle and right: the first pair of variates of cca lies along a rising line, r = 0.95; the second "
        "pair is a wider cloud that rises too, r = 0.6."
    ),
    "ru": (
        "Шесть панелей. Вверху: сетка объектов, смесей двух независимых источников, имеет вид "
        "наклонного параллелограмма; после whiten это повёрнутый квадрат, одинаковый в ширину и в высоту; столбцы S, "
        "которые нашла fastica, — квадрат со сторонами вдоль осей. Внизу слева: два источника во времени, синусоида и "
        "пила, какими их восстановила S по смесям, один над другим; каждый идёт по пунктиру — самому источнику, с "
        "точностью до знака. В середине и справа: первая пара признаков, найденных cca, лежит вдоль возрастающей "
        "прямой, "
        "r = 0.95; вторая пара — более широкое облако, которое тоже растёт, r = 0.6."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"
MIXING = np.array([[1.0, -0.5], [1.1, 0.8]])
GRID = np.linspace(-1, 1, 9)


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(7.2, 5.0)
    figure.set_layout_engine("constrained")
    parts: dict[str, Callable[[Axes, SimpleNamespace], None]] = {
        "X": _mixed,
        "whiten(X)": _white,
        "fastica(X), S": _found,
        "S": _in_time,
        "cca, 1": lambda panel, solution: _pair(panel, solution, 0),
        "cca, 2": lambda panel, solution: _pair(panel, solution, 1),
    }
    for (title, part), panel in zip(parts.items(), figure.subplots(2, 3).flat, strict=True):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(panel, solution)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _mixtures() -> np.ndarray:
    """A square grid: its two coordinates are independent of each other."""
    return np.stack(np.meshgrid(GRID, GRID), axis=2).reshape(-1, 2) @ MIXING.T + [3.0, 1.0]


def _dots(panel: Axes, points: np.ndarray, colour: str = BLUE) -> None:
    panel.plot(points[:, 0], points[:, 1], ".", color=colour, markersize=2.5)
    panel.set_aspect("equal", adjustable="datalim")


def _mixed(panel: Axes, solution: SimpleNamespace) -> None:
    _dots(panel, _mixtures(), GREY)


def _white(panel: Axes, solution: SimpleNamespace) -> None:
    _dots(panel, np.asarray(solution.whiten(_mixtures())[0]))


def _found(panel: Axes, solution: SimpleNamespace) -> None:
    _dots(panel, np.asarray(solution.fastica(_mixtures(), np.array([[1.0, 0.5], [-0.5, 1.0]]))[0]), RED)


def _in_time(panel: Axes, solution: SimpleNamespace) -> None:
    t = np.arange(110) / 110
    sources = np.stack([np.sin(2 * np.pi * 3 * t), 2 * (5 * t % 1) - 1], axis=1)
    sources = (sources - sources.mean(axis=0)) / sources.std(axis=0)
    S = np.asarray(solution.fastica(sources @ MIXING.T, np.eye(2), "cube")[0])
    for place, source in enumerate(sources.T):
        products = S.T @ source
        column = S[:, np.abs(products).argmax()] * (-1 if products[np.abs(products).argmax()] < 0 else 1)
        panel.plot(t, column - 4 * place, color=(BLUE, RED)[place], linewidth=1)
        panel.plot(t, source - 4 * place, ":", color="black", linewidth=1)
    panel.set(xlabel="t", yticks=[])
    panel.xaxis.label.set_size(8)


def _pair(panel: Axes, solution: SimpleNamespace, place: int) -> None:
    rng = np.random.default_rng(7)
    white = rng.normal(size=(80, 6))
    white = np.linalg.qr(white - white.mean(axis=0))[0] * np.sqrt(80)
    X, Y = white[:, :3], white[:, 3:].copy()
    for i, r in enumerate((0.95, 0.6)):
        Y[:, i] = r * X[:, i] + np.sqrt(1 - r * r) * Y[:, i]
    X, Y = X @ rng.normal(size=(3, 3)) + 2.0, Y @ rng.normal(size=(3, 3)) - 1.0
    A, B, correlations = solution.cca(X, Y, 2)
    a, b = (X - X.mean(axis=0)) @ A[:, place], (Y - Y.mean(axis=0)) @ B[:, place]
    _dots(panel, np.stack([a, b], axis=1), (BLUE, RED)[place])
    panel.plot(
        [-3, 3], [-3 * float(correlations[place]), 3 * float(correlations[place])], "--", color=GREY, linewidth=1
    )
    panel.set_title(f"cca, r = {float(correlations[place]):.2f}", fontsize=9)
