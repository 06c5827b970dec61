"""Starting centres, k-medians beside an outlier, a mixture of Gaussians, the elbow, silhouettes.

Seen at a glance: two starts in one cluster, a centre that the outlier pulls away, ellipses that do not fit their
clusters, a log-likelihood that falls, a knee that is not in the bend, silhouettes of the wrong sign. Three dots: not
written yet.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "kmeans_pp: starts numbered in the order of their draws, one in each cluster. kmedians: two centres that stay "
        "in their clusters although one object lies far away. knee: the curve of the elbow with its chord, the chosen "
        "k in the bend. gmm: ellipses of two deviations along their clusters, and the mean log-likelihood, which never "
        "falls. silhouette: a bar for each object, sorted within the clusters, and their mean, dashed."
    ),
    "ru": (
        "kmeans_pp: начальные центры с номерами в порядке выбора, по одному в каждом кластере. kmedians: два центра "
        "остаются в своих кластерах, хотя один объект лежит далеко. knee: кривая «локтя» с хордой, выбранное k — на "
        "изломе. gmm: эллипсы в два стандартных отклонения вытянуты вдоль кластеров, средний логарифм правдоподобия не "
        "убывает. silhouette: по столбику на объект, внутри кластера по убыванию, пунктиром — среднее."
    ),
}

COLOURS, MARKS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7"), "os^D"
GREY = "#999999"


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    (starts, medians, elbow), (mixture, history, bars) = figure.subplots(2, 3)
    parts = (
        (_starts, [starts], ["kmeans_pp"]),
        (_medians, [medians], ["kmedians"]),
        (_elbow, [elbow], ["knee"]),
        (_mixture, [mixture, history], ["gmm", "gmm: history"]),
        (_silhouettes, [bars], ["silhouette"]),
    )
    for part, panels, titles in parts:
        for panel, title in zip(panels, titles, strict=True):
            panel.set_title(title, fontsize=9)
            panel.tick_params(labelsize=7)
            panel.spines[["top", "right"]].set_visible(False)
        try:
            part(solution, *panels)
        except NotImplementedError:
            panels[0].text(0.5, 0.8, "...", transform=panels[0].transAxes)


def _blobs() -> np.ndarray:
    """Four round clusters of eight objects, one after another."""
    middles = np.repeat([[0.0, 0.0], [5.0, 0.5], [0.5, 5.0], [5.0, 5.0]], 8, axis=0)
    return middles + np.random.default_rng(1).normal(scale=0.7, size=middles.shape)


def _starts(solution: SimpleNamespace, panel: Axes) -> None:
    X = _blobs()
    panel.plot(*X.T, "o", color=GREY, markersize=3)
    for place, (x, y) in enumerate(solution.kmeans_pp(X, 4, np.random.default_rng(6)), start=1):
        panel.plot(x, y, "o", color=COLOURS[0], markersize=11)
        panel.text(x, y, str(place), color="white", fontsize=7, ha="center", va="center_baseline")
    panel.set(xticks=[], yticks=[])


def _medians(solution: SimpleNamespace, panel: Axes) -> None:
    X = np.concatenate([_blobs()[:16], [[9.0, 5.0]]])
    centers, labels = solution.kmedians(X, X[[0, 8]])
    for label, (colour, mark) in enumerate(zip(COLOURS[:2], MARKS, strict=False)):
        panel.plot(*X[labels == label].T, mark, color=colour, markersize=4)
        panel.plot(*centers[label], "X", color="black", markersize=9, markeredgecolor="white")
    panel.set(xticks=[], yticks=[])


def _mixture(solution: SimpleNamespace, panel: Axes, curve: Axes) -> None:
    """Two long clusters that cross: round ones would not do."""
    rng = np.random.default_rng(3)
    X = np.concatenate([rng.normal(size=(18, 2)) * [2.0, 0.3], rng.normal(size=(18, 2)) * [0.3, 2.0] + [3.0, 1.0]])
    turn = np.array([[0.8, 0.6], [-0.6, 0.8]])
    X, start = X @ turn, np.array([[-1.0, 0.5], [3.0, 3.0]]) @ turn
    weights, means, covariances, history = solution.gmm(X, start)
    labels = solution.hard_labels(solution.soft_labels(X, weights, means, covariances))
    circle = np.linspace(0, 2 * np.pi, 30)
    for label, (colour, mark) in enumerate(zip(COLOURS[:2], MARKS, strict=False)):
        panel.plot(*X[labels == label].T, mark, color=colour, markersize=3)
        values, axes = np.linalg.eigh(covariances[label])
        ellipse = means[label] + 2 * np.stack([np.cos(circle), np.sin(circle)], axis=1) * np.sqrt(values) @ axes.T
        panel.plot(*ellipse.T, color=colour)
    panel.set(xticks=[], yticks=[])
    curve.plot(history, "-o", color=COLOURS[2], markersize=3, markevery=2, linewidth=1)
    curve.set(yticks=[])


def _elbow(solution: SimpleNamespace, panel: Axes) -> None:
    """The middles of the planted clusters first, and objects as further centres."""
    X, ks = _blobs(), list(range(1, 9))
    known = np.concatenate([X.reshape(4, -1, 2).mean(axis=1), X[::9]])
    curve = solution.elbow_curve(X, ks, lambda X, k: known[:k])
    chosen = solution.knee(ks, curve)
    panel.plot([ks[0], ks[-1]], [curve[0], curve[-1]], "--", color=GREY, linewidth=1)
    panel.plot(ks, curve, "-o", color=COLOURS[0], markersize=3)
    panel.plot(chosen, curve[ks.index(chosen)], "D", color=COLOURS[1], markersize=8)
    panel.set(xticks=[1, 4, 8], yticks=[])


def _silhouettes(solution: SimpleNamespace, panel: Axes) -> None:
    """Three clusters, of which the last lies between the others."""
    X = np.concatenate([_blobs()[:16], np.random.default_rng(2).normal([2.8, 0.3], 1.0, (8, 2))])
    labels = np.repeat([0, 1, 2], 8)
    values = solution.silhouette(X, labels)
    for label in range(3):
        panel.bar(8 * label + np.arange(8), np.sort(values[labels == label])[::-1], color=COLOURS[label])
    panel.axhline(solution.mean_silhouette(X, labels), linestyle="--", color="black", linewidth=1)
    panel.axhline(0, color="black", linewidth=0.6)
    panel.set(xticks=[], ylim=(-1.05, 1.05), yticks=[-1, 0, 1])
