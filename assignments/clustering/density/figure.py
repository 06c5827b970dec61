"""Clusters of any shape: windows, neighbourhoods, the edges of a graph, a spectral embedding.

Seen at a glance: a window that has stopped outside of a cluster, noise in a cluster, one colour on both moons, an edge
between two colours, rows of the embedding beside the circle. Three dots: not written yet.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

ALT = {
    "en": (
        "A colour and a mark for each cluster. mean_shift: dashed windows around their centres, one for each heap. "
        "dbscan: two moons and noise, grey crosses; circles are neighbourhoods of one object in the middle of a moon, "
        "one at its end, one alone, and one of two together. graph_clusters: what edges connect has one colour. Below, "
        "two moons become two short arcs of the circle and so are found; their similarities are two diagonal blocks."
    ),
    "ru": (
        "Цвет и форма значка обозначают кластер. mean_shift: пунктирные окна с центрами, по одному на сгусток. dbscan: "
        "два полумесяца и шум — серые крестики; кружки — окрестности объекта в середине полумесяца, на его конце, "
        "одинокого и одного из двух соседних. graph_clusters: всё, что связано рёбрами, одного цвета. Внизу полумесяцы "
        "переходят в две короткие дуги окружности и потому разделяются; в матрице сходства им отвечают два блока."
    ),
}

COLOURS, MARKS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00"), "os^Dv"
GREY = "#999999"


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    (windows, cores, graph), (matrix, spectrum, moons) = figure.subplots(2, 3)
    parts = (
        (_windows, [windows], ["mean_shift"]),
        (_cores, [cores], ["dbscan"]),
        (_graph, [graph], ["graph_clusters"]),
        (_spectrum, [matrix, spectrum, moons], ["similarity", "spectral_embedding", "spectral_clustering"]),
    )
    for part, panels, titles in parts:
        for panel, title in zip(panels, titles, strict=True):
            panel.set_title(title, fontsize=9)
            panel.set(xticks=[], yticks=[])
        try:
            part(solution, *panels)
        except NotImplementedError:
            panels[0].text(0.5, 0.8, "...", transform=panels[0].transAxes)


def _moons() -> np.ndarray:
    """Two half-moons of fifteen objects each, one after the other."""
    angle = np.linspace(0, np.pi, 15)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    both = np.concatenate([upper, [1.0, 0.4] - upper])
    return both + np.random.default_rng(0).normal(scale=0.02, size=both.shape)


def _coloured(panel: Axes, X: np.ndarray, labels: np.ndarray) -> None:
    """A colour and a mark for each cluster; noise is grey crosses."""
    panel.plot(*X[labels < 0].T, "x", color=GREY, markersize=5)
    for label in np.unique(labels[labels >= 0]):
        kind = int(label) % len(COLOURS)
        panel.plot(*X[labels == label].T, MARKS[kind], color=COLOURS[kind], markersize=4)


def _windows(solution: SimpleNamespace, panel: Axes) -> None:
    middles = np.repeat([[0.0, 0.0], [3.0, 0.5], [1.2, 2.6]], [10, 8, 6], axis=0)
    X = middles + np.random.default_rng(5).normal(scale=0.35, size=middles.shape)
    centers, labels = solution.mean_shift(X, 1.1)
    _coloured(panel, X, labels)
    for x, y in centers:
        panel.add_patch(Circle((x, y), 1.1, fill=False, linestyle="--", edgecolor="black", linewidth=0.8))
        panel.plot(x, y, "+", color="black", markersize=9)
    panel.set_aspect("equal", adjustable="datalim")


def _cores(solution: SimpleNamespace, panel: Axes) -> None:
    """Beside the moons stand an object alone and two together; the neighbourhoods of four objects are drawn."""
    X = np.concatenate([_moons(), [[-0.7, -0.5], [1.7, 1.0], [1.9, 0.9]]])
    _coloured(panel, X, np.asarray(solution.dbscan(X, 0.33, 2)))
    for x, y in X[[0, 7, 30, 31]]:
        panel.add_patch(Circle((x, y), 0.33, fill=False, edgecolor=GREY, linewidth=0.6))
    panel.set_aspect("equal", adjustable="datalim")


def _graph(solution: SimpleNamespace, panel: Axes) -> None:
    X = np.random.default_rng(12).uniform(size=(22, 2)) * [3, 2]
    distances = np.sqrt(np.square(X[:, None] - X).sum(axis=-1))
    for i, j in np.argwhere(np.triu(solution.threshold_graph(distances, 0.62))):
        panel.plot(*X[[i, j]].T, color=GREY, linewidth=0.8, zorder=1)
    _coloured(panel, X, np.asarray(solution.graph_clusters(distances, 0.62)))


def _spectrum(solution: SimpleNamespace, matrix: Axes, spectrum: Axes, panel: Axes) -> None:
    """Moons of which k-means can make nothing become two points of a circle."""
    X = _moons()
    W = solution.similarity(X, 0.2)
    matrix.imshow(W, cmap="viridis", interpolation="none")
    rows = np.asarray(solution.spectral_embedding(W, 2))
    angle = np.linspace(0, 2 * np.pi, 40)
    spectrum.plot(np.cos(angle), np.sin(angle), color=GREY, linewidth=0.8)
    labels = np.asarray(solution.spectral_clustering(X, 2, 0.2))
    _coloured(spectrum, rows, labels)
    spectrum.set_aspect("equal", adjustable="datalim")
    _coloured(panel, X, labels)
    panel.set_aspect("equal", adjustable="datalim")
